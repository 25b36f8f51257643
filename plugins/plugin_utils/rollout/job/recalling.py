# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an interrupted rollout goes on: what its record says against what is there now, in two tables.

A record is written before what it names is done, and put away when the host is done. So whatever the moment of an
interruption, the platform holds one of three: the configuration from before, one that the rollout has written, or
one that somebody else has written since.
"""

from __future__ import annotations

import enum
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.document.equality import platform_equal
from .record import Record, Stage


class Live(enum.Enum):
    """Whose configuration the platform holds."""

    WRITTEN = "ours"
    PREVIOUS = "the one from before"
    FOREIGN = "somebody else's"


class Ours(enum.Enum):
    """What became of the deployment that the record was about to start."""

    NOT_STARTED = "it was not deployed yet"
    RUNNING = "its deployment is running and is waited for"
    SUCCEEDED = "it was deployed already"
    FAILED = "its deployment has failed meanwhile"


class Resume(enum.Enum):
    """How a rollout goes on."""

    ANEW = "from the beginning"
    DEPLOY_ANEW = "from the beginning, and the host is deployed in any case"
    ONWARDS = "it is deployed"
    JOIN = "as its deployment stands"
    GATE = "whether the host is well"
    BACK = "the previous configuration is put back"
    JOIN_BACK = "as the deployment of the previous configuration stands"
    REFUSE = "not at all"


GOES_ON: dict[tuple[Stage, Live], Resume] = {
    (Stage.WRITING, Live.PREVIOUS): Resume.ANEW,
    (Stage.WRITING, Live.WRITTEN): Resume.ONWARDS,
    (Stage.WRITING, Live.FOREIGN): Resume.REFUSE,
    # Somebody took it back; what of it was deployed stays on the host until the next deployment.
    (Stage.STARTING, Live.PREVIOUS): Resume.DEPLOY_ANEW,
    (Stage.STARTING, Live.WRITTEN): Resume.JOIN,
    (Stage.STARTING, Live.FOREIGN): Resume.REFUSE,
    (Stage.DEPLOYED, Live.PREVIOUS): Resume.DEPLOY_ANEW,
    (Stage.DEPLOYED, Live.WRITTEN): Resume.GATE,
    # A colleague's edit after our deployment: it is told, and is no reason to stop.
    (Stage.DEPLOYED, Live.FOREIGN): Resume.GATE,
    (Stage.RETURNING, Live.PREVIOUS): Resume.BACK,
    (Stage.RETURNING, Live.WRITTEN): Resume.BACK,
    (Stage.RETURNING, Live.FOREIGN): Resume.REFUSE,
    (Stage.RESTARTING, Live.PREVIOUS): Resume.JOIN_BACK,
    (Stage.RESTARTING, Live.WRITTEN): Resume.BACK,
    (Stage.RESTARTING, Live.FOREIGN): Resume.REFUSE,
}


def whose(record: Record, document: dict[str, Any]) -> Live:
    """Whose configuration a document is."""
    if any(platform_equal(document, one) for one in record.written):
        return Live.WRITTEN
    if platform_equal(document, record.previous):
        # A rollout that wrote nothing leaves what it found.
        return Live.PREVIOUS if record.written else Live.WRITTEN
    return Live.FOREIGN


def of_ours(record: Record, now: Deployment) -> Ours:
    """Whose deployment it is that the platform shows is told by its id or its times, or else by its state."""
    before = record.deployment
    if not now.is_another_than(before):
        return Ours.NOT_STARTED
    # One that was seen waiting or running before ours, and bears no mark, is not taken for ours.
    if before.state.active and not now.marks:
        return (
            Ours.FAILED
            if now.state.ended and now.state is not State.SUCCEEDED
            else Ours.NOT_STARTED
        )
    if now.state.active:
        return Ours.RUNNING
    if now.state is State.SUCCEEDED:
        return Ours.SUCCEEDED
    return Ours.FAILED if now.state.ended else Ours.NOT_STARTED


def goes_on(record: Record, live: Live, ours: Ours, *, changes: bool) -> Resume:
    """What the tables say.

    :param changes: whether the desired configuration asks for more than the platform holds.
    """
    resume = GOES_ON[record.stage, live]
    if resume is Resume.DEPLOY_ANEW and record.stage is Stage.STARTING and ours is Ours.NOT_STARTED:
        return Resume.ANEW
    if resume is Resume.GATE and live is Live.FOREIGN and changes:
        return Resume.REFUSE
    return resume
