# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play against what is wanted of them, by one reading of the platform's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from ...module_utils.answers.sync_status import Sync, SyncStatus
from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.client.settings import platform
from ...module_utils.operations.operation import TaskContext
from ...module_utils.operations.reading import is_of_the_whole_platform, read_each
from ...module_utils.resources import deployments
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.resources.targets import Candidate, find, named
from ...module_utils.text.escaping import escape
from .comparison import Comparison
from .look import Look, failed, look, reason, without_looking
from .member import Member

One = TypeVar("One")
Got = TypeVar("Got")


def compared(
    members: Sequence[Member], api: Api, context: TaskContext, *, sync: bool, workers: int
) -> list[Comparison]:
    """A comparison of each, in their order.

    :param sync: whether to look if what is stored is in effect as well.
    """
    wanting = [one for one in members if one.wanted and not one.problem]
    found = _looked_at(wanting, api, workers)
    if sync:
        found = _with_sync(found, api, workers)
    for name in found:
        for warning in found[name].warnings:
            context.warn(warning)
    return [
        found[one.name].comparison if one.name in found else without_looking(one) for one in members
    ]


def _looked_at(members: Sequence[Member], api: Api, workers: int) -> dict[str, Look]:
    """What the platform holds for each beside what is wanted of it, or why that cannot be told."""
    if not members:
        return {}
    listed = _Listed(members, api)
    try:
        listed.read(workers)
    except TurboStackError as error:
        if is_of_the_whole_platform(error):
            return {one.name: failed(one, error) for one in members}
        listed.unlisted = error
    answers = _each(members, listed.of, workers)
    return {
        one.name: failed(one, answer) if isinstance(answer, TurboStackError) else answer
        for one, answer in zip(members, answers, strict=True)
    }


class _Listed:
    """The platform's list, each row looked at as it comes, and single reads of what it does not show.

    :ivar unlisted: why there is no list; None where there is one.
    """

    def __init__(self, members: Sequence[Member], api: Api) -> None:
        self.unlisted: TurboStackError | None = None
        self._api = api
        self._platform = platform(api.settings.url)
        self._meant: dict[int | str, list[Member]] = {}
        for one in members:
            self._meant.setdefault(one.known.id if one.known else one.name, []).append(one)
        self._looks: dict[tuple[str, int], Look] = {}
        self._ids: dict[str, list[Candidate]] = {}
        self._candidates: list[Candidate] = []

    def read(self, workers: int) -> None:
        """Read the list.

        :raises TurboStackError: where it cannot be read.
        """

        def looked(row: Configured) -> tuple[Candidate, list[tuple[Member, Look]]]:
            meant = (*self._meant.get(row.id, ()), *self._meant.get(row.name, ()))
            looks = [(one, look(one, row)) for one in meant] if row.has_document else []
            return Candidate(row.id, row.name, row.client_id), looks

        for candidate, looks in HOSTS.listing(self._api, make=looked, workers=workers).read():
            self._candidates.append(candidate)
            self._ids.setdefault(candidate.name, []).append(candidate)
            for member, seen in looks:
                self._looks[member.name, candidate.id] = seen

    def of(self, member: Member) -> Look:
        """What became of a member.

        :raises TurboStackError: where there is no such host, or another one than the inventory knew.
        """
        known = member.known
        if known is not None:
            known.check_platform(self._platform)
        number = known.id if known else self._named(member.name)
        seen = self._looks.get((member.name, number))
        return seen or look(member, find(self._api, HOSTS, number, None))

    def _named(self, name: str) -> int:
        if self.unlisted is not None:
            raise self.unlisted
        alike = self._ids.get(name, [])
        return alike[0].id if len(alike) == 1 else named(HOSTS, name, self._candidates)


def _with_sync(found: Mapping[str, Look], api: Api, workers: int) -> dict[str, Look]:
    """The same, with whether what is stored is in effect."""

    def status(row: Configured) -> SyncStatus:
        return deployments.sync(api, row)

    known = {name: one.row for name, one in found.items() if one.row is not None}
    answers = dict(zip(known, _each(list(known.values()), status, workers), strict=True))
    return {
        name: _synced(one, answers[name]) if name in answers else one for name, one in found.items()
    }


def _synced(one: Look, answer: SyncStatus | TurboStackError) -> Look:
    if isinstance(answer, TurboStackError):
        answer = SyncStatus(Sync.UNKNOWN, reason(answer))
    told = replace(one.comparison, sync=answer.sync.value, sync_reason=escape(answer.reason))
    return replace(one, comparison=told)


def _each(
    every: Sequence[One], read: Callable[[One], Got], workers: int
) -> list[Got | TurboStackError]:
    """As C(read_each); a failure that all would share is that of each."""
    try:
        return read_each(every, read, workers)
    except TurboStackError as error:
        return [error for _one in every]
