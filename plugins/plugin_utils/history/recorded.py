# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the record knows: who did what, and whether a change that is seen elsewhere is one of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..record.entry import Entry
from .event import Event, Source, Subject
from .period import Period

# How far the clocks of controller and platform may be apart.
_APART = timedelta(seconds=120)
# Ends with which the changes are not, or not for sure, what the host holds.
_TAKEN_BACK = ("returned",)


@dataclass(frozen=True)
class Recorded:
    """All that a record holds of one platform.

    :ivar entries: by whose they are, in the order of the record.
    :ivar names: how each is called there, the latest name last.
    """

    entries: dict[Subject, list[Entry]] = field(default_factory=dict)
    names: dict[Subject, str] = field(default_factory=dict)

    @classmethod
    def of(cls, every: Iterable[Entry]) -> Recorded:
        entries: defaultdict[Subject, list[Entry]] = defaultdict(list)
        names = {}
        for entry in every:
            subject = Subject(entry.deed.kind, entry.deed.id)
            entries[subject].append(entry)
            names[subject] = entry.deed.name
        return cls(dict(entries), names)

    def events(self, period: Period) -> Iterator[Event]:
        """What was done in a time."""
        for subject, entries in self.entries.items():
            for entry in entries:
                if period.holds(entry.ended):
                    yield _event(subject, entry)

    def made(self, subject: Subject, path: str, after: datetime | None, before: datetime) -> bool:
        """Whether a change at a path, seen between two moments, is one that was done here.

        :param after: None where nobody looked before.
        """
        return any(
            entry.began <= before + _APART
            and (after is None or entry.ended >= after - _APART)
            and entry.deed.end not in _TAKEN_BACK
            and any(_touch(path, change["path"]) for change in entry.deed.changes)
            for entry in self.entries.get(subject, ())
        )

    def was_busy(self, subject: Subject, at: datetime) -> bool:
        """Whether something was done to it then."""
        return any(
            entry.began - _APART <= at <= entry.ended + _APART
            for entry in self.entries.get(subject, ())
        )


def _touch(one: str, other: str) -> bool:
    """Whether two places are one, or one lies in the other."""
    short, long = sorted((one, other), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in ".[")


def _event(subject: Subject, entry: Entry) -> Event:
    source, deed = entry.source, entry.deed
    commit = source.commit
    short = "" if commit is None else f", commit {_short(commit)}"
    deployed = f", {deed.deployment}" if deed.deployment else ""
    why = f" ({deed.why})" if deed.why else ""
    return Event(
        subject,
        entry.ended,
        Source.RECORD,
        f"{source.tool} by {source.who}{short}: {deed.end}{deployed}{why}",
        _summaries(deed.changes),
        by=str(source.who),
        commit=commit,
    )


def _summaries(changes: Sequence[object]) -> list[str]:
    return [str(change["summary"]) for change in changes if isinstance(change, dict)]


def _short(commit: str) -> str:
    digits, plus, changed = commit.partition("+")
    return f"{digits[:12]}{plus}{changed}"
