# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets on the command line: which option of which command has one."""

from __future__ import annotations

from .rule import Rule, rule
from .values import is_a_literal, is_a_value

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
