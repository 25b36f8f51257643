# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..client.api import Api
from ..resources.configured import HOSTS
from . import configure, snapshot
from .configured_rehearsal import REHEARSAL
from .operation import Operation, Result, TaskContext
from .targeting import TARGET_RULES


def run(options: Mapping[str, Any], api: Api, context: TaskContext) -> Result:
    """The task for one host; without a request where its snapshot shows that nothing is to be done."""
    if options["snapshot"] is None:
        return configure.run(HOSTS, options, api, context)
    rested = snapshot.answer("host", options, configure.policy_of(options), context)
    if rested is not None:
        return rested
    age = snapshot.age_of(options)
    return {
        **configure.run(HOSTS, options, api, context),
        "snapshot": {"used": False, "age": age},
    }


def secret_values(options: Mapping[str, Any]) -> set[str]:
    """The secrets in the desired configuration and in the snapshot."""
    secrets = configure.secret_values(options)
    if options.get("snapshot"):
        secrets |= configure.secret_values({**options, "config": options["snapshot"]})
    return secrets


OPERATION = Operation(
    name="turbostack_host",
    options={**configure.OPTIONS, **snapshot.OPTIONS},
    run=run,
    rules={**TARGET_RULES, "required_by": {"snapshot_time": ("snapshot",)}},
    means_current_host=True,
    secret_values=secret_values,
    rehearsal=REHEARSAL,
)
