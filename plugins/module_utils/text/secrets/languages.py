# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in requests, in SQL and in PHP that stand behind no name."""

from __future__ import annotations

from .rule import rule
from .values import is_a_literal, is_a_value, is_no_word

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
