# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An entry as the text of its file: readable YAML, with secrets masked or encrypted one by one.

What a run does not change keeps its very text: an encrypted value is taken over from the former text as
long as it means the same, since to encrypt it again would make another one.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any

from ..document.masking import MASK, masked, masked_key
from ..document.place import Place
from ..document.policy import Policy
from ..document.walk import Handler, fold, rebuilt
from ..text import json_text
from ..text.yaml_text import Tagged, to_yaml
from .layout import Entry
from .vault import Vault, is_encrypted, label_of
from .yaml_file import VAULT_TAG

# Makes the file known again as one that may be overwritten and removed.
HEADER = "# A TurboStack configuration, written by hosted_power.turbostack. The next backup overwrites changes.\n"

_VAULT_LINE = re.compile(r" +(?:\$ANSIBLE_VAULT;[^:]*|[0-9a-f]+)")
_SHOWN = f"{VAULT_TAG} {MASK}"
_SHOWN_NEW = f"{_SHOWN} (encrypted anew)"


def masked_text(entry: Entry, policy: Policy) -> str:
    """The file's text with masks in the place of secrets."""
    return _text(entry, masked(entry.config or {}, policy.root))


class Encryption:
    """Encrypts the secrets of one entry, and takes over what was encrypted before.

    :param former: pairs of vault text and what it holds, from the former text of the file, in its order.
    """

    def __init__(
        self, vault: Vault, label: str, policy: Policy, former: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._vault = vault
        self._label = label
        self._root = policy.root
        self._former: defaultdict[str, deque[str]] = defaultdict(deque)
        for ciphertext, plaintext in former:
            if label_of(ciphertext) == label:
                self._former[plaintext].append(ciphertext)
        self._new: set[str] = set()

    def text(self, entry: Entry) -> str:
        """The file's text.

        Secrets that are texts are encrypted where they stand. A configuration with one that is none (a
        number, a key, a text that is encrypted already) is encrypted as a whole, as JSON.
        """
        config = entry.config or {}
        try:
            return _text(entry, self.sealed(config))
        except NotByItself:
            return _text(entry, self._encrypted(json_text.encode(config)))

    def sealed(self, config: dict[str, Any]) -> Any:
        """The configuration with each of its secrets encrypted where it stands.

        :raises NotByItself: where one of them cannot be; see C(can_be_encrypted).
        """
        return rebuilt(fold(config, self._root, _Marking()), self._sealed)

    def shown(self, text: str) -> str:
        """What a diff may show of the text: which secrets are encrypted anew, and no vault text."""
        return _collapsed(text, lambda block: _SHOWN_NEW if block in self._new else _SHOWN)

    def _sealed(self, value: Any) -> Any:
        return self._encrypted(value.text) if isinstance(value, Tagged) else value

    def _encrypted(self, plaintext: str) -> Tagged:
        kept = self._former.get(plaintext)
        if kept:
            return Tagged(VAULT_TAG, kept.popleft())
        ciphertext = self._vault.encrypt(plaintext, self._label)
        self._new.add(ciphertext)
        return Tagged(VAULT_TAG, ciphertext)


def shown(text: str) -> str:
    """What a diff may show of the text of a file that is there: no vault text."""
    return _collapsed(text, lambda block: _SHOWN)


class NotByItself(Exception):
    """A secret that cannot be encrypted where it stands."""


class _Marking(Handler[Any]):
    """A copy with each secret under the vault's tag, and not yet encrypted.

    It raises C(NotByItself) where one of them cannot be encrypted where it stands.
    """

    def keys(self, value: dict[str, Any], place: Place) -> Iterable[str]:
        if any(masked_key(key, {}) != key for key in value):
            raise NotByItself
        return value

    def map(self, children: list[tuple[str, Any]], place: Place) -> dict[str, Any]:
        return dict(children)

    def list(self, children: list[Any], place: Place) -> list[Any]:
        return children

    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        if masked(value, place) == value:
            return value
        if not isinstance(value, str) or not can_be_encrypted(value):
            raise NotByItself
        return Tagged(VAULT_TAG, value)


def _text(entry: Entry, config: Any) -> str:
    identity = {"id": entry.id, "name": entry.name, "client_id": entry.client_id}
    return HEADER + to_yaml({**identity, "config": config})


def can_be_encrypted(secret: str) -> bool:
    """Whether a text can be encrypted where it stands."""
    return not is_encrypted(secret) and _is_utf8(secret)


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _collapsed(text: str, named: Callable[[str], str]) -> str:
    opening = f"{VAULT_TAG} |"
    lines: list[str] = []
    block: list[str] = []
    within = False
    for line in text.split("\n"):
        if within and _VAULT_LINE.fullmatch(line):
            block.append(line.strip())
            continue
        if within:
            lines[-1] = lines[-1].removesuffix(opening) + named("\n".join(block))
        lines.append(line)
        block = []
        within = line.endswith(opening)
    return "\n".join(lines)
