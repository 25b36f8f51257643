# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that only their place in a line or a block gives away, language by language."""

from __future__ import annotations

from .rule import Rule, rule
from .values import is_a_literal, is_a_value, is_no_word

_QUOTED_OR_BARE = r"(?:'([^'\n]+)'|\"([^\"\n]+)\"|([^\s\"'|&;<>()$][^\s|&;<>()]*))"


def _option(commands: str, option: str, example: str, gap: str = r"[ \t]+") -> Rule:
    """What follows an option of a command.

    :param commands: those that have it, between blanks; words of one command are joined by C(+).
    """
    names = commands.split()
    either = "|".join(name.replace("+", "[ \\t]+") for name in names)
    return rule(
        f"option of {names[0]}",
        example,
        rf"\b(?:{either})\b(?:[^\n|;&]{{0,300}}?[ \t])?{option}{gap}{_QUOTED_OR_BARE}",
        *(name.partition("+")[0] for name in names),
        is_secret=is_a_value,
    )


_DATABASE = (
    "mysql mysqldump mysqladmin mysqlcheck mysqlimport mariadb mariadb-dump mydumper xtrabackup"
)

COMMANDS = (
    _option(_DATABASE, "-p", "mysql -u root -p«zonnebloem» shop", gap=""),
    _option("sshpass", "-p", "sshpass -p «zonnebloem» ssh web1", gap="[ \t]*"),
    _option("redis-cli", "(?:-a|--pass)", "redis-cli -a «zonnebloem» PING"),
    _option(
        "docker+login podman+login skopeo+login helm+registry+login crane+auth+login",
        "(?:-p|--password)",
        "docker login -u an -p «zonnebloem» r.example.com",
    ),
    _option("zip", "-P", "zip -P «zonnebloem» a.zip b"),
    _option("7z 7za 7zr", "-h?p", "7z a -p«zonnebloem» a.7z b", gap=""),
    _option(
        "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd",
        "-w",
        "ldapsearch -x -w «zonnebloem»",
    ),
    _option(
        "mongo mongosh mongodump mongorestore mongoexport", "-p", "mongodump -u an -p «zonnebloem»"
    ),
    _option(
        "check_mysql check_pgsql check_http check_mysql_health",
        "-p",
        "check_mysql -u nagios -p «zonnebloem»",
    ),
    _option("mosquitto_pub mosquitto_sub", "-P", "mosquitto_pub -u an -P «zonnebloem»"),
    _option(
        "ncftpput ncftpget ipmitool sqlcmd smbpasswd",
        "-[pP]",
        "ncftpput -u an -p «zonnebloem» ftp.example.com",
    ),
    _option("snmpwalk snmpget", "-[cAX]", "snmpwalk -v2c -c «zonnebloem» 10.0.0.5"),
    rule(
        "user and password of curl",
        "curl -s -u admin:«zonnebloem» https://example.com/",
        r"\bcurl\b[^\n]{0,300}?[ \t](?:-u|--user|--proxy-user|-U)[ \t=]*"
        r"(?:'[^\s:']{1,100}:([^'\n]+)'|\"[^\s:\"]{1,100}:([^\"\n]+)\"|[^\s:\"']{1,100}:([^\s\"'|;&]+))",
        "curl",
        is_secret=is_a_value,
    ),
    rule(
        "user and password of lftp",
        "lftp -u shop,«zonnebloem» sftp://ftp.example.com",
        r"\blftp\b[^\n]{0,300}?[ \t](?:-u|--user)[ \t=]*[\"']?[^\s,\"']{1,100},([^\s\"']+)",
        "lftp",
        is_secret=is_a_value,
    ),
    rule(
        "user and password of Samba",
        "smbclient -U an%«zonnebloem» //nas/share",
        r"\b(?:smbclient|rpcclient|net)\b[^\n]{0,300}?[ \t]-U[ \t]*[\"']?[^\s%\"']{1,100}%([^\s\"']+)",
        "smbclient",
        "rpcclient",
        "net ",
        is_secret=is_a_value,
    ),
    rule(
        "htpasswd",
        "htpasswd -bc /etc/nginx/.htpasswd admin «zonnebloem»",
        rf"\bhtpasswd[ \t]+-\w*b\w*(?:[ \t]+-\S+)*[ \t]+[^\s-]\S*[ \t]+\S+[ \t]+{_QUOTED_OR_BARE}",
        "htpasswd",
        is_secret=is_a_value,
    ),
    rule(
        "chpasswd",
        "echo 'root:«zonnebloem»' | chpasswd",
        r"\becho[ \t]+(?:-\w+[ \t]+)*[\"']?[^\s:\"']{1,64}:([^\s\"'|]+)[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd",
        "chpasswd",
        is_secret=is_a_value,
    ),
    rule(
        "echo into a file",
        "echo '«zonnebloem»' > /etc/varnish/secret",
        r"\becho[ \t]+(?:-\w+[ \t]+)*(?:'([^'\n]+)'|\"([^\"\n]+)\"|([^\s\"'|>;&]+))[ \t]*>{1,2}[ \t]*"
        r"[^\s|;&]{0,200}?(?i:secret|passw|\.pass|token|credential|\.key\b)",
        "echo",
        is_secret=is_a_value,
    ),
    rule(
        "text handed to a command",
        'pure-pw useradd shop -u www <<< "«zonnebloem»"',
        r"\b(?:pure-pw|passwd|chpasswd|smbpasswd|cryptsetup|kinit|htpasswd|sudo)\b[^\n|]{0,200}?<<<[ \t]*(?:\w+:)?"
        + _QUOTED_OR_BARE,
        "<<<",
        is_secret=is_a_value,
    ),
    rule(
        "openssl",
        "openssl rsa -passin pass:«zonnebloem» -in a.pem",
        r"-(?:pass|passin|passout|k)[ \t]+pass:([^\s\"']+)",
        "pass:",
        is_secret=is_a_value,
    ),
    rule(
        "rabbitmqctl",
        "rabbitmqctl add_user shop «zonnebloem»",
        rf"\brabbitmqctl[ \t][^\n]{{0,100}}?(?:add_user|change_password)[ \t]+\S+[ \t]+{_QUOTED_OR_BARE}",
        "rabbitmqctl",
        is_secret=is_a_value,
    ),
    rule(
        "PowerShell",
        'ConvertTo-SecureString "«zonnebloem»" -AsPlainText',
        r"(?i:convertto-securestring)[ \t]+(?:-String[ \t]+)?(?:\"([^\"\n]+)\"|'([^'\n]+)')",
        "convertto-securestring",
        is_secret=is_a_literal,
    ),
)

# After a bare scheme only what cannot be an ordinary word: "basic configuration" is none.
HEADERS = (
    rule(
        "credentials of a request",
        "Authorization: Bearer «zonnebloem»",
        r"(?i:authorization)\W{1,8}(?i:bearer|basic|token|apikey|digest|negotiate)[ \t]+([^\s\"',;]{1,4000})",
        "authorization",
        is_secret=is_a_value,
    ),
    rule(
        "scheme and credentials",
        "with Bearer «aB3dE6gH9jK2»",
        r"\b(?i:bearer|basic)[ \t]+(?=\S{1,40}[0-9A-Z=|]|\S{20})([A-Za-z0-9_.~+/|-]{8,}=*)",
        "bearer ",
        "basic ",
        is_secret=is_a_value,
    ),
    rule(
        "cookie of a session",
        "Cookie: lang=nl; PHPSESSID=«a1b2c3d4e5»",
        r"(?i:\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|[\w-]{0,60}sess(?:ion)?(?:[_-]?id)?|wordpress_logged_in_\w+"
        r"|XSRF-TOKEN|frontend|adminhtml|admin)=)([^\s;,\"'&]{8,})",
        "cookie",
        "sessid",
        is_secret=is_no_word,
    ),
    rule(
        "serialised cookie of Laravel",
        "laravel_session=«eyJpdiI6ImFiYyJ9»",
        r"laravel_session=([^\s;,\"'&]{8,})",
        "laravel_session",
    ),
)

SQL = (
    rule(
        "password of a database user",
        "CREATE USER shop IDENTIFIED BY '«zonnebloem»';",
        r"(?i:\bidentified[ \t\n]+(?:with[ \t\n]+\S{1,64}[ \t\n]+)?(?:by|as)(?:[ \t\n]+(?:password|values))?)"
        r"[ \t\n]+(?:'((?:[^'\\\n]|\\.|'')+)'|\"((?:[^\"\\\n]|\\.)+)\"|\\{1,7}[\"']([^\"'\\\n]+))",
        "identified",
        is_secret=is_a_literal,
    ),
)

_CONNECTING = r"\b(?:PDO|mysqli(?:_connect|_real_connect)?|mysql_p?connect|ftp_login|ssh2_auth_password|imap_open)"
_STRING = r"(?:'[^'\n]*'|\"[^\"\n]*\"|\$[\w>\[\]'-]+|[\w.]+)"

PHP = (
    rule(
        "third argument of what connects",
        "new PDO('mysql:host=db', 'shop', '«zonnebloem»')",
        rf"{_CONNECTING}[ \t]*\([ \t\n]*{_STRING}[ \t\n]*,[ \t\n]*{_STRING}[ \t\n]*,"
        r"[ \t\n]*(?:'([^'\n]+)'|\"([^\"\n]+)\")",
        "pdo",
        "mysqli",
        "mysql_",
        "ftp_login",
        "ssh2_auth_password",
        "imap_open",
        is_secret=is_a_literal,
    ),
    rule(
        "user and password of curl in PHP",
        "curl_setopt($ch, CURLOPT_USERPWD, 'shop:«zonnebloem»');",
        r"CURLOPT_(?:PROXY)?USERPWD[\"']?[ \t]*(?:,|=>)[ \t]*[\"'][^:\"'\n]{1,100}:([^\"'\n]+)",
        "userpwd",
        is_secret=is_a_literal,
    ),
    rule(
        "Redis in PHP",
        "$redis->auth('«zonnebloem»');",
        r"->auth\([ \t]*(?:\[[^\]\n]{0,100}?,[ \t]*)?(?:'([^'\n]+)'|\"([^\"\n]+)\")",
        "->auth(",
        is_secret=is_a_literal,
    ),
    rule(
        "key of Magento",
        "'crypt' => [\n    'key' => '«zonnebloem»'\n]",
        r"[\"']crypt[\"'][ \t]*(?:=>|:)[ \t\n]*(?:\[|array\(|\{)\s*[\"']key[\"']\s*(?:=>|:)\s*[\"']([^\"']+)",
        "crypt",
        is_secret=is_a_literal,
    ),
    rule(
        "key of Magento 1",
        "<crypt><key><![CDATA[«zonnebloem»]]></key></crypt>",
        r"<crypt>\s*<key>\s*(?:<!\[CDATA\[)?([^<\]]+)",
        "<crypt>",
        is_secret=is_a_literal,
    ),
)

_USER = r"[^\s:\"'/,]{1,100}"

SERVICES = (
    rule(
        "HAProxy",
        "stats auth admin:«zonnebloem»",
        rf"\bstats[ \t]+auth[ \t]+{_USER}:(\S+)",
        "stats",
        is_secret=is_a_value,
    ),
    rule(
        "Monit",
        "    allow admin:«zonnebloem»",
        rf"^[ \t]*allow[ \t]+(?![0-9A-Fa-f]{{1,4}}:){_USER}:[\"']?([^\s\"']+)",
        "allow",
        is_secret=is_a_value,
    ),
    rule(
        "Squid",
        "cache_peer p.example.com parent 3128 0 login=shop:«zonnebloem»",
        rf"\blogin={_USER}:(\S+)",
        "login=",
        is_secret=is_a_value,
    ),
    rule(
        "Postfix, static",
        "static:shop:«zonnebloem»",
        rf"\bstatic:{_USER}:(\S+)",
        "static:",
        is_secret=is_a_value,
    ),
    rule(
        "Postfix, inline",
        "inline:{ [smtp.example.com]:587=an:«zonnebloem» }",
        rf"\binline:\{{[^}}\n]{{0,300}}?={_USER}:([^\s}}]+)",
        "inline:",
        is_secret=is_a_value,
    ),
    rule(
        "Postfix",
        "[smtp.example.com]:587 an@example.com:«zonnebloem»",
        r"^(?:\[[\w.-]+\](?::\d+)?[ \t]+[^\s:]+|[\w.-]+(?::\d+)?[ \t]+[^\s:@]+@[^\s:]+):(\S+)[ \t]*$",
        ":",
        is_secret=is_a_value,
    ),
    rule(
        "proxy of OpenVPN",
        "http-proxy-user-pass an:«zonnebloem»",
        rf"http-proxy-user-pass[ \t]+{_USER}:(\S+)",
        "http-proxy-user-pass",
    ),
    rule(
        "credentials of OpenVPN",
        "<auth-user-pass>\nan\n«zonnebloem»\n</auth-user-pass>",
        r"<auth-user-pass>[ \t]*\n[^\n]*\n[ \t]*([^\s<][^\n]*)",
        "<auth-user-pass>",
    ),
    rule(
        "PKCS #12 of OpenVPN",
        "<pkcs12>\n«MIIJuQIBAzCCCX8G»\n</pkcs12>",
        r"<pkcs12>\s*([^<\s]+(?:\s+[^<\s]+)*)",
        "<pkcs12>",
    ),
    rule(
        "script of ftp",
        "open ftp.example.com\nuser shop «zonnebloem»\nput a",
        r"^open[ \t]+\S+[ \t]*\n(?:[^\n]{0,100}\n){0,3}?[ \t]*user[ \t]+\S+[ \t]+(\S+)",
        "open ",
        is_secret=is_a_value,
    ),
    rule(
        "netrc",
        "machine ftp.example.com login shop password «zonnebloem»",
        r"\b(?:login|user|account|auth|machine|host|default|port|tls|from)[ \t]+\S+\s+(?:password|passwd|pass)[ \t]+"
        r"([^\s\"']+)(?=\s*$|\s+(?:machine|default|account|macdef|login|from|host)\b)",
        "pass",
        is_secret=is_a_value,
    ),
    rule(
        "pgpass",
        "db.example.com:5432:shop:shop:«zonnebloem»",
        r"^(?:[\w.*-]+|\[[\da-fA-F:]+\]):(?:\d{2,5}|\*):[^\s:]+:[^\s:]+:((?:[^\s:\\]|\\.)+)$",
        ":",
    ),
    rule(
        "PgBouncer",
        '"shop" "«zonnebloem»"',
        r"^\"[^\"\n]{1,64}\"[ \t]+\"([^\"\n]+)\"$",
        '"',
        is_secret=is_a_literal,
    ),
    rule(
        "PPP",
        "an * «zonnebloem» *",
        r"^[^\s*#]\S*[ \t]+(?:\*|[\w.-]+)[ \t]+([^\s*]\S*)[ \t]+\*[ \t]*$",
        "*",
        is_secret=is_a_value,
    ),
    rule(
        "IPsec",
        'vpn.example.com : PSK "«zonnebloem»"',
        r":[ \t]*(?:PSK|EAP|XAUTH|NTLM|RSA \S+)[ \t]+\"([^\"\n]+)\"",
        "psk",
        "eap",
        "xauth",
        "ntlm",
        ": rsa",
        is_secret=is_a_literal,
    ),
    rule(
        "IPsec, bare",
        "vpn.example.com : PSK «0sZm9vYmFy»",
        r":[ \t]*PSK[ \t]+([^\s\"]+)",
        "psk",
    ),
    rule(
        "SNMP, community",
        "rocommunity «zonnebloem» 10.0.0.0/8",
        r"\b(?:ro|rw)community6?[ \t]+(\S+)",
        "community",
        is_secret=is_a_value,
    ),
    rule(
        "SNMP, user",
        'createUser an SHA "«zonnebloem»" AES «roos»',
        r"\bcreateUser[ \t]+(?:-e[ \t]+\S+[ \t]+)?\S+[ \t]+\w+[ \t]+(?:\"([^\"\n]+)\"|([^\s\"]+))"
        r"(?:[ \t]+\w+[ \t]+(?:\"([^\"\n]+)\"|([^\s\"]+)))?",
        "createuser",
        is_secret=is_a_value,
    ),
    rule(
        "ProFTPD",
        "SQLConnectInfo ftp@localhost proftpd «zonnebloem»",
        r"\bSQLConnectInfo[ \t]+\S+[ \t]+\S+[ \t]+(\S+)",
        "sqlconnectinfo",
        is_secret=is_a_value,
    ),
    rule(
        "Exim",
        "client_send = : shop : «zonnebloem»",
        r"client_send[ \t]*=[ \t]*[\"']?:[^:\n]{1,100}:[ \t]*([^\s\"']+)",
        "client_send",
        is_secret=is_a_value,
    ),
    rule(
        "Redis, user",
        "user default on >«zonnebloem» ~* +@all",
        r"(?i:^[ \t]*user|\bsetuser)[ \t]+\S+[ \t](?:[^\n]{0,200}?[ \t])?>([^\s>]+)",
        "user",
        is_secret=is_a_value,
    ),
    rule(
        "Redis Sentinel",
        "sentinel auth-pass mymaster «zonnebloem»",
        r"(?i:\bsentinel[ \t]+auth-pass)[ \t]+\S+[ \t]+[\"']?([^\s\"']+)",
        "auth-pass",
        is_secret=is_a_value,
    ),
    rule(
        "credentials in base64",
        '{"auth": "«c2hvcDpnZWhlaW0=»"}',
        r"(?:\b_?auth[\"']?[ \t]*[:=][ \t]*[\"']?)([A-Za-z0-9+/]{8,}={0,2})(?![\w.:-])",
        "auth",
        is_secret=is_no_word,
    ),
    rule(
        "Composer",
        '"bearer": {"packages.example.com": "«zonnebloem»"}',
        r"\"(?:bearer|github-oauth|gitlab-token|gitlab-oauth|bitbucket-oauth)\"\s*:\s*\{\s*\"[^\"\n]+\"\s*:\s*\"([^\"\n]+)\"",
        '"bearer"',
        '-oauth"',
        '-token"',
        is_secret=is_a_literal,
    ),
    rule(
        "credentials",
        "credentials: «zonnebloem»",
        r"(?<![\w-])[\w-]{0,40}credentials[\"']?[ \t]*[:=][ \t]*[\"']?([^\s\"'{}\[\]|>&*!/][^\s\"']*)[\"']?[ \t]*$",
        "credentials",
        is_secret=is_a_value,
    ),
    rule(
        "DNSSEC",
        "Private-key-format: v1.3\nAlgorithm: 8\nPrivateExponent: «aB3dE6gH»",
        r"^(?:PrivateExponent|Prime[12]|Exponent[12]|Coefficient):[ \t]*(\S+)",
        "privateexponent",
        "coefficient",
        "prime1",
    ),
)
