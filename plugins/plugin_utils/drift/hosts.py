# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play against what is wanted of them, by one reading of the platform's list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ...module_utils.adapters.censoring import Censor
from ...module_utils.answers.sync_status import Sync, SyncStatus
from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.client.settings import platform
from ...module_utils.document.masking import find_secrets, redact_text
from ...module_utils.document.policy import REPLACED
from ...module_utils.operations.operation import TaskContext
from ...module_utils.operations.reading import is_of_the_whole_platform, read_each
from ...module_utils.plan.engine import Plan, plan
from ...module_utils.resources import deployments
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.resources.json_field import UnreadableDocument
from ...module_utils.resources.targets import Candidate, find, named
from ...module_utils.text.escaping import escape
from ...module_utils.validation.doubts import Validation
from ...module_utils.validation.findings import WARN
from .comparison import DRIFTED, ERROR, IN_LINE, NO_FILE, Comparison
from .member import Member, Wanted

_VALIDATION = Validation(WARN, ())

One = TypeVar("One")
Got = TypeVar("Got")


def compared(
    members: Sequence[Member], api: Api, context: TaskContext, *, sync: bool, workers: int
) -> list[Comparison]:
    """A comparison of each, in their order.

    :param sync: whether to look if what is stored is in effect as well.
    """
    wanting = [one for one in members if one.wanted and not one.problem]
    rows = dict(zip((one.name for one in wanting), _rows(wanting, api, workers), strict=True))
    found = [_compared(one, rows.get(one.name), context) for one in members]
    return _with_sync(found, rows, api, workers) if sync else found


def reason(error: Exception) -> str:
    """Why a host could not be compared, on one line and without a secret."""
    return escape(" ".join(redact_text(str(error)).split()))


def _compared(
    member: Member, row: Configured | TurboStackError | None, context: TaskContext
) -> Comparison:
    number = member.known.id if member.known else None
    if member.problem is not None:
        return Comparison("host", member.name, number, ERROR, error=member.problem)
    if member.wanted is None or row is None:
        return Comparison("host", member.name, number, NO_FILE)
    if isinstance(row, TurboStackError):
        return Comparison("host", member.name, number, ERROR, error=reason(row))
    stored: dict[str, Any] = {}
    censor = Censor(member.wanted.secrets)
    try:
        stored = _document(row, member.wanted, context)
        planned = _planned(row, stored, member.wanted, context)
    except TurboStackError as error:
        censor.add(find_secrets(stored, member.wanted.policy))
        told = censor.cleaned({"error": reason(error)})
        return Comparison("host", member.name, row.id, ERROR, **told)
    if not planned.changes:
        return Comparison("host", member.name, row.id, IN_LINE)
    censor.add(find_secrets(stored, member.wanted.policy))
    changes = [{**change.shown(), "summary": change.summary()} for change in planned.changes]
    return Comparison(
        "host", member.name, row.id, DRIFTED, censor.cleaned({"changes": changes})["changes"]
    )


def _document(row: Configured, wanted: Wanted, context: TaskContext) -> dict[str, Any]:
    try:
        return row.document()
    except UnreadableDocument:
        if wanted.state != REPLACED:
            raise
        context.warn(f"{row}: what is stored is no configuration document.")
        return {}


def _planned(row: Configured, stored: dict[str, Any], wanted: Wanted, context: TaskContext) -> Plan:
    planned = plan(stored, wanted.config, wanted.state, wanted.policy)
    doubts = _VALIDATION.findings(wanted.config, stored, wanted.state, wanted.policy, planned)
    for warning in (*planned.warnings, *map(str, doubts)):
        context.warn(f"{row}: {warning}")
    return planned


def _rows(members: Sequence[Member], api: Api, workers: int) -> list[Configured | TurboStackError]:
    """What the platform holds for each, or why that cannot be told."""
    if not members:
        return []
    listed: list[Configured] = []
    unlisted: TurboStackError | None = None
    try:
        listed = HOSTS.read_all(api, workers=workers)
    except TurboStackError as error:
        if is_of_the_whole_platform(error):
            return [error for _member in members]
        unlisted = error
    found = _Listed(listed, unlisted, api)
    return _each(members, found.of, workers)


class _Listed:
    """The platform's list, and single reads of what it does not show."""

    def __init__(
        self, rows: Iterable[Configured], unlisted: TurboStackError | None, api: Api
    ) -> None:
        self._by_id = {row.id: row for row in rows}
        self._unlisted = unlisted
        self._api = api
        self._platform = platform(api.settings.url)
        self._candidates = [
            Candidate(one.id, one.name, one.client_id) for one in self._by_id.values()
        ]
        self._ids: dict[str, int | None] = {}
        for one in self._candidates:
            # A name that several bear is nobody's.
            self._ids[one.name] = None if one.name in self._ids else one.id

    def of(self, member: Member) -> Configured:
        """The host that a member is.

        :raises TurboStackError: where there is none, or another one than the inventory knew.
        """
        known = member.known
        if known is not None:
            known.check_platform(self._platform)
        number = known.id if known else self._named(member.name)
        row = self._by_id.get(number)
        if row is None or not row.has_document:
            row = find(self._api, HOSTS, number, None)
        if known is not None:
            known.check_found(row)
        return row

    def _named(self, name: str) -> int:
        if self._unlisted is not None:
            raise self._unlisted
        number = self._ids.get(name)
        return named(HOSTS, name, self._candidates) if number is None else number


def _with_sync(
    every: Sequence[Comparison],
    rows: Mapping[str, Configured | TurboStackError],
    api: Api,
    workers: int,
) -> list[Comparison]:
    def status(row: Configured) -> SyncStatus:
        return deployments.sync(api, row)

    known = {
        one.name: row
        for one in every
        if one.outcome in (IN_LINE, DRIFTED) and isinstance(row := rows[one.name], Configured)
    }
    statuses = {
        name: SyncStatus(Sync.UNKNOWN, reason(answer))
        if isinstance(answer, TurboStackError)
        else answer
        for name, answer in zip(known, _each(list(known.values()), status, workers), strict=True)
    }
    return [
        replace(one, sync=found.sync.value, sync_reason=escape(found.reason))
        if (found := statuses.get(one.name))
        else one
        for one in every
    ]


def _each(
    every: Sequence[One], read: Callable[[One], Got], workers: int
) -> list[Got | TurboStackError]:
    """As C(read_each); a failure that all would share is that of each."""
    try:
        return read_each(every, read, workers)
    except TurboStackError as error:
        return [error for _one in every]
