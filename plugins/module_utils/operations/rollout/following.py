# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A deployment that was started: what each look at the platform's status says of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ...answers.deployment_status import Deployment, State

# The platform may need a moment before its status shows a deployment that was just started: seconds.
SETTLE = 30.0
_SHORTEST_INTERVAL = 0.5


class Verdict(enum.Enum):
    """What a look says."""

    ON = "it is under way, or not to be seen yet"
    SUCCEEDED = "it succeeded"
    FAILED = "it failed, or was cancelled"
    UNKNOWN = "the status is a word that is not known"
    VANISHED = "it is over, and the platform does not say how it ended"
    ALIKE = "nothing tells it from the one before"


@dataclass(frozen=True)
class Following:
    """A deployment that was started.

    :ivar before: the latest deployment when ours was started.
    :ivar known: whether ours was seen, be it only once.
    """

    before: Deployment
    known: bool = False

    def judge(self, seen: Deployment, waited: float) -> tuple[Following, Verdict]:
        """What a look at the status says, and what is known after it.

        :param waited: seconds since the start.
        """
        if seen.state is State.UNKNOWN:
            return self, Verdict.UNKNOWN
        if seen.is_surely(self.before):
            return self, Verdict.ON
        known = self.known or is_ours(seen, self.before)
        after = Following(self.before, known)
        if known and seen.state.ended:
            return after, Verdict.SUCCEEDED if seen.state is State.SUCCEEDED else Verdict.FAILED
        if waited > SETTLE:
            if known and seen.state is State.NONE:
                return after, Verdict.VANISHED
            if not known and seen.state.ended:
                return after, Verdict.ALIKE
        return after, Verdict.ON


def is_ours(seen: Deployment, before: Deployment) -> bool:
    """Whether a status shows the deployment that was started after C(before) was seen."""
    if seen.is_surely(before):
        return False
    return seen.state.active or seen.is_another_than(before)


def pause(waited: float, interval: float) -> float:
    """Short intervals at first, so that a quick deployment is seen while it runs; then the option's."""
    return min(interval, max(_SHORTEST_INTERVAL, waited / 4))
