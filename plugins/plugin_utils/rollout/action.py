# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout as an action: the first task of a batch does the job for all hosts, and then each tells its own end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleActionFail

from ...module_utils.client.api import Api
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ..fleet.action import FleetAction
from ..run_memory import MEMORY
from .fleet import job_of
from .job import job
from .job.tale import Outcome

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


@dataclass(frozen=True)
class Rollout:
    """A rollout's options stand in the variables of each host.

    :ivar all_hosts: whether the task is that of the batch, and not that of its own host.
    """

    all_hosts: bool


def _no_result(given: Rollout, api: Api, context: TaskContext) -> Result:
    return {"changed": False}


@dataclass(frozen=True)
class _Batch:
    """A batch of the play that is done.

    :ivar hosts: their names, each as C(_marked) has it.
    :ivar counts: how many ended in which way; C(later), how many are in later batches.
    """

    key: str
    hosts: bytes
    counts: Mapping[str, int]
    later: int


class RolloutAction(FleetAction):
    """The first task of a batch that is run does the job; Ansible lets the others wait for it, or run later."""

    operation = Operation(
        name="_rollout",
        options={"all_hosts": {"type": "bool", "default": False}},
        takes=Rollout,
        run=_no_result,
    )

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What became of the task's host. Only the task that does the job is prepared as an operation's."""
        variables = task_vars or {}
        name = str(variables["inventory_hostname"])
        # Both of the role's tasks are in one block.
        role = f"rollout {self._task._parent._uuid}"
        # Where a host has failed, the tasks that begin later are told of a batch without it: that is no other batch.
        known = (batch.key for batch in _batches(role) if _marked(name) in batch.hosts)
        # Batches of a play have no host in common.
        key = next(known, f"{role} {variables['ansible_play_batch'][0]}")
        failed = MEMORY.once(key, lambda: self._job(tmp, variables, role, key))
        if self._task.args.get("all_hosts"):
            # What failed is told by the task of each host.
            return {"changed": False} if failed else _numbers(role)
        if failed:
            return _result(failed)
        if _marked(name) in MEMORY.once(_at_rest(key), _nothing):
            return dict(_AT_REST)
        text = MEMORY.once(_of_host(key, name), _nothing)
        if not text:
            return {"changed": False, "failed": True, "msg": _LOST}
        result = _result(text)
        result["_ansible_verbose_always"] = bool(result.get("told"))
        return result

    def _job(self, tmp: str | None, variables: dict[str, Any], role: str, key: str) -> bytes:
        """Do the job, and keep what became of each host.

        :returns: the result of each task where it failed as a whole; nothing where it did not.
        """
        try:
            done = super().run(tmp, variables)
        except AnsibleActionFail as error:
            # What is wrong with one host's variables is so for all tasks of the job: it is not found out again by each.
            done = {"changed": False, "failed": True, "msg": str(error)}
        names = [str(name) for name in variables["ansible_play_batch"]]
        _keep_batch(role, key, names, done)
        if done.get("failed"):
            return _text(done)
        hosts, resting = done["hosts"], done["unchanged"]
        MEMORY.once(_at_rest(key), lambda: b"".join(map(_marked, resting)))
        for name in set(names).difference(resting):
            entry = hosts.get(name) or _SKIPPED
            if entry.get("failed"):
                entry = {**entry, "told": entry["told"] + done["standing"]}
            if not self._task.diff:
                entry = {part: value for part, value in entry.items() if part != "diff"}
            _keep(_of_host(key, name), entry)
        return _nothing()

    def _operate(self, given: Rollout, api: Api, context: TaskContext) -> Result:
        wanted = job_of(self, self._variables, context.censor)
        self._recorder.comes_from(wanted.directory)
        return job.run(wanted, api, context)


def _keep_batch(role: str, key: str, names: list[str], done: Mapping[str, Any]) -> None:
    told = {"counts": done.get("counts", {}), "later": done.get("later", 0)}
    parts = (key.encode("utf-8", "surrogatepass"), _text(told), b"".join(map(_marked, names)))
    number = len(list(_batches(role)))
    MEMORY.once(f"{role} batch {number}", lambda: b"\0".join(parts))


def _batches(role: str) -> Iterator[_Batch]:
    """Those of the play that are done, in their order."""
    number = 0
    while text := MEMORY.known(f"{role} batch {number}"):
        key, told, names = text.split(b"\0", 2)
        yield _Batch(key.decode("utf-8", "surrogatepass"), names, **json.loads(told))
        number += 1


def _numbers(role: str) -> dict[str, Any]:
    """How many hosts of the play ended in which way, handed on as ansible.builtin.set_stats does."""
    total: Counter[str] = Counter()
    later = 0
    for batch in _batches(role):
        total.update(batch.counts)
        later = batch.later
    total[Outcome.NOT_BEGUN.value] += later
    data = {"turbostack_rollout": dict(total)}
    return {
        "changed": False,
        "ansible_stats": {"data": data, "per_host": False, "aggregate": False},
    }


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
