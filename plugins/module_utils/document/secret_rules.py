# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which places of a document hold secrets: by the name of a key, or because the user says so."""

from __future__ import annotations

import re
from functools import lru_cache

# Looked for in the key in lower case and without separators, so that apiKey, api-key and API_KEY agree.
_CONTAINED = (
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "privatekey",
    "apikey",
    "accesskey",
    "encryptionkey",
    "cryptkey",
)
_SEPARATORS = str.maketrans("", "", "_-. ")
# A last word of its own: smtp_pass and mysqlPwd, but not bypass, nor the web server's proxy_pass.
_LAST_WORD = re.compile(
    r"(?:^|[_\-. ]|(?<=[a-z])(?=[A-Z]))(?<!proxy[_-])(?<!cgi[_-])(?<!grpc[_-])(?i:pvk|pass|pwd)$"
)


@lru_cache(maxsize=4096)
def is_secret_key(name: str) -> bool:
    """Whether what is stored under a key of this name is secret (C(db_password), C(cert_pvk), C(apiKey))."""
    bare = name.lower().translate(_SEPARATORS)
    return any(part in bare for part in _CONTAINED) or _LAST_WORD.search(name) is not None
