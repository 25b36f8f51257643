# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a deployment, forth and back: how the machine that starts and follows one is a part of a rollout.

That machine (C(operations/deployment)) waits until nothing runs, starts once, and follows to the end. Before a host
is written it is gone only as far as its start: then the host is looked at, and it begins anew once that is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ....module_utils.answers.deployment_status import Deployment
from ....module_utils.operations.deployment import machine, states as deployment
from ....module_utils.operations.deployment.states import Course, End, Finish, Look, Position
from . import words
from .events import (
    Begun,
    Event,
    MaybeBegun,
    NotBegun,
    NotRead,
    ReadHost,
    ReadStatus,
    Start,
    StatusRead,
)
from .host_state import HostState, Next, Phase
from .record import Stage
from .tale import At
from .terms import type_back

# What is awaited of the deployment, as a rollout calls it.
_PHASES = {
    deployment.Phase.LOOKING: Phase.CLEAR,
    deployment.Phase.WAITING: Phase.CLEAR,
    deployment.Phase.STARTING: Phase.START,
    deployment.Phase.SEARCHING: Phase.UNSURE,
    deployment.Phase.FOLLOWING: Phase.FOLLOW,
}


def joined(state: HostState, elapsed: float) -> Next:
    """Follow the deployment that an interrupted rollout has started."""
    at = Position(
        deployment.Phase.FOLLOWING,
        before=state.kept.deployment,
        followed=state.latest,
        shown=state.latest,
        started=True,
    )
    return state.to(Phase.FOLLOW, elapsed, ReadStatus(), at=at)


def refused(state: HostState, event: NotBegun, elapsed: float) -> Next:
    """It was not started; one that runs instead is somebody else's, and must not be taken for ours later."""
    stage = Stage.RETURNING if state.back else Stage.WRITING
    record = replace(state.kept, stage=stage, redeploy=state.back or state.begun)
    return observed(replace(state, record=record).told(way_why=event.why), event, elapsed)


def sent(state: HostState, event: Begun | MaybeBegun, elapsed: float) -> Next:
    """It was started, or may have been."""
    begun = replace(state, begun=state.begun or not state.back)
    if isinstance(event, MaybeBegun):
        begun = begun.told(way_why=event.why)
    return observed(begun, event, elapsed)


def observed(state: HostState, event: Event, elapsed: float) -> Next:
    """What the deployment's own machine makes of an event."""
    course = Course(timeout=state.terms.timeout, interval=state.terms.interval)
    step = machine.observe(course, state.at, _translated(event), elapsed - state.since)
    state = replace(state, at=step.at, phase=_PHASES[step.at.phase])
    if isinstance(step.do, Look):
        return Next(state, ReadStatus(step.do.patient), step.do.after)
    if isinstance(step.do, Finish):
        return _ENDS[step.do.end](state, elapsed)
    if state.ready:
        return _start(state)
    return state.to(Phase.LOOK, elapsed, ReadHost(), latest=step.at.before)


def deployed(state: HostState, elapsed: float, seen: Deployment) -> Next:
    """On to the gate, whose looks all come after the deployment."""
    record = state.kept
    if not state.back:
        record = replace(record, stage=Stage.DEPLOYED, redeploy=True)
        state = replace(state, begun=True)
    return state.to(Phase.WELL, elapsed, ReadHost(), record=record, looks=0, ended=seen, host=None)


def _start(state: HostState) -> Next:
    """What is the latest one before ours is written down first, so that ours can be told from it."""
    record = state.kept
    stage = Stage.RESTARTING if state.back else Stage.STARTING
    kind = type_back(record.deploy_type) if state.back else record.deploy_type
    record = replace(record, stage=stage, deployment=state.at.before, redeploy=True)
    if not state.back:
        state = state.told(deploy_type=kind)
    return Next(replace(state, record=record), Start(kind))


def _translated(event: Event) -> deployment.Event:
    if isinstance(event, StatusRead):
        return deployment.Seen(event.deployment)
    if isinstance(event, NotRead):
        return deployment.Missed(event.why)
    if isinstance(event, NotBegun):
        return deployment.Refused()
    if isinstance(event, MaybeBegun):
        return deployment.Unclear(event.why)
    return deployment.Accepted()


def _succeeded(state: HostState, elapsed: float) -> Next:
    seen = state.at.shown
    warnings = (words.with_warnings(seen),) if seen.with_warnings else ()
    return deployed(state.told(way_why="", warnings=warnings), elapsed, seen)


def _ended_badly(state: HostState, elapsed: float) -> Next:
    waited = elapsed - state.since - state.at.since
    return state.fail(At.DEPLOYING, words.ended(state.terms, state.at.shown, waited), elapsed)


def _not_begun(state: HostState, elapsed: float) -> Next:
    return state.fail(At.DEPLOYING, state.tale.way_why, elapsed)


def _maybe_begun(state: HostState, elapsed: float) -> Next:
    why = words.maybe_begun(state.terms, state.tale.way_why)
    return state.fail(At.DEPLOYING, why, elapsed)


def _no_end(state: HostState, elapsed: float) -> Next:
    return state.fail(At.DEPLOYING, words.no_end(state.terms), elapsed)


def _unknown(state: HostState, elapsed: float) -> Next:
    return state.blind(words.unknown_word(state.at.shown))


def _too_late(state: HostState, elapsed: float) -> Next:
    if not state.at.started:
        return state.blind(words.not_clear(state.terms, state.at.shown))
    return state.leave(words.too_slow(state.terms, state.at.shown.state))


_ENDS: dict[End, Callable[[HostState, float], Next]] = {
    End.SUCCEEDED: _succeeded,
    End.FAILED: _ended_badly,
    End.CANCELLED: _ended_badly,
    End.REFUSED: _not_begun,
    End.NOT_FOUND: _maybe_begun,
    End.NOT_TOLD: _no_end,
    End.NOT_TOLD_APART: _no_end,
    End.UNKNOWN_BEFORE: _unknown,
    End.UNKNOWN: _unknown,
    End.TOO_LATE: _too_late,
    End.TIMED_OUT: _too_late,
}
