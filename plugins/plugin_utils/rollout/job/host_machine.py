# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollout of one host as a machine: what happens next, given what was just seen. It does no I/O.

It goes forth and, where that fails once something was written, the same way back with the configuration from
before: clear → look → write → clear → start → follow → well → pages → stop. C(STEPS) says which event is awaited
in which phase. C(record) of each next state is to be written down before its command is carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ....module_utils.operations.deployment.states import Phase as Waiting
from . import deploying, gating, resuming, storing
from .events import (
    Begun,
    Event,
    HostRead,
    MaybeBegun,
    NotBegun,
    NotKept,
    NotRead,
    NotStored,
    PagesAsked,
    ReadHost,
    ReadStatus,
    StatusRead,
    Stopped,
    Stored,
    Unclear,
)
from .host_state import HostState, Next, Phase
from .record import Record
from .tale import At, Outcome
from .terms import Terms


def begin(terms: Terms, record: Record | None = None) -> Next:
    """The first step.

    :param record: what an interrupted rollout has left.
    """
    phase = Phase.CLEAR if record is None else Phase.RECALL
    return Next(HostState(terms, phase, record=record), ReadStatus(patient=True))


def observe(state: HostState, event: Event, elapsed: float) -> Next:
    """What happens next.

    :param elapsed: seconds since the rollout of this host began; never less than before.
    """
    step = ANYWHERE.get(type(event)) or STEPS[state.phase, type(event)]
    return step(state, event, elapsed)


def _stopped(state: HostState, event: Stopped, _elapsed: float) -> Next:
    return Next(replace(state, phase=Phase.END, backup=event.backup), None)


def _not_read(state: HostState, event: NotRead, elapsed: float) -> Next:
    if event.passing and _waits(state):
        return deploying.observed(state, event, elapsed)
    if event.passing and state.phase is Phase.WELL:
        again = state.look_again(state.terms.gate.health, ReadHost(), elapsed)
        if again is not None:
            return again
    if state.phase is Phase.WELL:
        return state.fail(At.GATE, event.why, elapsed)
    return state.blind(event.why)


def _waits(state: HostState) -> bool:
    """Whether another look follows upon one that failed."""
    if state.phase is Phase.CLEAR:
        return state.at.phase is Waiting.WAITING
    return state.phase in (Phase.UNSURE, Phase.FOLLOW)


def _not_kept(state: HostState, event: NotKept, _elapsed: float) -> Next:
    """Nothing was done since; what is written down is an earlier state, from which the next run goes on."""
    if state.phase is Phase.STOP:
        return Next(replace(state.told(not_put_away=event.why), phase=Phase.END), None)
    if state.back:
        return state.over(Outcome.STUCK, way_why=event.why)
    written = len(state.record.written) if state.record else 0
    if not state.begun and written <= (1 if state.phase is Phase.WRITE else 0):
        return state.over(Outcome.UNTOUCHED, why=event.why)
    return state.over(Outcome.LEFT, why=event.why, at=At.DEPLOYING)


Step = Callable[[HostState, Any, float], Next]

ANYWHERE: dict[type, Step] = {NotRead: _not_read, NotKept: _not_kept}

STEPS: dict[tuple[Phase, type], Step] = {
    (Phase.RECALL, StatusRead): resuming.status,
    (Phase.RECALL, HostRead): resuming.host,
    (Phase.CLEAR, StatusRead): deploying.observed,
    (Phase.LOOK, HostRead): storing.look,
    (Phase.WRITE, Stored): storing.stored,
    (Phase.WRITE, NotStored): storing.not_stored,
    (Phase.WRITE, Unclear): storing.unclear,
    (Phase.START, Begun): deploying.sent,
    (Phase.START, MaybeBegun): deploying.sent,
    (Phase.START, NotBegun): deploying.refused,
    (Phase.UNSURE, StatusRead): deploying.observed,
    (Phase.FOLLOW, StatusRead): deploying.observed,
    (Phase.WELL, HostRead): gating.well,
    (Phase.PAGES, PagesAsked): gating.pages,
    (Phase.STOP, Stopped): _stopped,
}
