# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A platform of one host in a few lines, and a driver that can be killed at each step, for the machine's tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
    Times,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.moments import (
    read_moment,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job import events
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_machine import (
    begin,
    observe,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_state import (
    HostState,
    Phase,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.record import (
    Record,
    decode,
    encode,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.tale import (
    Outcome,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import (
    Gate,
    Patience,
    Terms,
)

WANTED = {"redis_memory": "5gb"}
LIMITS = {"disk_percent": 90}
MOST_STEPS = 500
EPOCH = 1_700_000_000


class Killed(Exception):
    """The process is gone."""


@dataclass
class Platform:
    """One host, its deployments, and a clock that moves when somebody waits.

    :ivar effect: the configuration that runs on the host.
    :ivar touched: when the configuration was last changed; C(times): whether the platform tells of any.
    :ivar fails: whether the deployment of a configuration fails.
    :ivar sick: whether a host that runs a configuration is beyond its limits.
    """

    document: dict[str, Any]
    effect: dict[str, Any]
    fails: Callable[[dict[str, Any]], bool] = lambda document: False
    sick: Callable[[dict[str, Any]], bool] = lambda document: False
    seconds: float = 20.0
    marks: bool = True
    times: bool = False
    touched: float = 0.0
    now: float = 0.0
    written: list[dict[str, Any]] = field(default_factory=list)
    deployed: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    ended: int = 0

    def latest(self) -> Deployment:
        self.settle()
        if not self.deployed:
            return Deployment(State.NONE)
        began, document = self.deployed[-1]
        marks = {"id": str(len(self.deployed))} if self.marks else {}
        if self.now < began + self.seconds:
            return Deployment(State.RUNNING, marks=marks)
        state = State.FAILED if self.fails(document) else State.SUCCEEDED
        ran = Times(read_moment(since(began)), read_moment(since(began + self.seconds)))
        times = ran if self.times else Times()
        return Deployment(state, reason="certbot", marks=marks, times=times)

    def settle(self) -> None:
        """What ended by now is in effect."""
        while self.ended < len(self.deployed):
            began, document = self.deployed[self.ended]
            if self.now < began + self.seconds:
                return
            if not self.fails(document):
                self.effect = document
            self.ended += 1

    def busy(self) -> bool:
        return self.latest().state.active

    def edit(self, document: dict[str, Any]) -> None:
        """Somebody else's."""
        self.document, self.touched = document, self.now

    def start(self) -> None:
        self.deployed.append((self.now, self.document))


@dataclass
class Run:
    """One run of a rollout of the host.

    :ivar journal: what is written down; it outlives the run.
    :ivar kill: the number of the step at which the process is gone, and C(late) whether after its effect.
    :ivar full: the number of the writing-down for which there is no room.
    :ivar trouble: told each command; what it answers is what happens in place of it.
    """

    platform: Platform
    journal: dict[str, str] = field(default_factory=dict)
    terms: Terms = field(
        default_factory=lambda: Terms(
            "host shop",
            gate=Gate(limits=LIMITS, health=Patience(2, 15)),
            timeout=100,
            journal="/j",
        )
    )
    kill: int = -1
    late: bool = False
    trouble: Callable[[events.Command, Platform], events.Event | None] = lambda command, platform: (
        None
    )
    full: int = -1
    keeps: int = 0
    steps: int = 0
    commands: list[events.Command] = field(default_factory=list)

    def drive(self) -> HostState:
        """To the end.

        :raises Killed: at the step that is asked for.
        """
        text = self.journal.get("record")
        record = decode(text, "/j") if text else None
        shown = plan(self.platform.document, WANTED, "merged").changes
        if record is None and not shown and self.platform.effect == self.platform.document:
            return HostState(self.terms, Phase.END, outcome=Outcome.UNCHANGED)
        following = begin(replace(self.terms, shown=shown), record)
        began = self.platform.now
        kept: Record | None = record
        while following.command is not None:
            assert self.steps < MOST_STEPS, self.commands[-20:]
            self.platform.now += following.after
            self.platform.settle()
            state, command = following.state, following.command
            stopping = isinstance(command, events.Stop)
            if state.record is not None and state.record is not kept and not stopping:
                self.step()
                self.keeps += 1
                if self.keeps == self.full:
                    event = events.NotKept("No space left on device.")
                    following = observe(state, event, self.platform.now - began)
                    continue
                self.journal["record"] = encode(state.record, {})
                kept = state.record
            self.commands.append(command)
            event = self.carried_out(command, state)
            following = observe(state, event, self.platform.now - began)
        return following.state

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.kill and not self.late:
            raise Killed

    def carried_out(self, command: events.Command, state: HostState) -> events.Event:
        self.step()
        event = self.trouble(command, self.platform) or self.answered(command, state)
        if self.steps == self.kill and self.late:
            raise Killed
        return event

    def answered(self, command: events.Command, state: HostState) -> events.Event:
        platform = self.platform
        if isinstance(command, events.ReadStatus):
            return events.StatusRead(platform.latest())
        if isinstance(command, events.ReadHost):
            return read(platform)
        if isinstance(command, events.Write):
            assert platform.document == command.over
            platform.edit(command.document)
            platform.written.append(command.document)
            return events.Stored()
        if isinstance(command, events.Start):
            if platform.busy():
                return events.NotBegun("409")
            platform.start()
            return events.Begun()
        assert isinstance(command, events.Stop)
        if state.record is None:
            self.journal.pop("record", None)
        return events.Stopped()


def read(platform: Platform) -> events.HostRead:
    used = 99 if platform.sick(platform.effect) else 40
    planned = plan(platform.document, WANTED, "merged")
    touched = since(platform.touched) if platform.times else None
    return events.HostRead(platform.document, planned, {"disk_percent": used}, touched=touched)


def since(seconds: float) -> int:
    """A time of the platform's, which counts whole seconds."""
    return EPOCH + int(seconds)
