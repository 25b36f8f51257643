# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..client.api import Api
from ..resources.configured import GROUPS
from . import configure, desired
from .desired import Desired
from .group_members import read_members, told_of
from .operation import Operation, Result, TaskContext
from .options import options
from .planning import Planned
from .targeting import TARGET_RULES

OPTIONS: dict[str, dict[str, Any]] = {
    **desired.OPTIONS,
    "members": {"type": "list", "elements": "str", "default": []},
}


@dataclass(frozen=True)
class GroupTask:
    """What a group's configuration is to become.

    :ivar members: names or ids of the hosts that are in it, as the user says.
    """

    desired: Desired = field(metadata=options(Desired))
    members: tuple[str, ...]


def run(task: GroupTask, api: Api, context: TaskContext) -> Result:
    """The task for one group; a member that is not there is refused before anything is written."""
    hosts = read_members(task.members, api)
    members: list[Result] = []

    def look(planned: Planned) -> None:
        settings = planned.plan.payload
        members.extend(told_of(hosts, settings, task.desired.policy, context))

    result = configure.run(GROUPS, task.desired, api, context, look)
    return {**result, "members": members} if task.members else result


def secret_values(task: GroupTask) -> set[str]:
    """The secrets in the desired configuration."""
    return task.desired.secrets()


OPERATION = Operation(
    name="turbostack_group",
    options=OPTIONS,
    takes=GroupTask,
    run=run,
    rules=TARGET_RULES,
    secret_values=secret_values,
)
