# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Something that became of a host or group, from whichever source it is known."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ...module_utils.text.escaping import escape
from .period import shown


class Source(str, enum.Enum):
    """Where it is known from."""

    RECORD = "record"
    BACKUP = "backup"
    PLATFORM = "platform"


@dataclass(frozen=True)
class Subject:
    """A host or a group.

    :ivar kind: C(host) or C(group).
    """

    kind: str
    id: int


@dataclass(frozen=True)
class Event:
    """One thing.

    :ivar at: when, or by when.
    :ivar said: in one line, without the time.
    :ivar changes: what it changed, a line each, masked.
    :ivar by: who did it; None where that is not known.
    :ivar outside: whether the record knows nothing of it, although it should if this collection had done it.
    """

    subject: Subject
    at: datetime
    source: Source
    said: str
    changes: Sequence[str] = ()
    by: str | None = None
    commit: str | None = None
    outside: bool = False

    def lines(self) -> list[str]:
        """For people, fit for a terminal."""
        mark = "OUTSIDE OF THE RECORD: " if self.outside else ""
        return [
            f"  {shown(self.at)}  {mark}{escape(self.said)}",
            *(f"      {escape(change)}" for change in self.changes),
        ]

    def as_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "at": self.at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "source": self.source.value,
            "outside": self.outside,
            "by": self.by,
            "commit": self.commit,
            "summary": self.said,
            "changes": list(self.changes),
        }
