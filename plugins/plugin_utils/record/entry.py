# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of the record: what was done to one host or group, when, by whom, and from which commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ...module_utils.client.errors import TurboStackError
from ...module_utils.operations.deed import Deed

FORMAT = 1
_OTHER = f"The line has another format than {FORMAT}."
_SHOWN = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Who:
    """Who did it.

    :ivar login: on C(machine), the controller.
    :ivar user: of AWX, C(job) its job; None outside of AWX.
    """

    login: str
    machine: str
    user: str | None = None
    job: str | None = None

    def __str__(self) -> str:
        job = f", AWX job {self.job}" if self.job else ""
        return f"{self.user or self.login} ({self.login} on {self.machine}{job})"


@dataclass(frozen=True)
class Source:
    """Where deeds come from, the same for all of one task.

    :ivar run: of the command that Ansible was started with.
    :ivar tool: the role, or the module.
    :ivar platform: its URL.
    :ivar commit: of the repository that the configurations come from, with C(+changed) where files were not as they
        were committed; None where there is none.
    """

    run: str
    tool: str
    platform: str
    who: Who
    commit: str | None = None


@dataclass(frozen=True)
class Entry:
    """A line.

    :ivar began, ended: in UTC, to the second.
    """

    source: Source
    deed: Deed
    began: datetime
    ended: datetime

    @classmethod
    def of(cls, source: Source, deed: Deed) -> Entry:
        """What was done until now."""
        return cls(source, deed, _moment(deed.at - deed.seconds), _moment(deed.at))

    def shown(self) -> dict[str, Any]:
        """As JSON can hold it."""
        source, deed = self.source, self.deed
        return {
            "format": FORMAT,
            "run": source.run,
            "began": self.began.strftime(_SHOWN),
            "ended": self.ended.strftime(_SHOWN),
            "who": {
                "user": source.who.user,
                "login": source.who.login,
                "machine": source.who.machine,
                "job": source.who.job,
            },
            "tool": source.tool,
            "commit": source.commit,
            "platform": source.platform,
            "kind": deed.kind,
            "id": deed.id,
            "name": deed.name,
            "changes": [dict(change) for change in deed.changes],
            "deployment": deed.deployment or None,
            "end": deed.end,
            "why": deed.why or None,
        }


class NoEntry(TurboStackError):
    """A line that is none of the record, or one of a later format."""

    kind = "record"


def written(shown: Mapping[str, Any]) -> bytes:
    """The line of an entry, with its end."""
    return json.dumps(shown).encode("ascii") + b"\n"


def read(line: bytes) -> Entry:
    """The entry of a line.

    :raises NoEntry: where it is none.
    """
    try:
        told = json.loads(line)
        if told["format"] != FORMAT:
            raise NoEntry(_OTHER)
        began, ended = (_read_moment(told[name]) for name in ("began", "ended"))
        deed = Deed(
            kind=str(told["kind"]),
            id=int(told["id"]),
            name=str(told["name"]),
            end=str(told["end"]),
            changes=tuple(
                {key: str(change[key]) for key in ("path", "op", "summary")}
                for change in told["changes"]
            ),
            deployment=str(told["deployment"] or ""),
            why=str(told["why"] or ""),
            seconds=(ended - began).total_seconds(),
            at=ended.timestamp(),
        )
        who = told["who"]
        source = Source(
            run=str(told["run"]),
            tool=str(told["tool"]),
            platform=str(told["platform"]),
            who=Who(str(who["login"]), str(who["machine"]), _text(who["user"]), _text(who["job"])),
            commit=_text(told["commit"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoEntry("The line is no entry of a record.") from None
    return Entry(source, deed, began, ended)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), timezone.utc)


def _read_moment(text: str) -> datetime:
    return datetime.strptime(text, _SHOWN).replace(tzinfo=timezone.utc)
