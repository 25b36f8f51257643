# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a host's part of a rollout went: what its machine remembers for the people who read the end of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from .edits import NO_EDIT, Edit


class Outcome(str, enum.Enum):
    """How it ended."""

    UNCHANGED = "unchanged"
    DONE = "done"
    UNTOUCHED = "untouched"
    RETURNED = "returned"
    KEPT = "kept"
    OVERTAKEN = "overtaken"
    FAILED = "failed"
    LEFT = "left"
    INTERRUPTED = "interrupted"
    STUCK = "stuck"
    NOT_BEGUN = "not_begun"

    @property
    def failed(self) -> bool:
        return self not in (Outcome.UNCHANGED, Outcome.DONE, Outcome.NOT_BEGUN)

    @property
    def keeps_journal(self) -> bool:
        """Whether the next rollout of the host goes on from what is written down."""
        return self in (Outcome.LEFT, Outcome.INTERRUPTED, Outcome.STUCK)


class At(str, enum.Enum):
    """Where it failed."""

    BEFORE = "before"
    WRITING = "writing"
    DEPLOYING = "deploying"
    GATE = "gate"
    RETURNING = "returning"


@dataclass(frozen=True)
class Tale:
    """What there is to tell.

    :ivar note: what is said when an interrupted rollout goes on; empty where none does.
    :ivar changes: how many changes were written.
    :ivar deploy_type: of the deployment that went forth; empty where there was none.
    :ivar at: where it failed, C(why) why it did.
    :ivar way_why: why the way back failed, or was not gone.
    :ivar redeployed: whether the way back had a deployment.
    :ivar after: what is wrong with the host after the way back.
    :ivar edit: what somebody else changed while the host was deployed.
    :ivar unknown: figures that the platform does not say; C(skipped): vhosts that could not be asked.
    :ivar warnings: of the deployment.
    :ivar removed: paths of what was taken out of the configuration; C(added) of what was put into it.
    :ivar not_put_away: why the journal still lies there although the host is done.
    """

    note: str = ""
    changes: int = 0
    deploy_type: str = ""
    at: At = At.BEFORE
    why: str = ""
    way_why: str = ""
    redeployed: bool = False
    after: tuple[str, ...] = ()
    edit: Edit = NO_EDIT
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    not_put_away: str = ""
