# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role history: what became of hosts and groups in a time, and who did it."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ansible.utils.display import Display

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.placing import place
from ...module_utils.document.policy import Policy
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ...module_utils.operations.policy_options import SECRET_PATHS
from ...module_utils.operations.selection import WORKERS, workers_of
from ...module_utils.resources.configured import Configured
from ...module_utils.text.escaping import escape
from ..action.controller import ControllerAction
from ..action.options import checked
from ..desired_config.excepting import is_meant, unmatched
from ..record import record_file
from ..record.entry import Entry, NoEntry, read
from ..record.recorder import ENVIRONMENT
from . import on_platform
from .backed_up import Backup
from .event import Event, Subject
from .period import Period, period, shown
from .recorded import Recorded

FORMAT = 1

OPTIONS: dict[str, dict[str, Any]] = {
    "hosts": {"type": "list", "elements": "str", "default": []},
    "since": {"type": "str", "default": "7d"},
    "until": {"type": "str", "default": ""},
    "record": {"type": "path"},
    "backup": {"type": "path"},
    "platform": {"type": "bool", "default": True},
    "json_file": {"type": "path"},
    **SECRET_PATHS,
    **WORKERS,
}


@dataclass(frozen=True)
class History:
    """What is asked.

    :ivar hosts: names, and patterns of names, of hosts and groups; all of them where there are none.
    :ivar record: its file, C(backup) the folder of a backup in git.
    :ivar platform: whether the platform is asked as well.
    """

    hosts: tuple[str, ...]
    since: str
    until: str
    record: str | None
    backup: str | None
    platform: bool
    json_file: str | None
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None
    workers: int


@dataclass(frozen=True)
class _Found:
    """What is known.

    :ivar odd: how many lines of the record are none.
    """

    period: Period
    events: list[Event]
    names: dict[Subject, str]
    odd: int


def _unreachable(wanted: History, api: Api, context: TaskContext) -> Result:
    return {"changed": False}


class HistoryAction(ControllerAction):
    """The files are the controller's; the platform is only asked where that is wanted."""

    operation = Operation(name="_history", options=OPTIONS, takes=History, run=_unreachable)

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if not checked(self.operation, arguments, self._task.action)["platform"]:
            return self._without_platform(arguments, lambda given: self._told(given, None, ""))
        return super()._run_here(arguments)

    def _operate(self, given: History, api: Api, context: TaskContext) -> Result:
        rows = on_platform.rows(api, workers_of(given.workers))
        return self._told(given, rows, api.settings.platform)

    def _told(self, given: History, rows: list[Configured] | None, platform: str) -> Result:
        found = _found(given, rows, platform, datetime.now(timezone.utc))
        hosts = self._censor.cleaned({"hosts": _as_data(found, given.hosts)})["hosts"]
        for line in _lines(found, given.hosts):
            Display().display(self._censor.cleaned({"line": line})["line"])
        if found.odd:
            Display().warning(
                f"{found.odd} lines of the record cannot be understood, and are left out."
            )
        report = {
            "since": found.period.since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "until": found.period.until.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "hosts": hosts,
            "odd_lines": found.odd,
        }
        changed = False
        if given.json_file:
            text = json.dumps({"format": FORMAT, **report}, indent=2) + "\n"
            path = os.path.realpath(os.path.expanduser(given.json_file))
            changed = _put(path, text.encode("ascii"), check_mode=bool(self._task.check_mode))
        return {"changed": changed, **report}


def _found(given: History, rows: list[Configured] | None, platform: str, now: datetime) -> _Found:
    during = period(given.since, given.until, now)
    record = given.record or os.environ.get(ENVIRONMENT, "").strip() or None
    entries, odd = _entries(record, platform)
    if record is None and given.backup is None and rows is None:
        raise SettingsError(
            "There is nothing to know a history from.",
            "Set turbostack_record or history_record to a record, or history_backup to a backup in git.",
        )
    recorded = Recorded.of(entries)
    events = list(recorded.events(during))
    names = dict(recorded.names)
    if given.backup is not None:
        policy = Policy(
            secret_paths=given.secret_paths, schema=given.schema or {}, allow_float_versions=True
        )
        backup = Backup(os.path.realpath(os.path.expanduser(given.backup)))
        events += backup.events(during, recorded, policy)
        names |= backup.names
    if rows is not None:
        events += on_platform.events(rows, during, recorded)
        names |= {Subject(row.kind, row.id): row.name for row in rows}
    unknown = unmatched(given.hosts, set(names.values()))
    if unknown:
        raise SettingsError(
            f"Nothing is known of {', '.join(map(escape, unknown))}.",
            "history_hosts takes names of hosts and groups, and patterns of names. Is one mistyped?",
        )
    return _Found(during, sorted(events, key=lambda one: one.at), names, odd)


def _entries(record: str | None, platform: str) -> tuple[list[Entry], int]:
    """What the record has of the platform, and how many lines in it are no entries.

    :param platform: empty where nobody is connected to one.
    """
    if record is None:
        return [], 0
    path = os.path.realpath(os.path.expanduser(record))
    found, odd = [], 0
    try:
        if not record_file.files(path):
            raise SettingsError(f"There is no record {escape(path)}.")
        for line in record_file.lines(path):
            try:
                found.append(read(line))
            except NoEntry:
                odd += 1
    except OSError as error:
        raise SettingsError(
            f"The record {escape(path)} cannot be read: {error.strerror}."
        ) from None
    return [one for one in found if platform in ("", one.source.platform)], odd


def _by_subject(found: _Found, patterns: Iterable[str]) -> list[tuple[Subject, str, list[Event]]]:
    """Those that are asked for and of which there is something to tell, by their names."""
    wanted = tuple(patterns)
    events: defaultdict[Subject, list[Event]] = defaultdict(list)
    for event in found.events:
        events[event.subject].append(event)
    named = [(subject, found.names[subject], events[subject]) for subject in events]
    meant = [one for one in named if not wanted or is_meant(one[1], wanted)]
    return sorted(meant, key=lambda one: (one[1], one[0].kind, one[0].id))


def _as_data(found: _Found, patterns: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": subject.kind,
            "id": subject.id,
            "name": name,
            "events": [event.as_data() for event in events],
        }
        for subject, name, events in _by_subject(found, patterns)
    ]


def _lines(found: _Found, patterns: Iterable[str]) -> list[str]:
    told = _by_subject(found, patterns)
    when = f"between {shown(found.period.since)} and {shown(found.period.until)}"
    if not told:
        return [f"Nothing is known to have changed {when}."]
    lines = [f"What changed {when}:"]
    for subject, name, events in told:
        lines.append(f"{subject.kind} {escape(name)} (id {subject.id})")
        for event in events:
            lines += event.lines()
    return lines


def _put(path: str, content: bytes, *, check_mode: bool) -> bool:
    """Write the answer; whether that changes anything."""
    try:
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == content:
                    return False
        if not check_mode:
            place(path, content)
    except OSError as error:
        raise SettingsError(
            f"The history cannot be written to {escape(path)} (history_json_file): {error.strerror}."
        ) from None
    return True
