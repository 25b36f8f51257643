# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a whole fleet: what each host is to become, and equal changes shown once for all that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, read_row
from ....module_utils.answers.sync_status import Sync, SyncStatus
from ....module_utils.client.api import Api
from ....module_utils.client.errors import SettingsError, StatusError, TargetError, TurboStackError
from ....module_utils.client.settings import Settings
from ....module_utils.document.fingerprint import fingerprint
from ....module_utils.document.masking import redact_text
from ....module_utils.operations.reading import is_of_the_whole_platform
from ....module_utils.plan.changes import REMOVE
from ....module_utils.plan.engine import Plan
from ....module_utils.plan.origins import Origin
from ....module_utils.resources.configured import HOSTS, Configured
from ....module_utils.text.escaping import escape
from ....module_utils.validation.findings import OFF, Finding, refused, silencing
from ...fleet.shared_domains import Side, shared_domains
from ...inventory.known_host import KnownHost
from ..ownership.planning import FAIL, FORCE, OwningPlan, refused as refused_conflicts, removal
from ..ownership.pruning import Conflict
from .effect import in_effect
from .journal import Journal
from .owning import Owning
from .port import Wanted, latest_of
from .record import BACK, Record
from .terms import Doubt, Recovery, Terms
from .words import in_doubt, listed

# Up to so many hosts are read one by one, more of them from the pages of the list.
_ONE_BY_ONE = 3


@dataclass(frozen=True)
class Member:
    """A host of the fleet, as the user wants it.

    :ivar name: in the inventory.
    :ivar known: what the inventory says of it.
    :ivar owning: where it is kept what of it is the repository's; None where nobody keeps that.
    """

    name: str
    id: int
    wanted: Wanted = field(repr=False)
    terms: Terms
    journal: Journal
    known: KnownHost | None = None
    owning: Owning | None = None


@dataclass(frozen=True)
class Planned:
    """What is to become of one host.

    :ivar document: what it holds.
    :ivar deploy: why it is deployed although nothing is to be written; empty otherwise.
    :ivar record: what an interrupted rollout has left.
    :ivar doubts: what is doubtful about what it is to become.
    :ivar problem: why nothing can be done to it; empty where it can.
    """

    member: Member
    document: dict[str, Any] = field(default_factory=dict, repr=False)
    plan: Plan | None = None
    deploy: str = ""
    waits: bool = False
    record: Record | None = None
    problem: str = ""
    doubts: Sequence[Finding] = ()

    @property
    def at_rest(self) -> bool:
        """Whether nothing is to be done, and nothing is wrong."""
        return not (self.problem or self.record or self.deploy or self.waits or self.changes)

    @property
    def changes(self) -> Sequence[Any]:
        """What is to be written."""
        return self.plan.changes if self.plan else ()

    @property
    def owning_plan(self) -> OwningPlan | None:
        """The plan, where it looks at what is the repository's."""
        return self.plan if isinstance(self.plan, OwningPlan) else None

    @property
    def returns(self) -> bool:
        """Whether an interrupted rollout goes on with its way back."""
        return self.record is not None and _returns(self.record, self.member.terms)


def planned(
    members: Sequence[Member],
    api: Api,
    words: Mapping[str, str],
    workers: int,
    read: Mapping[int, Configured],
) -> list[Planned]:
    """The plan of the fleet, in its order: out of the pages of one list, and a status where nothing changes.

    :param read: hosts that were read already, by their ids.
    :raises RequestError: for a failure that concerns the whole platform.
    """
    with ThreadPoolExecutor(max(1, workers), thread_name_prefix="rollout") as pool:
        rows = _rows(members, api, pool, workers, read)
        found = _compared([_planned(member, rows[member.id], api.settings) for member in members])
        resting = [one for one in found if one.at_rest]
        asked = [one for one in resting if one.member.terms.doubt is not Doubt.ACCEPT]
        looks = pool.map(lambda one: _looked_up(one, rows[one.member.id], api, words), asked)
        settled = dict(zip((one.member.id for one in asked), looks, strict=True))
    return [settled.get(one.member.id, one) for one in found]


def _rows(
    members: Sequence[Member],
    api: Api,
    pool: ThreadPoolExecutor,
    workers: int,
    read: Mapping[int, Configured],
) -> dict[int, Configured | TurboStackError]:
    ids = [member.id for member in members]
    rows: dict[int, Configured | TurboStackError] = {**read}
    if sum(number not in rows for number in ids) > _ONE_BY_ONE:
        rows.update((row.id, row) for row in HOSTS.read_all(api, workers=workers))
    missing = [number for number in ids if not _has_document(rows.get(number))]
    rows.update(zip(missing, pool.map(lambda number: _read(api, number), missing), strict=True))
    return rows


def _has_document(row: Configured | TurboStackError | None) -> bool:
    return isinstance(row, Configured) and row.has_document


def _read(api: Api, number: int) -> Configured | TurboStackError:
    try:
        return HOSTS.read(api, number)
    except TurboStackError as error:
        if is_of_the_whole_platform(error):
            raise
        if isinstance(error, StatusError) and error.status == 404:
            return TargetError(
                f"There is no host with id {number}, or the token may not see it.",
                "Is the inventory older than the platform?",
            )
        return error


def _planned(member: Member, row: Configured | TurboStackError, connection: Settings) -> Planned:
    try:
        if member.known is not None:
            member.known.check_platform(connection.platform)
        if isinstance(row, TurboStackError):
            raise row
        if member.known is not None:
            member.known.check_found(row)
        member.terms.check()
        document = member.wanted.stored_in(row)
        record = member.journal.read()
        if member.owning is not None:
            ownership = member.owning.ownership(record, document, connection)
            member = replace(member, wanted=replace(member.wanted, ownership=ownership))
        made = member.wanted.over(document)
        _refuse_conflicts(member, made, record)
        doubts = member.wanted.doubts(document, made)
        if doubts and member.wanted.validation.refuses:
            raise refused(doubts, member.terms.host, "rollout_")
        return Planned(member, document, made, record=record, doubts=doubts)
    except TurboStackError as error:
        return Planned(member, problem=redact_text(str(error)))


def _refuse_conflicts(member: Member, made: Plan, record: Record | None) -> None:
    if member.owning is None or not isinstance(made, OwningPlan):
        return
    going_back = record is not None and _returns(record, member.terms)
    if made.conflicts and member.owning.conflicts == FAIL and not going_back:
        raise refused_conflicts(made.conflicts)


def _returns(record: Record, terms: Terms) -> bool:
    return record.stage in BACK or terms.recovery is Recovery.RETURN


def _compared(plans: Sequence[Planned]) -> list[Planned]:
    """The plans with what is doubtful about them beside one another."""
    doubted = [
        one
        for one in plans
        if one.plan is not None and one.member.wanted.validation.validate != OFF
    ]
    sides = [
        Side(one.member.name, one.document, one.plan.payload, one.member.wanted.policy.root)
        for one in doubted
        if one.plan is not None
    ]
    more = {
        one.member.name: one.member.wanted.about(shared)
        for one, shared in zip(doubted, shared_domains(sides), strict=True)
    }
    return [_with(one, more.get(one.member.name, ())) for one in plans]


def _with(one: Planned, doubts: Sequence[Finding]) -> Planned:
    if not doubts:
        return one
    member = one.member
    every = (*one.doubts, *doubts)
    if member.wanted.validation.refuses:
        problem = refused(every, member.terms.host, "rollout_")
        return Planned(member, problem=redact_text(str(problem)))
    return replace(one, doubts=every)


def _looked_up(
    one: Planned, row: Configured | TurboStackError, api: Api, words: Mapping[str, str]
) -> Planned:
    """Whether an unchanged host is in effect; at most one request, and none where the row says enough."""
    if isinstance(row, TurboStackError):
        raise row
    member = one.member

    def status_with(latest: Deployment) -> SyncStatus:
        policy = member.wanted.policy
        receipt = member.journal.receipt()
        return in_effect(row.row, latest, receipt, lambda: fingerprint(one.document, policy))

    try:
        shown = read_row(row.row, host_id=member.id, words=words)
        status = status_with(shown) if shown is not None else None
        if status is None or status.sync is Sync.UNKNOWN:
            status = status_with(latest_of(api, member.id, words))
    except TurboStackError as error:
        if is_of_the_whole_platform(error):
            raise
        return Planned(member, problem=redact_text(str(error)))
    if status.sync is Sync.IN_EFFECT:
        return one
    if status.sync is Sync.DEPLOYING:
        return replace(one, waits=True)
    if status.sync is Sync.UNKNOWN and member.terms.doubt is Doubt.FAIL:
        return Planned(member, problem=in_doubt(status.reason))
    return replace(one, deploy=status.reason)


@dataclass(frozen=True)
class _Line:
    """Something that the plan says of a host.

    :ivar origin: the file that wants it so; None where none does.
    """

    text: str
    origin: Origin | None = None


def shown(plans: Sequence[Planned], batches: int) -> list[str]:
    """The one plan, a line each; hosts of which the same is said stand together, whichever files say it."""
    groups: dict[tuple[str, ...], dict[str, list[_Line]]] = {}
    for one in plans:
        said = _said(one)
        if said:
            alike = groups.setdefault(tuple(line.text for line in said), {})
            alike[escape(one.member.name)] = said
    total = len(plans)
    touched = sum(not one.at_rest for one in plans)
    lines = [f"{touched} of {_hosts(total)}" + (f", in {_batches(batches)}" if batches else "")]
    for alike in sorted(groups.values(), key=lambda alike: -len(alike)):
        names = list(alike)
        head, *rest = map(_with_files, zip(*alike.values(), strict=True))
        lines.append(f"{_hosts(len(names))}: {head}" + (f"  ({listed(names)})" if not rest else ""))
        if rest:
            indent = " " * (len(_hosts(len(names))) + 2)
            lines += [indent + line for line in rest]
            lines.append(f"{indent}({listed(names)})")
    if any(one.doubts for one in plans):
        lines.append(f"{silencing('rollout_')} to off.")
    return lines


def _with_files(same: Sequence[_Line]) -> str:
    """One line of the plan, with what wants it so for the hosts of which it is said."""
    files = list(dict.fromkeys(str(line.origin) for line in same if line.origin))
    return same[0].text + (f"  [{listed(files)}]" if files else "")


def _said(one: Planned) -> list[_Line]:
    if one.problem:
        return [_Line(f"cannot be rolled out: {one.problem}")]
    origins = one.member.wanted.origins
    owning = one.owning_plan
    removals = owning.removals if owning else ()
    lines = [
        _Line(change.summary(), None if change.op == REMOVE else origins.of(change.place))
        for change in one.changes[len(removals) :]
    ]
    lines += [_Line(f"to be removed: {removal(change)}") for change in removals]
    if owning:
        lines += [
            _Line(f"stays, as others have written in it as well: {path}") for path in owning.stays
        ]
        lines += [_Line(_in_conflict(one.member, conflict)) for conflict in owning.conflicts]
    if one.record is not None:
        lines.append(_Line("goes on where an earlier rollout was interrupted"))
    if one.deploy:
        lines.append(_Line(f"deployed, nothing to write: {one.deploy}"))
    if one.waits:
        lines.append(_Line("a deployment is running, which is waited for"))
    lines += map(_Line, one.plan.warnings if one.plan else ())
    lines += [_Line(f"doubtful: {doubt.said()}", doubt.origin) for doubt in one.doubts]
    return lines


def _in_conflict(member: Member, conflict: Conflict) -> str:
    force = member.owning is not None and member.owning.conflicts == FORCE
    told = "in conflict" if force else "stays, and is not the repository's any more"
    return f"{told}: {conflict}"


def _hosts(number: int) -> str:
    return f"{number} {'host' if number == 1 else 'hosts'}"


def _batches(number: int) -> str:
    return "one batch" if number == 1 else f"{number} batches"


def refuse_doubles(members: Sequence[Member]) -> None:
    """See that no two names of the inventory mean one host of the platform.

    :raises SettingsError: where two do.
    """
    seen: dict[int, str] = {}
    for member in members:
        if member.id in seen:
            raise SettingsError(
                f"{escape(seen[member.id])} and {escape(member.name)} are one host of the platform (id {member.id}).",
                "Leave one of them out.",
            )
        seen[member.id] = member.name
