# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A comparison as an action: done once for a play, also where its strategy runs the task for each host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.operations.operation import Result, TaskContext
from ..fleet.action import FleetAction, Nothing, without_options
from ..run_memory import MEMORY
from . import job
from .fleet import job_of

# What a task returns that did not do the comparison itself: the hosts of a fleet are too many to be told of each time.
_TOLD = ("changed", "failed", "msg", "error", "in_line", "counts", "summary")


class DriftAction(FleetAction):
    """The first task that is run compares all hosts. The role has it run once; C(free) runs it for each host."""

    operation = without_options("_drift")

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        whole: list[dict[str, Any]] = []
        compare = super()._run_here

        def done() -> bytes:
            whole.append(compare(arguments))
            told = {key: value for key, value in whole[0].items() if key in _TOLD}
            return json.dumps({**told, "changed": False}).encode("ascii")

        everyone = " ".join(self._variables["ansible_play_hosts_all"])
        told: dict[str, Any] = json.loads(MEMORY.once(f"drift {self._task._uuid} {everyone}", done))
        return whole[0] if whole else told

    def _operate(self, given: Nothing, api: Api, context: TaskContext) -> Result:
        return job.run(job_of(self, self._variables, context), api, context)
