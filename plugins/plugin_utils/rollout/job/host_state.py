# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollout of one host at one moment, and the ways from there that its steps share. Nothing here does I/O."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.document.paths import render
from ....module_utils.operations.deployment.states import Position
from ....module_utils.plan.engine import explain
from ..ownership.claim import Keys
from .events import Command, HostRead, ReadStatus, Stop
from .record import Record, Stage
from .tale import At, Outcome, Tale
from .terms import Patience, Terms

NEVER = Deployment(State.NONE)


class Phase(str, enum.Enum):
    """What is awaited."""

    RECALL = "recall"
    CLEAR = "clear"
    LOOK = "look"
    WRITE = "write"
    START = "start"
    UNSURE = "unsure"
    FOLLOW = "follow"
    WELL = "well"
    PAGES = "pages"
    STOP = "stop"
    END = "end"


@dataclass(frozen=True)
class Next:
    """What comes next.

    :ivar command: what to do, C(after) so many seconds; None at the end.
    """

    state: HostState
    command: Command | None
    after: float = 0.0


@dataclass(frozen=True)
class HostState:
    """A host's rollout at one moment.

    :ivar since: when the phase began, in seconds of the rollout.
    :ivar record: what has to be written down by now; None where nothing is under way.
    :ivar back: whether it is on its way back.
    :ivar begun: whether a deployment of what was written has begun, or may have.
    :ivar ready: whether what is stored is what is to be deployed.
    :ivar latest: the latest deployment that was seen before ours.
    :ivar at: where the deployment stands that is waited for, or is about to be started.
    :ivar host: the host when it was last read; at the gate, by the gate.
    :ivar looks: how often the gate has looked in vain.
    :ivar ended: our deployment, once it has succeeded.
    :ivar backup: where the configuration from before is kept.
    :ivar owned: what of the host is the repository's once it is rolled out; None where nobody keeps that.
    """

    terms: Terms
    phase: Phase
    since: float = 0.0
    record: Record | None = None
    back: bool = False
    begun: bool = False
    ready: bool = False
    latest: Deployment = NEVER
    at: Position = field(default_factory=Position)
    host: HostRead | None = field(default=None, repr=False)
    looks: int = 0
    ended: Deployment = NEVER
    tale: Tale = field(default_factory=Tale)
    outcome: Outcome | None = None
    backup: str = ""
    owned: Keys | None = field(default=None, repr=False)

    @property
    def applied(self) -> Keys | None:
        """What of the host is the repository's at the end; None where that is what it was before."""
        if self.outcome is Outcome.OVERTAKEN and self.back:
            return None
        applied = (Outcome.DONE, Outcome.UNCHANGED, Outcome.OVERTAKEN, Outcome.KEPT)
        return self.owned if self.outcome in applied else None

    @property
    def kept(self) -> Record:
        """The record, in a phase in which there is one."""
        if self.record is None:
            raise AssertionError(f"There is no record in the phase {self.phase.value}.")
        return self.record

    def to(
        self, phase: Phase, elapsed: float, command: Command, *, after: float = 0.0, **changes: Any
    ) -> Next:
        """On to another phase."""
        return Next(replace(self, phase=phase, since=elapsed, **changes), command, after)

    def told(self, **told: Any) -> HostState:
        """The same, with more to tell."""
        return replace(self, tale=replace(self.tale, **told))

    def clear(self, elapsed: float, *, after: float = 0.0, **changes: Any) -> Next:
        """See whether a deployment is running; whosever it is, it is waited for."""
        command = ReadStatus(patient=True)
        # The time that the user allows begins with the first look.
        begun = elapsed + after
        return self.to(Phase.CLEAR, begun, command, after=after, at=Position(), **changes)

    def look_again(self, patience: Patience, command: Command, elapsed: float) -> Next | None:
        """Let the gate look once more; None where its patience is at an end."""
        if self.looks >= patience.retries:
            return None
        return self.to(self.phase, elapsed, command, after=patience.delay, looks=self.looks + 1)

    def over(self, outcome: Outcome, **told: Any) -> Next:
        """The end; only what has to be put away is left."""
        ended = self.told(**told)
        if self.record is not None:
            ended = ended.told(removed=self.record.removed, added=self.record.added)
            if outcome is Outcome.KEPT and self.record.owned:
                ended = replace(ended, owned=self.record.owned[-1])
        record = self.record if outcome.keeps_journal else None
        return Next(replace(ended, phase=Phase.STOP, record=record, outcome=outcome), Stop())

    def fail(self, at: At, why: str, elapsed: float) -> Next:
        """Something failed after the configuration may have been written, or deployed."""
        if self.back:
            return self.over(Outcome.STUCK, way_why=why)
        if not self.kept.written:
            return self.over(Outcome.FAILED, at=at, why=why)
        return self.told(at=at, why=why, way_why="").go_back(why, self.begun, elapsed)

    def go_back(self, why: str, redeploy: bool, elapsed: float) -> Next:
        """Begin the way back; whatever runs is waited for first."""
        record = replace(self.kept, stage=Stage.RETURNING, why=why, redeploy=redeploy)
        turned = self.told(redeployed=redeploy, deploy_type=record.deploy_type)
        return turned.clear(elapsed, back=True, ready=False, record=record)

    def leave(self, why: str) -> Next:
        """While a deployment runs, or may, there is no way back: it may yet succeed."""
        if self.back:
            return self.over(Outcome.STUCK, way_why=why)
        return self.over(Outcome.LEFT, why=why, at=At.DEPLOYING)

    def blind(self, why: str) -> Next:
        """What is there cannot be seen, or cannot be followed: nothing more is begun."""
        if self.back or self.ready:
            return self.leave(why)
        return self.over(Outcome.UNTOUCHED if self.record is None else Outcome.INTERRUPTED, why=why)

    def edits(self, document: dict[str, Any]) -> tuple[str, ...]:
        """Where a document is not what the rollout has left on its way forth."""
        left = self.kept.written[-1] if self.kept.written else self.kept.previous
        return self.differing(left, document)

    def differing(self, left: dict[str, Any], document: dict[str, Any]) -> tuple[str, ...]:
        """Where a document is not what was left."""
        found = explain(left, document, self.terms.policy)
        return tuple(dict.fromkeys(render(change.path) for change in found))
