# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a deployment, forth and back: started once, and followed to its end."""

from __future__ import annotations

from dataclasses import replace

from ...answers.deployment_status import Deployment, State
from . import words
from .events import Begun, MaybeBegun, NotBegun, ReadHost, ReadStatus, Start, StatusRead, Taken
from .following import SETTLE, Following, Verdict, is_ours, pause
from .host_state import HostState, Next, Phase
from .record import Stage
from .tale import At
from .terms import type_back


def start(state: HostState, elapsed: float) -> Next:
    """Start it; what is the latest one before is written down first, so that ours can be told from it."""
    record = state.kept
    stage = Stage.RESTARTING if state.back else Stage.STARTING
    kind = type_back(record.deploy_type) if state.back else record.deploy_type
    record = replace(record, stage=stage, deployment=state.latest, redeploy=True)
    if not state.back:
        state = state.told(deploy_type=kind)
    return state.to(Phase.START, elapsed, Start(kind), record=record, ready=True)


def taken(state: HostState, _event: Taken, elapsed: float) -> Next:
    """Somebody was faster between our look and our request: theirs is not to be taken for ours later."""
    stage = Stage.RETURNING if state.back else Stage.WRITING
    record = replace(state.kept, stage=stage, redeploy=state.back or state.begun)
    after = pause(0, state.terms.interval)
    return state.to(Phase.CLEAR, elapsed, ReadStatus(), after=after, record=record)


def not_begun(state: HostState, event: NotBegun, elapsed: float) -> Next:
    """It was refused: nothing of it is on the host."""
    return state.fail(At.DEPLOYING, event.why, elapsed)


def begun(state: HostState, _event: Begun, elapsed: float) -> Next:
    """It was accepted."""
    return state.to(
        Phase.FOLLOW,
        elapsed,
        ReadStatus(),
        after=pause(0, state.terms.interval),
        following=Following(state.latest),
        begun=state.begun or not state.back,
    )


def maybe_begun(state: HostState, event: MaybeBegun, elapsed: float) -> Next:
    """Nobody knows; the status will show it, and it is never started again."""
    started = replace(state.told(way_why=event.why), begun=state.begun or not state.back)
    return started.to(Phase.UNSURE, elapsed, ReadStatus())


def unsure(state: HostState, event: StatusRead, elapsed: float) -> Next:
    """Whether the status shows by now that it did start."""
    seen = event.deployment
    state = replace(state, shows=seen.state)
    if seen.state is not State.UNKNOWN and is_ours(seen, state.latest):
        following = Following(state.latest, known=True)
        found = replace(state.told(way_why=""), phase=Phase.FOLLOW, following=following)
        return follow(found, event, elapsed)
    why = words.maybe_begun(state.terms, state.tale.way_why)
    return state.again(elapsed, SETTLE) or state.fail(At.DEPLOYING, why, elapsed)


def follow(state: HostState, event: StatusRead, elapsed: float) -> Next:
    """Whether it has ended, and how."""
    seen, waited = event.deployment, elapsed - state.since
    following, verdict = state.following.judge(seen, waited)
    # Before ours is seen, what the status shows is another one.
    shows = seen.state if following.known else State.QUEUED
    state = replace(state, following=following, shows=shows)
    if verdict is Verdict.SUCCEEDED:
        return deployed(state, elapsed, seen)
    if verdict is Verdict.FAILED:
        return state.fail(At.DEPLOYING, words.ended(state.terms, seen, waited), elapsed)
    if verdict is Verdict.UNKNOWN:
        return state.leave(words.unknown_word(seen))
    if verdict is not Verdict.ON:
        return state.fail(At.DEPLOYING, words.no_end(state.terms, verdict), elapsed)
    return state.again(elapsed) or state.leave(words.too_slow(state.terms, shows))


def deployed(state: HostState, elapsed: float, seen: Deployment) -> Next:
    """On to the gate."""
    if seen.with_warnings:
        state = state.told(warnings=(words.with_warnings(seen),))
    record = state.kept
    if not state.back:
        record = replace(record, stage=Stage.DEPLOYED, redeploy=True)
        state = replace(state, begun=True)
    return state.to(Phase.WELL, elapsed, ReadHost(), record=record, looks=0, ended=seen)
