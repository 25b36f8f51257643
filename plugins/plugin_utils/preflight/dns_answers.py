# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What DNS is asked and how it answers, as everybody here knows it; who asks is another matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

A, AAAA, CAA = "A", "AAAA", "CAA"


@dataclass(frozen=True)
class Answer:
    """An answer, or why there is none.

    :ivar records: their data as zone files write it; empty where there are none of the kind.
    :ivar aliases: the names that the name leads to by CNAME, in their order.
    :ivar exists: whether there is such a name.
    :ivar trouble: why there is no answer, for a sentence; empty where there is one.
    """

    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    exists: bool = True
    trouble: str = ""


class Resolver(Protocol):
    """Asks DNS; may be used by several threads."""

    def ask(self, name: str, kind: str) -> Answer:
        """The records of a kind that a name has, through all aliases; it raises for nothing that DNS may do."""


@dataclass(frozen=True)
class Seen:
    """What DNS says of one name.

    :ivar caa: the records of the closest name above, or of the name itself, that has any.
    """

    v4: Answer
    v6: Answer
    caa: Answer = Answer()

    @property
    def addresses(self) -> tuple[str, ...]:
        return (*self.v4.records, *self.v6.records)

    @property
    def aliases(self) -> tuple[str, ...]:
        return (*self.v4.aliases, *self.v6.aliases)

    @property
    def exists(self) -> bool:
        return self.v4.exists or self.v6.exists

    @property
    def trouble(self) -> str:
        return self.v4.trouble or self.v6.trouble


def climbed(name: str) -> Iterator[str]:
    """The name and those above it, without the top level: RFC 8659 looks for CAA at each of them in turn."""
    labels = name.split(".")
    for start in range(max(1, len(labels) - 1)):
        yield ".".join(labels[start:])
