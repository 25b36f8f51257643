# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout as an action: the first of a batch's hosts does the job for all of them, and each tells its own end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.operations.operation import Result, TaskContext
from ..fleet.action import FleetAction, Nothing, without_options
from ..run_memory import MEMORY
from .fleet import job_of
from .job import job

_LOST = (
    "The rollout is over, but what became of this host could not be handed on to its task. It stands in the table "
    "that the rollout has shown."
)
_SKIPPED: Result = {
    "changed": False,
    "skipped": True,
    "skip_reason": "This host was no part of the rollout.",
}
_AT_REST: Result = {"outcome": "unchanged", "changed": False, "changes": [], "told": []}


class RolloutAction(FleetAction):
    """The first task of a batch that is run does the job; Ansible lets the others wait for it, or run later."""

    operation = without_options("_rollout")

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        variables = self._variables
        key = f"rollout {self._task._uuid} {' '.join(variables['ansible_play_batch'])}"
        done = json.loads(MEMORY.once(key, lambda: self._job(arguments, key)))
        if done.get("failed"):
            failed: dict[str, Any] = done
            return failed
        name = str(variables["inventory_hostname"])
        if name in done["unchanged"]:
            return dict(_AT_REST)
        text = MEMORY.once(f"{key}: {name}", lambda: b"")
        if not text:
            return {"changed": False, "failed": True, "msg": _LOST}
        result: dict[str, Any] = json.loads(text)
        result["_ansible_verbose_always"] = bool(result.get("told"))
        return result

    def _job(self, arguments: Mapping[str, Any], key: str) -> bytes:
        """Do the job, keep what became of each host, and return what became of the job."""
        done = super()._run_here(arguments)
        if not done.get("failed"):
            hosts, resting = done.pop("hosts"), set(done["unchanged"])
            for name in self._variables["ansible_play_batch"]:
                if name in resting:
                    continue
                entry = hosts.get(name) or _SKIPPED
                if entry.get("failed"):
                    entry = {**entry, "told": entry["told"] + done["standing"]}
                if not self._task.diff:
                    entry = {part: value for part, value in entry.items() if part != "diff"}
                _keep(f"{key}: {name}", entry)
        return _text(done)

    def _operate(self, given: Nothing, api: Api, context: TaskContext) -> Result:
        wanted = job_of(self, self._variables, context.censor)
        return job.run(wanted, api, context)


def _keep(key: str, entry: Mapping[str, Any]) -> None:
    MEMORY.once(key, lambda: _text(entry))


def _text(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii")
