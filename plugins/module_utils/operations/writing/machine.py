# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a configuration and reading it back, as a machine without requests, clock and words.

A change made by somebody else in between is kept, because the plan is then made anew from what they left. There is
no lock and no conditional write in the API, so a moment stays between the last read and the write in any case, as
long as a request takes. What was read that short a time ago is therefore written over without being read once more,
which would double the requests and hardly shorten the moment; after C(FRESH) seconds, and where the task expects a
certain configuration, it is read once more. A write whose answer is no answer is looked into, and sent again only
after what is stored was read again.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

# For how long what was read counts as what is stored: seconds.
FRESH = 1.0
# How often a plan is made anew because somebody else wrote in between.
PLANS = 5
# How long a read replica may lag behind the write that it is asked about: seconds before each look.
PATIENCE = (0.0, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Course:
    """What the task wants.

    :ivar backup: whether what is stored is kept in a file before it is written over.
    :ivar verify: whether what was written is read back.
    :ivar expecting: whether the task gives up where somebody else's change is met.
    :ivar retries: how often a write is sent again at most.
    """

    backup: bool = False
    verify: bool = True
    expecting: bool = False
    retries: int = 5


class Phase(enum.Enum):
    """What the task is at."""

    CHECKING = "reading once more what is about to be written over"
    KEEPING = "keeping what is stored in a file"
    SENDING = "waiting for the answer to the write"
    CHECKING_AGAIN = "reading what is stored before the write is sent again"
    VERIFYING = "reading back what was stored"
    ASCERTAINING = "reading what became of a write that had no clear answer"


class End(enum.Enum):
    """How a task is over."""

    NOTHING_LEFT = "somebody else made the change first"
    STORED = "it is stored"
    VERIFIED = "it is stored, and was read back"
    DIFFERS = "what is stored differs from what was sent"
    NOT_READ_BACK = "it is stored, and could not be read back"
    CONTESTED = "somebody else keeps writing"
    UNEXPECTED = "somebody else wrote, and the task expects that nobody does"
    REFUSED = "the write was refused, and had no effect"
    STORED_ALL_THE_SAME = "it is stored, whatever became of the answer"
    UNTOUCHED = "it is not stored, and neither is anything else"
    NOT_KNOWN = "whether it is stored is not known"


@dataclass(frozen=True)
class Found:
    """What is stored was read, and a plan was made for it.

    :ivar same: whether it is what the plan before was made for.
    :ivar changed: whether there is anything to do.
    """

    same: bool
    changed: bool


@dataclass(frozen=True)
class Kept:
    """What is stored lies in a file."""


@dataclass(frozen=True)
class Accepted:
    """The write was answered with success."""


@dataclass(frozen=True)
class Delayed:
    """The write was not made, since the platform's rate limit let time pass before it."""


@dataclass(frozen=True)
class Failed:
    """The write was not answered with success.

    :ivar clear: whether it surely had no effect.
    :ivar passing: whether it may fare better when it is sent again.
    """

    clear: bool
    passing: bool


@dataclass(frozen=True)
class Back:
    """What is stored after the write.

    :ivar holds: whether it is what was sent.
    :ivar untouched: whether it is what was there before.
    """

    holds: bool
    untouched: bool = False


@dataclass(frozen=True)
class Unread:
    """What is stored after the write could not be read."""


Event: TypeAlias = "Found | Kept | Accepted | Delayed | Failed | Back | Unread"


@dataclass(frozen=True)
class Check:
    """Read what is stored, and plan anew.

    :ivar after_failure: the number of failures so far, for the pause that the last one asks for; 0 for none.
    """

    after_failure: int = 0


@dataclass(frozen=True)
class Keep:
    """Write what is stored to a file."""


@dataclass(frozen=True)
class Send:
    """Write the plan's document to the platform."""


@dataclass(frozen=True)
class ReadBack:
    """Read what is stored, and compare.

    :ivar after: seconds from now.
    """

    after: float = 0.0


@dataclass(frozen=True)
class Finish:
    """Nothing more is to be done."""

    end: End


Action: TypeAlias = "Check | Keep | Send | ReadBack | Finish"


@dataclass(frozen=True)
class Position:
    """Where a task stands.

    :ivar kept: whether what the plan is made for lies in a file, or need not.
    :ivar contested: how often somebody else was met.
    :ivar failures: how often the write was sent in vain.
    :ivar looks: how often it was read back.
    """

    phase: Phase = Phase.CHECKING
    kept: bool = False
    contested: int = 0
    failures: int = 0
    looks: int = 0


@dataclass(frozen=True)
class Step:
    """Where a task stands now, and what it does next.

    :ivar anew: whether what was just found, and the plan for it, take the place of those before.
    """

    at: Position
    do: Action
    anew: bool = False


def begin(course: Course, age: float) -> Step:
    """The first step, from a plan that has something to do.

    :param age: seconds since the answer came that the plan was made for.
    """
    at = Position(kept=not course.backup)
    # What is to be kept first is read once more after that, if at all.
    stale = age > FRESH and at.kept
    return Step(at, Check()) if course.expecting or stale else _on(at)


def observe(course: Course, at: Position, event: Event, age: float) -> Step:
    """The step that follows upon an event.

    :param age: seconds since the answer came that the latest plan was made for.
    :raises KeyError: for an event that nothing in this phase can bring about.
    """
    return _STEPS[at.phase, type(event)](course, at, event, age)


def _checked(course: Course, at: Position, event: Found, age: float) -> Step:
    if event.same:
        return _on(at)
    if at.failures and not event.changed:
        return _checked_again(course, at, event, age)
    if course.expecting:
        return Step(at, Finish(End.UNEXPECTED))
    if not event.changed:
        return Step(at, Finish(End.NOTHING_LEFT), anew=True)
    at = replace(at, contested=at.contested + 1, kept=not course.backup)
    if at.contested >= PLANS:
        # A write that was sent in vain may have been stored for a while, and be what the others then changed.
        return Step(at, Finish(End.NOT_KNOWN if at.failures else End.CONTESTED), anew=True)
    return Step(at, Check(), anew=True)


def _checked_again(course: Course, at: Position, event: Found, age: float) -> Step:
    if event.same:
        return _on(at)
    if not event.changed:
        # The first sending was stored, whatever became of its answer.
        return _stored(course, at, Accepted(), age)
    if course.expecting:
        return Step(at, Finish(End.UNEXPECTED))
    return replace(_on(replace(at, kept=not course.backup)), anew=True)


def _on(at: Position) -> Step:
    """To the write, by way of the file that is to be there before it."""
    if at.kept:
        return Step(replace(at, phase=Phase.SENDING), Send())
    return Step(replace(at, phase=Phase.KEEPING), Keep())


def _kept(course: Course, at: Position, event: Kept, age: float) -> Step:
    at = replace(at, kept=True)
    # To write a file may take its time.
    return Step(replace(at, phase=Phase.CHECKING), Check()) if age > FRESH else _on(at)


def _stored(course: Course, at: Position, event: Accepted, age: float) -> Step:
    if not course.verify:
        return Step(at, Finish(End.STORED))
    return _read_back(replace(at, phase=Phase.VERIFYING), End.DIFFERS)


def _delayed(course: Course, at: Position, event: Delayed, age: float) -> Step:
    # No failure, and nobody's change yet: what is stored is read again, as often as it takes.
    return Step(replace(at, phase=Phase.CHECKING), Check())


def _failed(course: Course, at: Position, event: Failed, age: float) -> Step:
    at = replace(at, failures=at.failures + 1)
    if event.passing and at.failures <= course.retries:
        # Storing the same twice is the same as once, but time passes, and somebody else may write meanwhile.
        at = replace(at, phase=Phase.CHECKING_AGAIN)
        return Step(at, Check(after_failure=at.failures))
    if event.clear:
        return Step(at, Finish(End.REFUSED))
    return _read_back(replace(at, phase=Phase.ASCERTAINING), End.NOT_KNOWN)


def _verified(course: Course, at: Position, event: Back, age: float) -> Step:
    return Step(at, Finish(End.VERIFIED)) if event.holds else _read_back(at, End.DIFFERS)


def _not_verified(course: Course, at: Position, event: Unread, age: float) -> Step:
    return Step(at, Finish(End.NOT_READ_BACK))


def _ascertained(course: Course, at: Position, event: Back, age: float) -> Step:
    if event.holds:
        return Step(at, Finish(End.STORED_ALL_THE_SAME))
    return _read_back(at, End.UNTOUCHED if event.untouched else End.NOT_KNOWN)


def _not_ascertained(course: Course, at: Position, event: Unread, age: float) -> Step:
    return Step(at, Finish(End.NOT_KNOWN))


def _read_back(at: Position, in_vain: End) -> Step:
    """Look, or look again; C(in_vain) where patience is at its end."""
    if at.looks >= len(PATIENCE):
        return Step(at, Finish(in_vain))
    return Step(replace(at, looks=at.looks + 1), ReadBack(after=PATIENCE[at.looks]))


_STEPS: dict[tuple[Phase, type[Any]], Callable[[Course, Position, Any, float], Step]] = {
    (Phase.CHECKING, Found): _checked,
    (Phase.KEEPING, Kept): _kept,
    (Phase.SENDING, Accepted): _stored,
    (Phase.SENDING, Delayed): _delayed,
    (Phase.SENDING, Failed): _failed,
    (Phase.CHECKING_AGAIN, Found): _checked_again,
    (Phase.VERIFYING, Back): _verified,
    (Phase.VERIFYING, Unread): _not_verified,
    (Phase.ASCERTAINING, Back): _ascertained,
    (Phase.ASCERTAINING, Unread): _not_ascertained,
}
