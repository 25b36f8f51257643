# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names say that what they stand for is secret."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Looked for in the name in lower case, without accents and without what stands between its words, so that apiKey,
# api-key and API_KEY agree.
_CONTAINED = (
    "password", "passwd", "passphrase", "passcode", "secret", "token", "authtok",
    # In the languages of those who write configurations.
    "wachtwoord", "paswoord", "geheim", "passwort", "kennwort", "motdepasse", "contrasena", "senha", "parolachiave",
    "haslo", "losenord", "adgangskode", "passord", "salasana",
    # Keys are public, or names of things, unless they are one of these.
    "accesskey", "accountkey", "apikey", "appkey", "applicationkey", "authkey", "cfkey", "consumerkey", "cookiekey",
    "cronkey", "cryptkey", "decryptionkey", "deskey", "encryptionkey", "hmackey", "licencekey", "licensekey",
    "loggedinkey", "masterkey", "noncekey", "presharedkey", "privatekey", "privkey", "recoverykey", "sharedkey",
    "securitykey", "signingkey", "upgradekey", "validationkey", "newreliclicense", "ovhas", "ovhck",
    "authsalt", "hashsalt", "loggedinsalt", "noncesalt", "passwordsalt", "cookieiv", "erlangcookie",
    "masterauth", "requirepass", "basicauth", "sstauth", "redisauth", "authident", "passcommand",
)  # fmt: skip

# Secret as a last word of its own: smtp_pass and mysqlPwd.
_LAST = frozenset(("pass", "pasw", "psw", "pswd", "pwd", "pw", "pvk", "psk", "salt", "creds"))
# Or as the end of one: dbpass and rootpw.
_ENDINGS = ("pass", "pwd", "rootpw", "dbpw", "userpw", "bindpw", "adminpw")
_NO_PASS = (
    "bypass",
    "compass",
    "surpass",
    "trespass",
    "overpass",
    "underpass",
    "multipass",
    "nopass",
    "askpass",
)
# What nginx and Apache hand requests to.
_HANDED_TO = frozenset(("proxy", "cgi", "fastcgi", "scgi", "uwsgi", "grpc", "memcached"))

# A name that ends in one of these speaks about a secret: where it is kept, how long it lasts, what it must be like.
_ABOUT = frozenset(
    """
    file files filename path paths dir directory folder location url uri endpoint host hostname port
    lifetime ttl timeout expiry expires expiration expire expired exp age length len size min max limit count cost
    rounds iterations minute minutes hour hours day days second seconds
    interval history
    policy policies rule rules strength complexity format type types kind algorithm alg algo method mode encoding
    encryption store hasher hashing manager provider providers driver plugin class handler helper
    name names label title placeholder hint prompt help description message field column parameter stdin fd backend
    prefix suffix
    pattern regex enabled disabled enable disable required optional allowed authentication login reset change changed
    update updated at on date time created rotation ring
    id ref refs keyref selector source issuer audience scope scopes grant idx user username owner
    maps management protection validator verifier
    """.split()
)
# So does one that begins with one of these.
_AMOUNTS = frozenset(("max", "min", "num", "total"))
# Secret all the same.
_NO_ABOUT = ("secretid", "accesskeyid")
# Words that only begin like a secret.
_OTHER_WORDS = re.compile(
    r"passwordless|nopasswd|tokeni[sz]\w*|secretar\w*|passwordauthentication|jsonwebtoken|servertokens?"
)

# OpenVPN's directives, which name a file or begin a block.
_NO_SECRETS = frozenset(("authuserpass", "httpproxyuserpass", "askpass"))

# LDAP and apiKey fall apart into words, and so does LDAPPassword.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ACCENTS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss"})


@lru_cache(maxsize=8192)
def is_secret_name(name: str) -> bool:
    """Whether what is assigned to this name is secret (C(db_password), C(cert_pvk), C(apiKey), C(wachtwoord))."""
    words = words_of(name)
    while words and words[-1].isdigit():
        words.pop()
    if not words:
        return False
    bare, last = "".join(words), words[-1]
    if (last in _ABOUT and not bare.endswith(_NO_ABOUT)) or words[0] in _AMOUNTS:
        return False
    if bare in _NO_SECRETS:
        return False
    if _OTHER_WORDS.search(bare):
        bare = _OTHER_WORDS.sub("", bare)
    if any(part in bare for part in _CONTAINED):
        return True
    if len(words) > 1 and last == "pass" and words[-2] in _HANDED_TO:
        return False
    return last in _LAST or (last.endswith(_ENDINGS) and not last.endswith(_NO_PASS))


def words_of(name: str) -> list[str]:
    """The words of a name, in lower case and without accents."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_ACCENTS))
        name = "".join(letter for letter in decomposed if letter.isascii())
    return [word.lower() for word in _WORD.findall(name)]
