# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task may be at while a deployment is started and waited for, what it may learn, do, and end with."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from ...answers.deployment_status import Deployment, State

ALWAYS, PENDING, NEVER = "always", "pending", "never"
WAIT, JOIN, FAIL = "wait", "join", "fail"


@dataclass(frozen=True)
class Course:
    """What the task wants; times in seconds.

    :ivar start: C(always), C(pending) (where what is stored is not in effect) or C(never).
    :ivar if_running: C(wait), C(join) or C(fail): what to do where a deployment is under way already.
    :ivar timeout: for everything that is waited for together.
    :ivar patience: how long a server may ask for at most before it is looked at again.
    """

    start: str = ALWAYS
    if_running: str = WAIT
    wait: bool = True
    timeout: float = 1800.0
    interval: float = 10.0
    patience: float = 60.0
    check_mode: bool = False


class Phase(enum.Enum):
    """What the task is at."""

    LOOKING = "looking at what there is before anything is started"
    WAITING = "waiting for somebody else's deployment to be over"
    STARTING = "waiting for the answer to the start"
    SEARCHING = "looking for a deployment whose start had no clear answer"
    FOLLOWING = "waiting for the end of the own deployment, or of the one that was joined"
    GLANCING = "looking once at what was started and is not waited for"


class What(enum.Enum):
    """What is worth a line to whoever watches; a line is said once a task."""

    WAITING = "waiting"
    JOINING = "joining"
    STARTED = "started"
    SEARCHING = "searching"
    STATE = "state"
    MISSED = "missed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Note:
    """One line, and the state or reason that it is about."""

    what: What
    detail: str = ""


class End(enum.Enum):
    """How a task is over."""

    SUCCEEDED = "the deployment succeeded"
    FAILED = "it failed"
    CANCELLED = "it was cancelled"
    STARTED = "it was started, and is not waited for"
    NOT_WAITED = "one is running, and is not waited for"
    AT_REST = "what is stored is in effect, and nothing was started"
    NOT_STARTED = "none is running, and none was to be started"
    WOULD_START = "one would be started"
    RUNNING_ALREADY = "one is running, and that is a failure"
    REFUSED = "the platform refused to start it"
    UNKNOWN_BEFORE = "the status before the start is not known"
    UNKNOWN = "the status of the deployment is not known"
    NOT_FOUND = "whether it started is not known"
    NOT_TOLD = "it is over, and how it ended is not told"
    NOT_TOLD_APART = "the status does not tell it from the one before"
    TOO_LATE = "the time was over before anything could be started"
    TIMED_OUT = "the time is over"


@dataclass(frozen=True)
class Seen:
    """The status could be read.

    :ivar due: whether a deployment is what it takes, or may take, to bring into effect what is stored.
    """

    deployment: Deployment
    due: bool = True


@dataclass(frozen=True)
class Missed:
    """The status could not be read just now, which ends no wait.

    :ivar retry_after: seconds that the server asks for.
    """

    why: str
    retry_after: float = 0.0


@dataclass(frozen=True)
class Accepted:
    """The start was answered with success."""


@dataclass(frozen=True)
class Unclear:
    """The start had an answer, or none, that leaves open whether it had its effect."""

    outcome: str


@dataclass(frozen=True)
class Refused:
    """The start surely had no effect, perhaps because a deployment is running."""


Event: TypeAlias = "Seen | Missed | Accepted | Unclear | Refused"


@dataclass(frozen=True)
class Look:
    """Read the status.

    :ivar after: seconds from now.
    :ivar patient: whether a failure of this one look is a failure of the task, and so is worth repetitions.
    :ivar anew: whether the host's row has to be read again as well, since time has passed.
    """

    after: float = 0.0
    patient: bool = False
    anew: bool = False


@dataclass(frozen=True)
class Start:
    """Send the start."""


@dataclass(frozen=True)
class Finish:
    """Nothing more is to be done."""

    end: End


Action: TypeAlias = "Look | Start | Finish"


@dataclass(frozen=True)
class Position:
    """Where a task stands.

    :ivar since: seconds between the task's beginning and that of the phase.
    :ivar before: what the status showed before the start.
    :ivar followed: the deployment that is waited for, as it was last seen; None until it is.
    :ivar superseded: whether another one took its place in the status before its end was seen.
    :ivar shown: what a result tells of.
    :ivar started: whether a start was sent that had its effect or may have had it.
    :ivar refused: whether the last start surely had none.
    :ivar said: the notes that were taken.
    """

    phase: Phase = Phase.LOOKING
    since: float = 0.0
    before: Deployment = field(default_factory=lambda: Deployment(State.NONE))
    followed: Deployment | None = None
    superseded: bool = False
    shown: Deployment = field(default_factory=lambda: Deployment(State.NONE))
    started: bool = False
    refused: bool = False
    said: frozenset[Note] = frozenset()


@dataclass(frozen=True)
class Step:
    """Where a task stands now, what it does next, and what it says."""

    at: Position
    do: Action
    note: Note | None = None
