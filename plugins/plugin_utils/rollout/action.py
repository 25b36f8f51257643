# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout as an action: the first of a batch's hosts does the job for all of them, and each tells its own end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail

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

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What became of the task's host. Only the task that does the job is prepared as an operation's."""
        variables = task_vars or {}
        # Batches of a play have no host in common.
        key = f"rollout {self._task._uuid} {variables['ansible_play_batch'][0]}"
        failed = MEMORY.once(key, lambda: self._job(tmp, variables, key))
        if failed:
            return _result(failed)
        name = str(variables["inventory_hostname"])
        if _marked(name) in MEMORY.once(_at_rest(key), _nothing):
            return dict(_AT_REST)
        text = MEMORY.once(_of_host(key, name), _nothing)
        if not text:
            return {"changed": False, "failed": True, "msg": _LOST}
        result = _result(text)
        result["_ansible_verbose_always"] = bool(result.get("told"))
        return result

    def _job(self, tmp: str | None, variables: dict[str, Any], key: str) -> bytes:
        """Do the job, and keep what became of each host.

        :returns: the result of each task where it failed as a whole; nothing where it did not.
        """
        try:
            done = super().run(tmp, variables)
        except AnsibleActionFail as error:
            # What is wrong with one host's variables is so for all tasks of the job: it is not found out again by each.
            done = {"changed": False, "failed": True, "msg": str(error)}
        if done.get("failed"):
            return _text(done)
        hosts, resting = done["hosts"], done["unchanged"]
        MEMORY.once(_at_rest(key), lambda: b"".join(map(_marked, resting)))
        for name in {*map(str, variables["ansible_play_batch"])}.difference(resting):
            entry = hosts.get(name) or _SKIPPED
            if entry.get("failed"):
                entry = {**entry, "told": entry["told"] + done["standing"]}
            if not self._task.diff:
                entry = {part: value for part, value in entry.items() if part != "diff"}
            _keep(_of_host(key, name), entry)
        return _nothing()

    def _operate(self, given: Nothing, api: Api, context: TaskContext) -> Result:
        wanted = job_of(self, self._variables, context.censor)
        return job.run(wanted, api, context)


def _at_rest(key: str) -> str:
    return f"{key}: at rest"


def _of_host(key: str, name: str) -> str:
    return f"{key}: host {name}"


def _marked(name: str) -> bytes:
    """A name among names: none has an end of a line in it."""
    return f"\n{name}\n".encode("utf-8", "surrogatepass")


def _keep(key: str, entry: Mapping[str, Any]) -> None:
    MEMORY.once(key, lambda: _text(entry))


def _nothing() -> bytes:
    return b""


def _text(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii")


def _result(text: bytes) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(text)
    return result
