# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was agreed on for a host before its rollout begins: the user's options, and the plan that was shown."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.client.errors import SettingsError
from ....module_utils.document.paths import render
from ....module_utils.document.policy import Policy
from ....module_utils.plan.changes import ADD, REMOVE, Change
from ....module_utils.plan.engine import Plan

AUTO, DEPLOY, FULL, RESET = "auto", "deploy", "fullDeploy", "fullResetDeploy"
CONFIRMATION = "DELETE"


class Recovery(str, enum.Enum):
    """What the user wants of an interrupted rollout."""

    CONTINUE = "continue"
    RETURN = "return"
    KEEP = "keep"


class Doubt(str, enum.Enum):
    """What happens with an unchanged host of which the platform does not tell whether it is in effect."""

    DEPLOY = "deploy"
    ACCEPT = "accept"
    FAIL = "fail"


@dataclass(frozen=True)
class Patience:
    """How often something is looked at again before it fails the host, and how many seconds apart."""

    retries: int
    delay: float


@dataclass(frozen=True)
class Gate:
    """When a host is well.

    :ivar limits: the most of each figure of its monitoring that is.
    :ivar unknown: C(accept) or C(fail), for a figure that the platform does not say.
    :ivar pages: whether its vhosts, or C(urls), have to answer.
    """

    limits: Mapping[str, Any] = field(default_factory=dict)
    unknown: str = "accept"
    health: Patience = Patience(10, 15)
    pages: bool = False
    urls: tuple[str, ...] = ()
    asking: Patience = Patience(5, 5)


@dataclass(frozen=True)
class Terms:
    """What a host's machine goes by.

    :ivar host: how messages call it.
    :ivar shown: the changes of the plan that the user was shown.
    :ivar deploy: why it is deployed even where nothing is to be written; empty where that is seen then.
    :ivar doubt: what happens where it cannot be told whether what is stored is in effect.
    :ivar timeout: seconds to wait for a deployment, C(interval) seconds between two looks.
    :ivar journal: where its record is kept, for messages.
    """

    host: str
    shown: tuple[Change, ...] = ()
    deploy: str = ""
    doubt: Doubt = Doubt.DEPLOY
    deploy_type: str = AUTO
    confirm: str = ""
    timeout: float = 1800
    interval: float = 10
    gate: Gate = field(default_factory=Gate)
    recovery: Recovery = Recovery.CONTINUE
    policy: Policy = field(default_factory=Policy)
    journal: str = ""

    def type_for(self, removes: bool) -> str:
        """The type of the deployment that goes forth.

        :param removes: whether the plan takes something out of the configuration.
        """
        if self.deploy_type != AUTO:
            return self.deploy_type
        return RESET if removes and self.confirm == CONFIRMATION else DEPLOY

    def check(self) -> None:
        """See that the options go together.

        :raises SettingsError: for a deletion that nobody has confirmed.
        """
        if self.deploy_type == RESET and self.confirm != CONFIRMATION:
            raise SettingsError(
                "rollout_deploy_type fullResetDeploy deletes from the host what its configuration no longer names.",
                f"If that is meant, set rollout_confirm_delete to {CONFIRMATION}.",
            )


def type_back(forth: str) -> str:
    """The type of the deployment that puts back what one of the type C(forth) did: never one that deletes."""
    return DEPLOY if forth == DEPLOY else FULL


def paths_of(plan: Plan, op: str) -> tuple[str, ...]:
    """Where a plan does one kind of change."""
    return tuple(render(change.path) for change in plan.changes if change.op == op)


def removed_by(plan: Plan) -> tuple[str, ...]:
    return paths_of(plan, REMOVE)


def added_by(plan: Plan) -> tuple[str, ...]:
    return paths_of(plan, ADD)


def are_as_shown(found: tuple[Change, ...], shown: tuple[Change, ...]) -> bool:
    """Whether a plan that was made anew does what the user has seen, wherever in a list it now has to do it."""
    return [_meant(change) for change in found] == [_meant(change) for change in shown]


def _meant(change: Change) -> tuple[str, str, Any, Any]:
    return render(change.path), change.op, change.before, change.after
