# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting a deployment once and waiting for its end, as a machine without requests, clock and words.

C(observe) takes where a task stands, what it has just learnt and the seconds since it began, and says what to do
next. What may follow upon what is C(_STEPS); what a status means to whoever waits for the end is C(_VERDICTS).
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...answers.deployment_status import Deployment, State
from ...answers.sync_status import APART
from .states import (
    FAIL,
    JOIN,
    NEVER,
    PENDING,
    Accepted,
    Action,
    Course,
    End,
    Event,
    Finish,
    Look,
    Missed,
    Note,
    Phase,
    Position,
    Refused,
    Seen,
    Start,
    Step,
    Unclear,
    What,
)

# The platform may need a moment before its status shows a deployment that was just started: seconds.
SETTLE = 30.0
SHORTEST_INTERVAL = 0.5
# Between whatever was written before the task and its start: the platform's times then tell for good which came first.
REST = APART
# What is left of a rest may be less than a clock can tell.
_MOMENT = 0.001


def begin() -> Step:
    """The first step of each task."""
    return Step(Position(), Look(patient=True))


def observe(course: Course, at: Position, event: Event, elapsed: float) -> Step:
    """The step that follows upon an event.

    :param elapsed: seconds since the task began.
    :raises KeyError: for an event that nothing in this phase can bring about.
    """
    return _STEPS[at.phase, type(event)](course, at, event, elapsed)


def _looked(course: Course, at: Position, event: Seen, elapsed: float) -> Step:
    seen = event.deployment
    # Whoever was faster may be done by now; then it was for them that the start was refused.
    overtaken = at.refused and seen.is_another_than(at.before)
    at = replace(at, before=seen, shown=seen, refused=at.refused and not overtaken)
    if seen.state.active:
        return _found_running(course, at, event, elapsed)
    if at.refused:
        return Step(at, Finish(End.REFUSED))
    if seen.state is State.UNKNOWN:
        return Step(at, Finish(End.UNKNOWN_BEFORE))
    if course.start == NEVER:
        return Step(at, Finish(End.NOT_STARTED))
    if course.start == PENDING and not event.due:
        return Step(at, Finish(End.AT_REST))
    if course.check_mode:
        return Step(at, Finish(End.WOULD_START))
    if elapsed >= course.timeout:
        return Step(at, Finish(End.TOO_LATE))
    rest = min(REST, course.timeout / 2) - elapsed
    if rest > _MOMENT:
        # And then a look that is as fresh as can be, so that nothing is started beside another one.
        return Step(at, Look(after=rest, patient=True))
    return Step(replace(at, phase=Phase.STARTING, since=elapsed), Start())


def _found_running(course: Course, at: Position, event: Seen, elapsed: float) -> Step:
    seen = event.deployment
    if course.if_running == FAIL:
        return Step(at, Finish(End.RUNNING_ALREADY))
    if course.if_running == JOIN or course.start == NEVER:
        if course.check_mode or not course.wait:
            return Step(at, Finish(End.NOT_WAITED))
        at = replace(at, phase=Phase.FOLLOWING, since=elapsed, followed=seen)
        return _look_again(course, at, elapsed, Note(What.JOINING, seen.state.value))
    if course.check_mode:
        rests = course.start == PENDING and not event.due
        return Step(at, Finish(End.AT_REST if rests else End.WOULD_START))
    at = replace(at, phase=Phase.WAITING, since=elapsed, refused=False)
    return _look_again(course, at, elapsed, Note(What.WAITING, seen.state.value))


def _waited(course: Course, at: Position, event: Seen, elapsed: float) -> Step:
    if event.deployment.state.active:
        return _look_again(course, replace(at, shown=event.deployment), elapsed)
    at = replace(at, phase=Phase.LOOKING)
    if course.start == PENDING:
        return Step(at, Look(patient=True, anew=True))
    return _looked(course, at, event, elapsed)


def _missed(course: Course, at: Position, event: Missed, elapsed: float) -> Step:
    least = min(event.retry_after, course.patience)
    return _look_again(course, at, elapsed, Note(What.MISSED, event.why), least)


def _accepted(course: Course, at: Position, event: Accepted | Seen, elapsed: float) -> Step:
    phase = Phase.FOLLOWING if course.wait else Phase.GLANCING
    at = replace(at, phase=phase, since=elapsed, started=True, shown=_queued(at.shown))
    return _step(at, Look(), Note(What.STARTED))


def _unclear(course: Course, at: Position, event: Unclear, elapsed: float) -> Step:
    at = replace(at, phase=Phase.SEARCHING, since=elapsed, started=True)
    return _step(at, Look(), Note(What.SEARCHING, event.outcome))


def _refused(course: Course, at: Position, event: Refused, elapsed: float) -> Step:
    at = replace(at, phase=Phase.LOOKING, refused=True)
    # Somebody may be faster again and again.
    return Step(at, Look(after=SHORTEST_INTERVAL, patient=True))


def _searched(course: Course, at: Position, event: Seen, elapsed: float) -> Step:
    at = replace(at, shown=event.deployment)
    if _whose(event.deployment, at) is Whose.OWN:
        return _accepted(course, at, event, elapsed)
    return _search_on(course, at, elapsed)


def _searched_in_vain(course: Course, at: Position, event: Missed, elapsed: float) -> Step:
    least = min(event.retry_after, course.patience)
    return _search_on(course, at, elapsed, Note(What.MISSED, event.why), least)


def _search_on(
    course: Course, at: Position, elapsed: float, note: Note | None = None, least: float = 0.0
) -> Step:
    if elapsed - at.since >= SETTLE:
        return Step(at, Finish(End.NOT_FOUND))
    return _look_again(course, at, elapsed, note, least)


def _glanced(course: Course, at: Position, event: Seen | Missed, elapsed: float) -> Step:
    if isinstance(event, Seen):
        own = _whose(event.deployment, at) is Whose.OWN
        # What the status may still show is the deployment before this one.
        at = replace(at, shown=event.deployment if own else _queued(event.deployment))
    return Step(at, Finish(End.STARTED))


class Whose(enum.Enum):
    """Which deployment a status is about, for whoever started one or joined it."""

    OWN = "the one that was started or joined"
    EARLIER = "surely the one that was there before the start"
    LATER = "surely another one than the own, which was seen before"
    UNTOLD = "one that bears nothing to tell it from the one before"


def _whose(seen: Deployment, at: Position) -> Whose:
    if seen.is_surely(at.before) and not (at.followed and seen.is_surely(at.followed)):
        return Whose.EARLIER
    if at.followed is not None:
        # Progress alone makes no other deployment: the marks have to say so.
        other = seen.is_another_than(replace(at.followed, state=seen.state))
        return Whose.LATER if other else Whose.OWN
    if seen.state.active or seen.is_another_than(at.before):
        return Whose.OWN
    return Whose.UNTOLD


class _Verdict(enum.Enum):
    ON = "wait on"
    OVER = "it is over"
    UNKNOWN = "it cannot be understood"
    NOT_TOLD = "wait until it should have settled: it is over, and nobody says how it ended"
    NOT_TOLD_APART = "wait until it should have settled: it looks as before the start"


_ACTIVE, _ENDED, _NOTHING, _UNKNOWN = "active", "ended", "nothing", "unknown"

_VERDICTS: dict[tuple[Whose, str], _Verdict] = {
    (Whose.OWN, _ACTIVE): _Verdict.ON,
    (Whose.OWN, _ENDED): _Verdict.OVER,
    (Whose.OWN, _NOTHING): _Verdict.NOT_TOLD,
    (Whose.OWN, _UNKNOWN): _Verdict.UNKNOWN,
    # A replica may lag, and show it again after the own one.
    (Whose.EARLIER, _ACTIVE): _Verdict.ON,
    (Whose.EARLIER, _ENDED): _Verdict.ON,
    (Whose.EARLIER, _NOTHING): _Verdict.ON,
    (Whose.EARLIER, _UNKNOWN): _Verdict.UNKNOWN,
    (Whose.UNTOLD, _ACTIVE): _Verdict.ON,
    (Whose.UNTOLD, _ENDED): _Verdict.NOT_TOLD_APART,
    (Whose.UNTOLD, _NOTHING): _Verdict.ON,
    (Whose.UNTOLD, _UNKNOWN): _Verdict.UNKNOWN,
    # It was started later, so its end is that of the own one's configuration as well.
    (Whose.LATER, _ACTIVE): _Verdict.ON,
    (Whose.LATER, _ENDED): _Verdict.OVER,
    (Whose.LATER, _NOTHING): _Verdict.NOT_TOLD,
    (Whose.LATER, _UNKNOWN): _Verdict.UNKNOWN,
}

_ENDS = {
    State.SUCCEEDED: End.SUCCEEDED,
    State.FAILED: End.FAILED,
    State.CANCELLED: End.CANCELLED,
}

_SETTLED = {_Verdict.NOT_TOLD: End.NOT_TOLD, _Verdict.NOT_TOLD_APART: End.NOT_TOLD_APART}


def _followed(course: Course, at: Position, event: Seen, elapsed: float) -> Step:
    seen = event.deployment
    whose = _whose(seen, at)
    verdict = _VERDICTS[whose, _kind(seen.state)]
    own = whose in (Whose.OWN, Whose.LATER)
    note = Note(What.STATE, (seen.state if own else State.QUEUED).value)
    if own:
        # A status that lags may have no content for a moment: that tells of no deployment.
        followed = at.followed if seen.state is State.NONE else seen
        at = replace(at, followed=followed, shown=seen)
    elif verdict is not _Verdict.UNKNOWN:
        # What a task returns is never the status of the deployment before its own.
        at = replace(at, shown=_queued(seen))
    else:
        at = replace(at, shown=seen)
    if whose is Whose.LATER and not at.superseded:
        at = replace(at, superseded=True)
        note = Note(What.SUPERSEDED, seen.state.value)
    if verdict is _Verdict.OVER:
        return _step(at, Finish(_ENDS[seen.state]), note)
    if verdict is _Verdict.UNKNOWN:
        return Step(at, Finish(End.UNKNOWN))
    if verdict in _SETTLED and elapsed - at.since > SETTLE:
        return Step(at, Finish(_SETTLED[verdict]))
    return _look_again(course, at, elapsed, note)


def _kind(state: State) -> str:
    if state.active:
        return _ACTIVE
    if state.ended:
        return _ENDED
    return _NOTHING if state is State.NONE else _UNKNOWN


def _queued(shown: Deployment) -> Deployment:
    return Deployment(State.QUEUED, body=shown.body)


def _look_again(
    course: Course, at: Position, elapsed: float, note: Note | None = None, least: float = 0.0
) -> Step:
    """Short intervals at first, so that a quick deployment is seen while it runs; then the course's."""
    left = course.timeout - elapsed
    if left <= 0:
        return _step(at, Finish(End.TIMED_OUT), note)
    pause = min(course.interval, max(SHORTEST_INTERVAL, (elapsed - at.since) / 4))
    return _step(at, Look(min(max(pause, least), left)), note)


def _step(at: Position, do: Action, note: Note | None) -> Step:
    if note is None or note in at.said:
        return Step(at, do)
    return Step(replace(at, said=at.said | {note}), do, note)


_STEPS: dict[tuple[Phase, type[Any]], Callable[[Course, Position, Any, float], Step]] = {
    (Phase.LOOKING, Seen): _looked,
    (Phase.WAITING, Seen): _waited,
    (Phase.WAITING, Missed): _missed,
    (Phase.STARTING, Accepted): _accepted,
    (Phase.STARTING, Unclear): _unclear,
    (Phase.STARTING, Refused): _refused,
    (Phase.SEARCHING, Seen): _searched,
    (Phase.SEARCHING, Missed): _searched_in_vain,
    (Phase.FOLLOWING, Seen): _followed,
    (Phase.FOLLOWING, Missed): _missed,
    (Phase.GLANCING, Seen): _glanced,
    (Phase.GLANCING, Missed): _glanced,
}
