# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring a stored configuration to the desired state: the body of turbostack_host and turbostack_group.

Read, plan, and where the plan is not empty: write, and read back; see C(writing/machine.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ..client.api import Api
from ..resources.configured import Collection
from ..resources.targets import find
from .deed import UNCLEAR, WRITTEN, Deed, in_short
from .desired import Desired
from .operation import OperationFailed, Result, TaskContext
from .planning import Planned, expect, planned_for, told
from .writing.loop import Write


def run(
    collection: Collection,
    desired: Desired,
    api: Api,
    context: TaskContext,
    look: Callable[[Planned], None] = lambda planned: None,
) -> Result:
    """The task for one host or group.

    :param look: sees the plan before anything is written.
    :returns: C(id), C(name), C(changes), C(deploy_required), C(fingerprint), C(fingerprint_before), C(diff), and
        what the options add: C(server_normalized), C(backup_file).
    :raises OperationFailed: where the platform did not store what was sent.
    """
    target = desired.target
    stored = find(api, collection, target.id, target.name, expected=target.expected_name)
    read_at = time.monotonic()
    planned = planned_for(stored, desired, context)
    expect(planned, desired, context)
    look(planned)
    if not planned.changed or context.check_mode:
        return told(planned, desired, context)
    try:
        result = Write(collection, desired, planned, read_at, api, context).run()
    except OperationFailed as failure:
        if failure.result.get("changed"):
            context.record(_deed(planned, failure.result, read_at, str(failure)))
        raise
    if result["changed"]:
        context.record(_deed(planned, result, read_at))
    return result


def _deed(planned: Planned, result: Result, read_at: float, why: str = "") -> Deed:
    stored = planned.stored
    return Deed(
        kind=stored.kind,
        id=stored.id,
        name=stored.name,
        end=UNCLEAR if why else WRITTEN,
        changes=in_short(result.get("changes", ())),
        why=why,
        seconds=time.monotonic() - read_at,
    )
