# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in the files of services, which only their place in a line or a block gives away."""

from __future__ import annotations

from .rule import rule
from .values import is_a_literal, is_a_value, is_no_word

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
        r"^(?:\[[\w.-]+\](?::\d+)?[ \t]+[^\s:]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?[ \t]+[^\s:@]+@[^\s:]+):(\S+)[ \t]*$",
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
