# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks of values: whether the platform still holds what was applied can be told by them, and not what it is.

A value that is no secret gets a digest with a salt, which stands in the record beside it. A secret that somebody might
guess is sealed with a key that is made of the API token, and that is nowhere written down: who has the token may read
the secret anyway. A seal is good for one token. A private key cannot be guessed, and needs none.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.document.fingerprint import cannot_be_guessed, canonical
from ....module_utils.document.place import Place
from ....module_utils.document.walk import scalar_texts

_PLAIN, _SEALED = "plain", "sealed"
_BYTES, _NAME_BYTES = 15, 3


@dataclass(frozen=True)
class Marks:
    """Makes marks, and compares them.

    :ivar salt: of the record.
    :ivar seal: the key of the token; see C(document/fingerprint.py).
    :ivar vaulted: what the user keeps in ansible-vault, and so is secret under whatever key.
    """

    salt: str
    seal: bytes = field(repr=False)
    vaulted: Collection[str] = field(default=frozenset(), repr=False)

    def hides(self, value: Any) -> bool:
        """Whether something of a value is kept in ansible-vault."""
        return bool(self.vaulted) and any(text in self.vaulted for text in scalar_texts(value))

    def of(self, value: Any, place: Place) -> str:
        """The mark of a value that stands at a place."""
        meaning, secrets = canonical(value, place)
        return self._mark(meaning, secrets, value)

    def of_identity(self, identity: Hashable, shown: Any, place: Place) -> str:
        """The mark of what tells an entry of a list apart.

        :param shown: the text or number that the identity was taken from.
        """
        _meaning, secrets = canonical(shown, place)
        return self._mark(repr(identity).encode("utf-8", "surrogatepass"), secrets, shown)

    def fits(self, mark: str, value: Any, place: Place) -> bool | None:
        """Whether a value is the one that was marked; None where that cannot be told with this token."""
        kind, _dot, rest = mark.partition(".")
        meaning, secrets = canonical(value, place)
        if kind == _PLAIN:
            return self._plain(meaning, secrets) == mark
        return self._sealed(meaning, secrets) == mark if self._is_ours(rest) else None

    def _is_ours(self, rest: str) -> bool:
        return rest.partition(".")[0] == self._name

    def _mark(self, meaning: bytes, secrets: list[str], value: Any) -> str:
        guessable = (secrets or self.hides(value)) and not cannot_be_guessed(secrets)
        if guessable:
            return self._sealed(meaning, secrets)
        return self._plain(meaning, secrets)

    def _plain(self, meaning: bytes, secrets: list[str]) -> str:
        return f"{_PLAIN}.{_text(self._digest(self.salt.encode('utf-8'), meaning, secrets))}"

    def _sealed(self, meaning: bytes, secrets: list[str]) -> str:
        digest = self._digest(self.seal, self.salt.encode("utf-8") + meaning, secrets)
        return f"{_SEALED}.{self._name}.{_text(digest)}"

    @property
    def _name(self) -> str:
        """Tells one token from another, and nothing else of it."""
        return _text(hmac.digest(self.seal, b"record", "sha256")[:_NAME_BYTES])

    def _digest(self, key: bytes, meaning: bytes, secrets: list[str]) -> bytes:
        together = "\0".join(secrets).encode("utf-8", "surrogatepass")
        return hmac.digest(key, b"%d:%s%s" % (len(meaning), meaning, together), "sha256")[:_BYTES]


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
