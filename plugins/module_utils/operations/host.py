# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_host."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..answers.sync_status import Evidence, Ours, sync_status
from ..client.api import Api
from ..resources.configured import HOSTS
from . import configure, desired, snapshot
from .desired import Desired
from .operation import Operation, Result, TaskContext
from .options import options
from .snapshot import Snapshot
from .targeting import TARGET_RULES

OPTIONS: dict[str, dict[str, Any]] = {**desired.OPTIONS, **snapshot.OPTIONS}


@dataclass(frozen=True)
class HostTask:
    """What a host's configuration is to become, and what is known of it beforehand."""

    desired: Desired = field(metadata=options(Desired))
    before: Snapshot = field(metadata=options(Snapshot))


def run(task: HostTask, api: Api, context: TaskContext) -> Result:
    """The task for one host; without a request where its snapshot shows that nothing is to be done."""
    result = _configured(task, api, context)
    # What the task knows without asking: that it wrote, and did not deploy.
    status = sync_status(Evidence(ours=Ours(changed=result["changed"] and not context.check_mode)))
    return {**result, "sync_status": status.sync.value, "sync_reason": status.reason}


def _configured(task: HostTask, api: Api, context: TaskContext) -> Result:
    if task.before.snapshot is None:
        return configure.run(HOSTS, task.desired, api, context)
    rested = snapshot.answer("host", task.desired, task.before, context)
    if rested is not None:
        return rested
    age = task.before.age
    return {
        **configure.run(HOSTS, task.desired, api, context),
        "snapshot": {"used": False, "age": age},
    }


def secret_values(task: HostTask) -> set[str]:
    """The secrets in the desired configuration and in the snapshot."""
    return task.desired.secrets() | task.desired.secrets_in(task.before.snapshot or {})


OPERATION = Operation(
    name="turbostack_host",
    options=OPTIONS,
    takes=HostTask,
    run=run,
    rules={**TARGET_RULES, "required_by": {"snapshot_time": ("snapshot",)}},
    means_current_host=True,
    secret_values=secret_values,
)
