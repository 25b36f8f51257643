# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of lists of scalars: what they are, which line of an entry each one is, and when two are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from .addresses import address_key, completed_address
from .domains import domain_key
from .equality import content_key
from .schema import ADDRESS, DOMAIN, SSH_KEY
from .ssh_keys import completed_ssh_key, ssh_key


@dataclass(frozen=True)
class Kind:
    """A kind of text that is the same in several spellings.

    :ivar key: its identity.
    :ivar completed: a wanted text, with what it says nothing of taken from the stored one of the same identity.
    """

    key: Callable[[str], Hashable]
    completed: Callable[[str, str], str]


def _as_wanted(stored: str, wanted: str) -> str:
    return wanted


_SSH_KEY = Kind(ssh_key, completed_ssh_key)
# What a list is known to hold → what its members are. An SSH key is one in any list.
_KINDS: Mapping[str, Kind] = {
    SSH_KEY: _SSH_KEY,
    ADDRESS: Kind(address_key, completed_address),
    DOMAIN: Kind(domain_key, _as_wanted),
}


def _kind(text: str, holds: str) -> Kind | None:
    """What a text is; None for one that is nothing but its content, such as a comment."""
    if text.lstrip().startswith("#"):
        return None
    if ssh_key(text) is not None:
        return _SSH_KEY
    return None if holds == SSH_KEY else _KINDS.get(holds)


def member_key(value: Any, holds: str) -> Hashable:
    """The identity of an entry: of its one member, or of all where it has several lines.

    :param holds: what the list is known to hold; empty where nothing is known.
    """
    if isinstance(value, str):
        lines = members_of(value, holds)
        if len(lines) > 1:
            return ("lines", tuple(member_key(line, holds) for line in lines))
        if kind := _kind(value, holds):
            return ("text", kind.key(value))
    return content_key(value)


def members_of(value: Any, holds: str) -> list[Any]:
    """The members that an entry holds: one for each line where its lines are keys, addresses or domains."""
    if isinstance(value, str) and "\n" in value.strip():
        lines = [line for line in value.splitlines() if line.strip()]
        if holds in _KINDS or any(ssh_key(line) is not None for line in lines):
            return lines
    return [value]


def completed(stored: Any, wanted: Any, holds: str) -> Any:
    """A wanted member with what it says nothing of taken from the stored one of the same identity."""
    if not isinstance(stored, str) or not isinstance(wanted, str):
        return wanted
    kind = _kind(wanted, holds)
    return wanted if kind is None else kind.completed(stored, wanted)


class Entry:
    """A stored entry whose members can be changed and taken away one by one.

    :ivar members: those that are left; C(None) where one was taken away.
    """

    def __init__(self, value: Any, holds: str) -> None:
        self._value = value
        found = members_of(value, holds)
        self._lines = value.splitlines(keepends=True) if len(found) > 1 else [value]
        self.members: list[Any] = [
            line.rstrip("\r\n") if isinstance(line, str) and len(found) > 1 else line
            for line in self._lines
        ]

    def change(self, position: int, member: Any) -> None:
        line = self._lines[position]
        if len(self._lines) > 1:
            member += line[len(line.rstrip("\r\n")) :]
        self._lines[position] = member

    def remove(self, position: int) -> None:
        self._lines[position] = None

    @property
    def value(self) -> Any:
        """What the entry has become; None where no member is left."""
        left = [line for line in self._lines if line is not None]
        if len(self._lines) == 1:
            return left[0] if left else None
        text = "".join(left)
        if not text.strip():
            return None
        return text if self._value.endswith(("\n", "\r")) else text.rstrip("\r\n")
