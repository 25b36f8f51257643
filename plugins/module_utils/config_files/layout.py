# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the file of a host or group lies below the folder of a backup.

C(clients/3/hosts/shop-1.example.com.yml), and C(no-client/…) for what belongs to no client. A name that is
no good file name, or that several of one folder bear in any case of letters, is made into one with the id
behind a tilde, which no plain name holds: C(two_words~7.yml).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..text.escaping import escape
from .leavings import is_leaving

_NO_CLIENT = "no-client"
# The folders below that of the backup.
TOPS = ("clients", _NO_CLIENT)
_FILE = re.compile(rf"(?:clients/-?\d+|{_NO_CLIENT})/(?P<kind>host|group)s/[^/]+\.yml")
_ON_THE_WAY = re.compile(
    rf"clients|{_NO_CLIENT}|clients/-?\d+|(?:clients/-?\d+|{_NO_CLIENT})/(?:host|group)s"
)
# Letters as every file system has them, and nothing at either end that one of them takes away.
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 120
# What Windows takes for a device, whatever follows the first dot.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


@dataclass(frozen=True)
class Entry:
    """A host or a group, and its configuration.

    :ivar kind: C(host) or C(group).
    :ivar config: the stored document; None where it could not be read, or was not looked at.
    """

    kind: str
    id: int
    name: str
    client_id: int | None
    config: dict[str, Any] | None = None

    def __str__(self) -> str:
        """For messages, fit for a terminal."""
        name = escape(self.name)
        return f"{self.kind} {name} (id {self.id})" if name else f"{self.kind} {self.id}"


def paths(entries: Iterable[Entry]) -> list[str]:
    """The path of each entry below the folder, with slashes; each another one."""
    every = list(entries)
    shared = Counter((_folder(entry), entry.name.casefold()) for entry in every)
    return [
        f"{_folder(entry)}/{_stem(entry, shared[_folder(entry), entry.name.casefold()] == 1)}.yml"
        for entry in every
    ]


def kind_at(path: str) -> str | None:
    """C(host) or C(group), by the place of a file below the folder; None for a file that is none of these."""
    match = _FILE.fullmatch(path)
    return match["kind"] if match and not is_leaving(path.rpartition("/")[2]) else None


def leads_on(path: str) -> bool:
    """Whether files of a backup may lie below a folder of that path."""
    return _ON_THE_WAY.fullmatch(path) is not None


def _folder(entry: Entry) -> str:
    owner = _NO_CLIENT if entry.client_id is None else f"clients/{entry.client_id}"
    return f"{owner}/{entry.kind}s"


def _stem(entry: Entry, alone: bool) -> str:
    name = entry.name
    plain = len(name) <= _LONGEST and _PLAIN.fullmatch(name) and not _DEVICES.fullmatch(name)
    if alone and plain:
        return name
    safe = _ODD.sub("_", name)[:_LONGEST].strip("._-") or entry.kind
    return f"{safe}~{entry.id}"
