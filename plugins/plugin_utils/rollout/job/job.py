# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a rollout: claim, plan, show the plan, roll out, and say what became of each host."""

from __future__ import annotations

import getpass
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from ....module_utils.client.api import Api
from ....module_utils.client.errors import SettingsError, TurboStackError
from ....module_utils.document.masking import redact_text
from ....module_utils.operations.operation import Result, TaskContext
from ....module_utils.plan.diff import diff
from ....module_utils.resources.configured import Configured
from ..ownership.planning import values_in
from . import morning, planning, report, until
from .claims import Owner, claimed
from .deeds import deed_of
from .driver import Driver, End, Part
from .fleet_machine import Fleet, batches
from .host_state import HostState
from .journal import refuse_missing
from .lasting import outlives_run
from .owning import Pruning
from .pages_asking import Expected
from .planning import Member, Planned
from .port import HostPort
from .preflighting import Preflight, looked_over
from .progress import Progress, table
from .tale import Outcome
from .terms import RESET, removed_by

_THREADS = 16

PagesOf = Callable[[dict[str, Any]], "tuple[tuple[str, ...], tuple[str, ...]]"]


@dataclass(frozen=True)
class Job:
    """What is to be rolled out.

    :ivar serial: sizes of the batches.
    :ivar parallel: how many hosts may be under way at once.
    :ivar max_fail: what share of a batch may fail, in percent.
    :ivar folder: of the journal, an absolute path; C(makes_folder): whether it is made where there is none.
    :ivar words: further words of the platform for the status of a deployment.
    :ivar expected: what a page of a host has to be, by the host's name.
    :ivar pages_of: where the vhosts of a host's configuration should answer, by the host's name.
    :ivar preflight: what becomes of names that would get no certificate; None where nobody looks.
    :ivar until: when no further batch is begun; None where nobody says.
    :ivar directory: where the desired configurations lie; None where they are variables.
    :ivar pruning: what goes because no file names it any more; None where nothing does.
    :ivar later: hosts of later batches of a play that takes its hosts in batches itself.
    :ivar report: where the report for the morning after goes; None for none.
    :ivar read: hosts that were read already, by their ids; each is read again before it is written to.
    """

    members: Sequence[Member]
    serial: Sequence[int | str]
    parallel: int
    max_fail: float
    folder: str
    words: Mapping[str, str]
    expected: Mapping[str, Expected]
    pages_of: Mapping[str, PagesOf]
    owner: Owner
    until: datetime | None = None
    directory: str | None = None
    later: Sequence[str] = ()
    makes_folder: bool = True
    preflight: Preflight | None = None
    report: morning.ReportFile | None = None
    read: Mapping[int, Configured] = field(default_factory=dict, repr=False)
    pruning: Pruning | None = None


def this_run(job: str) -> Owner:
    """Who rolls out here."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    began = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    return Owner(socket.gethostname(), os.getpid(), user, job, began)


def run(job: Job, api: Api, context: TaskContext) -> Result:
    """The whole rollout.

    :returns: C(plan) and C(standing), lines of text; C(hosts), for each host that is not at rest what became of it;
        C(unchanged), the names of those that are; C(counts), how many of them ended in which way; C(later), how many
        hosts are not this job's.
    :raises Busy: where somebody else is rolling out one of the hosts.
    """
    began = datetime.now(timezone.utc)
    ends: dict[str, End] = {}
    result: Result = {}
    problem = ""
    try:
        result = _rolled_out(job, api, context, ends)
    except TurboStackError as error:
        problem = str(error)
        raise
    finally:
        if job.report and not context.check_mode:
            ended = datetime.now(timezone.utc)
            told = (str(job.owner), job.until, result, ends, job.later, problem)
            morning.put(job.report, morning.Morning(began, ended, *told), context)
    return result


def _rolled_out(job: Job, api: Api, context: TaskContext, ends: dict[str, End]) -> Result:
    planning.refuse_doubles(job.members)
    if not job.makes_folder:
        refuse_missing(job.folder)
    if job.parallel < 1:
        raise SettingsError(f"rollout_parallel is {job.parallel}.", "It is at least 1.")
    with _claim(job, context):
        plans = planning.planned(job.members, api, job.words, min(_THREADS, job.parallel), job.read)
        plans = looked_over(plans, job.preflight, api)
        moving = [one for one in plans if not one.at_rest]
        # What an earlier rollout has left comes first; its hosts are in doubt, and the others are well.
        able = [one for one in moving if not one.problem]
        able.sort(key=lambda one: one.record is None)
        fleet = Fleet(
            batches([one.member.name for one in able], job.serial), job.parallel, job.max_fail
        )
        lines = planning.shown(plans, len(fleet.batches))
        if job.until and able:
            lines.append(f"no batch is begun after {until.shown(job.until)} ({until.OPTION})")
        for line in lines:
            context.show(line)
        if job.pruning is not None:
            _look_at_removals(job.pruning, plans, api, context)
        rolling = _Rolling(job, plans, api, context)
        if not context.check_mode and not rolling.broken(len(plans)):
            rolling.roll_out(able, fleet)
            ends.update(rolling.ends)
        return {"changed": False, "plan": lines, **rolling.result()}


def _claim(job: Job, context: TaskContext) -> AbstractContextManager[None]:
    if context.check_mode or not job.members:
        return nullcontext()
    return claimed(job.folder, {one.id: one.name for one in job.members}, job.owner)


def _look_at_removals(
    pruning: Pruning, plans: Sequence[Planned], api: Api, context: TaskContext
) -> None:
    """See that not too much goes; of hosts to which nothing is to be done, write down what of them is ours."""
    made = [
        (one.member, one.owning_plan, one.at_rest)
        for one in plans
        if not one.problem and not one.returns
    ]
    pruning.refuse_too_many(
        {member.name: values_in(plan.removals) for member, plan, _rests in made if plan}
    )
    if context.check_mode:
        return
    pruning.records.make()
    for member, plan, rests in made:
        if rests and member.owning and plan and plan.owned is not None:
            member.owning.record.keep(api.settings.platform, plan.owned)


class _Rolling:
    """One rollout's plans and ends.

    :ivar ends: of the hosts that were begun.
    """

    def __init__(self, job: Job, plans: Sequence[Planned], api: Api, context: TaskContext) -> None:
        self._job = job
        self._plans = plans
        self._planned = {one.member.name: one for one in plans}
        self._api = api
        self._context = context
        self._secrets: set[str] = set()
        self.ends: Mapping[str, End] = {}
        self._not_begun = "The rollout had stopped before."
        self._lasting = outlives_run(job.folder)

    def broken(self, total: int) -> bool:
        """Whether so many hosts cannot be rolled out that none is begun."""
        broken = sum(bool(one.problem) for one in self._plans)
        return broken * 100 > self._job.max_fail * total

    def roll_out(self, able: Sequence[Planned], fleet: Fleet) -> None:
        """To the end of it."""
        if not able:
            return
        parent = os.getppid()
        parts = {one.member.name: self._part(one) for one in able}
        if self._job.until:
            seconds = (self._job.until - datetime.now(timezone.utc)).total_seconds()
            fleet = replace(fleet, until=seconds)
        progress = Progress(self._say)
        driver = Driver(parts, fleet, progress, lambda: os.getppid() == parent, self._record)
        self.ends = driver.run()
        if driver.fleet.late and self._job.until:
            self._not_begun = until.too_late(self._job.until)
            self._say(self._not_begun)
        unchanged = sum(one.at_rest for one in self._plans)
        begun = len(self.ends)
        left = [one.member.name for one in able if one.member.name not in self.ends]
        for line in table(self.ends, unchanged, left) if begun else []:
            self._say(line)

    def _record(self, name: str, end: End) -> None:
        deed = deed_of(self._planned[name], end)
        if deed:
            self._context.record(deed)

    def _part(self, one: Planned) -> Part:
        member = one.member
        terms = replace(
            member.terms, shown=tuple(one.changes), deploy=one.deploy, journal=member.journal.path
        )
        port = HostPort(
            self._api,
            self._api.without_repetition(),
            member.id,
            member.wanted,
            member.journal,
            self._job.words,
            self._job.expected[member.name],
            self._job.pages_of[member.name],
            self._censor,
            one.record,
            member.owning.record if member.owning else None,
        )
        return Part(port, terms, one.record)

    def _censor(self, secrets: set[str]) -> None:
        self._secrets |= secrets
        self._context.censor(secrets)

    def _say(self, line: str) -> None:
        text = redact_text(line)
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "********")
        self._context.show(text)

    def result(self) -> Result:
        """What became of each host."""
        hosts = {one.member.name: self._host(one) for one in self._plans if not one.at_rest}
        outcomes = {one.member.name: self._outcome(one) for one in self._plans}
        outcomes |= dict.fromkeys(self._job.later, Outcome.NOT_BEGUN)
        unchanged = [one.member.name for one in self._plans if one.at_rest]
        return {
            "hosts": hosts,
            "unchanged": unchanged,
            "counts": report.counts(
                [Outcome.UNCHANGED.value] * len(unchanged)
                + [str(host["outcome"]) for host in hosts.values()]
            ),
            "later": len(self._job.later),
            "standing": [] if self._context.check_mode else report.standing(outcomes),
        }

    def _outcome(self, one: Planned) -> Outcome:
        if one.at_rest:
            return Outcome.UNCHANGED
        if one.problem:
            return Outcome.UNTOUCHED
        end = self.ends.get(one.member.name)
        return (end.state.outcome or Outcome.STUCK) if end else Outcome.NOT_BEGUN

    def _host(self, one: Planned) -> Result:
        member, policy = one.member, one.member.wanted.policy
        changes = [change.summary() for change in one.changes]
        shown: Result = {"id": member.id, "changes": changes}
        if one.plan is not None:
            shown["diff"] = diff(one.document, one.plan.payload, f"host {member.name}", policy)
        if one.problem:
            return {**shown, **_failed(Outcome.UNTOUCHED, one.problem, [])}
        if self._context.check_mode:
            told = _preview(one)
            return {**shown, "outcome": report.PLANNED, "changed": True, "told": told}
        end = self.ends.get(member.name)
        if end is None:
            return {**shown, **_failed(Outcome.NOT_BEGUN, self._not_begun, [])}
        return {**shown, **self._ended(end.state, member)}

    def _ended(self, state: HostState, member: Member) -> Result:
        outcome = state.outcome or Outcome.STUCK
        backup = state.backup
        if not backup and outcome is Outcome.STUCK and os.path.exists(member.journal.backup):
            backup = member.journal.backup
        told = report.told(state, member.journal.path, backup, lasting=self._lasting)
        edit = state.tale.edit
        edited: Result = {"edited": list(edit.paths)}
        if edit:
            edited["edited_sync"] = edit.sync.value
        if outcome.failed:
            return {**edited, **_failed(outcome, report.headline(state), told)}
        return {
            **edited,
            "outcome": outcome.value,
            "changed": outcome is Outcome.DONE,
            "told": told,
        }


def _failed(outcome: Outcome, msg: str, told: list[str]) -> Result:
    changed = outcome in (
        Outcome.RETURNED,
        Outcome.KEPT,
        Outcome.OVERTAKEN,
        Outcome.FAILED,
        Outcome.LEFT,
        Outcome.STUCK,
    )
    return {"outcome": outcome.value, "changed": changed, "failed": True, "msg": msg, "told": told}


def _preview(one: Planned) -> list[str]:
    """What would be done to a host."""
    terms, plan = one.member.terms, one.plan
    removed = removed_by(plan) if plan else ()
    kind = terms.type_for(bool(removed))
    lines = ["write: " + ("; ".join(change.summary() for change in one.changes) or "nothing")]
    if one.record is not None:
        lines.insert(0, _interrupted(one))
    if one.returns:
        lines = [*lines[:1], "deploy: the previous configuration"]
        removed = ()
    elif one.waits:
        lines.append("deploy: wait for the one that is running")
    else:
        lines.append(f"deploy: {kind}")
    if removed and kind != RESET:
        lines.append(report.stays(removed))
    if removed and kind == RESET:
        lines.append(
            "DELETES from the host what its configuration no longer names, such as: "
            + ", ".join(removed)
        )
    gate = terms.gate
    limits = ", ".join(
        f"{name} {limit:g}" for name, limit in gate.limits.items() if limit is not None
    )
    pages = ", ".join(gate.urls) or "the first domain of each vhost"
    return [
        *lines,
        f"gate, health: {limits or 'none'}",
        f"gate, HTTP: {pages if gate.pages else 'none'}",
    ]


def _interrupted(one: Planned) -> str:
    if one.record is None:
        return ""
    if one.record.why:
        return f"An earlier rollout was interrupted; the previous configuration is put back: {one.record.why}"
    return (
        f"An earlier rollout was interrupted (at: {one.record.stage.value}); it goes on from there."
    )
