# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which places of a document hold secrets: by the name of a key, or because the user says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .paths import Path, Pattern

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


class SecretRules:
    """The rules for one task: names of keys, and the user's own patterns.

    :param patterns: C(secret_paths), path patterns; what lies below a match is secret as well.
    :raises PlanError: for text that is no pattern.
    """

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        self._patterns = tuple(Pattern(pattern) for pattern in patterns)

    def hides(self, path: Path) -> bool:
        """Whether this very step makes a secret of everything below it."""
        last = path[-1] if path else None
        if isinstance(last, str) and is_secret_key(last):
            return True
        return any(pattern.matches(path) for pattern in self._patterns)

    def covers(self, path: Path) -> bool:
        """Whether the place is secret, by itself or because it lies within a secret."""
        return any(self.hides(path[:length]) for length in range(1, len(path) + 1))
