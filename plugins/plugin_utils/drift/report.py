# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role drift: comparisons of all hosts, and of groups, as one result."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.placing import place
from ...module_utils.document.policy import MERGED, REPLACED, ListPolicy, Policy
from ...module_utils.operations.operation import Operation, OperationFailed, Result, TaskContext
from ...module_utils.operations.policy_options import SECRET_PATHS
from ...module_utils.operations.selection import WORKERS, workers_of
from ...module_utils.text.escaping import escape
from .comparison import ERROR, OUTCOMES, Comparison, of_task, summary
from .groups import Groups
from .junit import junit

OPTIONS: dict[str, dict[str, Any]] = {
    "hosts": {"type": "dict", "required": True},
    "unused_files": {"type": "list", "elements": "str", "default": []},
    "groups_path": {"type": "path"},
    "state": {"type": "str", "choices": [MERGED, REPLACED], "default": MERGED},
    "lists": {"type": "dict", "default": {}},
    "allow_float_versions": {"type": "bool", "default": False},
    **SECRET_PATHS,
    "json_path": {"type": "path"},
    "junit_path": {"type": "path"},
    "sync_statuses": {"type": "dict", "default": {}},
    "sync_reasons": {"type": "dict", "default": {}},
    "fail": {"type": "str", "default": "true"},
    **WORKERS,
}

ANYTHING, ERRORS, NEVER = "anything", "errors", "never"
_FAILING = {
    ANYTHING: ("true", "yes", "on", "1"),
    ERRORS: ("error", "errors"),
    NEVER: ("false", "no", "off", "0"),
}


@dataclass(frozen=True)
class DriftReport:
    """What was compared, what is to be compared as well, and where the result goes.

    :ivar hosts: results of tasks, by the names of their hosts.
    :ivar unused_files: files that speak of no host.
    :ivar sync_statuses: by the ids of hosts, whether what is stored for them is in effect; C(sync_reasons), why.
    :ivar fail: whether what is not in line is a failure, or with C(error) only what could not be compared.
    """

    hosts: Mapping[str, Any]
    unused_files: tuple[str, ...]
    groups_path: str | None
    state: str
    lists: Mapping[str, ListPolicy]
    allow_float_versions: bool
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None
    json_path: str | None
    junit_path: str | None
    sync_statuses: Mapping[Any, Any]
    sync_reasons: Mapping[Any, Any]
    fail: str
    workers: int

    def with_sync(self, one: Comparison) -> Comparison:
        """A host's comparison with whether what is stored is in effect, where that was asked."""
        status = self.sync_statuses.get(one.id, self.sync_statuses.get(str(one.id)))
        if not isinstance(status, str):
            return one
        reason = self.sync_reasons.get(one.id, self.sync_reasons.get(str(one.id)))
        return replace(one, sync=escape(status), sync_reason=escape(str(reason or "")))

    def groups(self, context: TaskContext) -> Groups | None:
        """The groups that are to be compared; None where no folder speaks of them.

        :raises PlanError: for options that make no sense.
        """
        if not self.groups_path:
            return None
        policy = Policy(
            lists=self.lists,
            secret_paths=self.secret_paths,
            allow_float_versions=True,
            schema=self.schema or {},
        )
        folder = _absolute(self.groups_path, context)
        return Groups(
            folder, self.state, policy, workers_of(self.workers), context.vault, context.warn
        )


def run(wanted: DriftReport, api: Api, context: TaskContext) -> Result:
    """The result of all comparisons, also in the files that are asked for.

    :raises OperationFailed: where not everything is in line, or could be compared, as C(fail) has it.
    """
    fails = _failing(wanted.fail)
    hosts = [wanted.with_sync(of_task(str(name), result)) for name, result in wanted.hosts.items()]
    unused = sorted(wanted.unused_files)
    compared: list[Comparison] = []
    groups = wanted.groups(context)
    if groups:
        compared, more = groups.compared(api)
        unused += more
    every = [*hosts, *compared]
    text = summary(every, unused)
    report = {
        "in_line": not text,
        "counts": {outcome: sum(one.outcome == outcome for one in every) for outcome in OUTCOMES},
        "hosts": [one.shown() for one in hosts],
        "groups": [one.shown() for one in compared],
        "unused_files": unused,
    }
    changed = False
    if wanted.json_path:
        content = (json.dumps(report, indent=2) + "\n").encode("ascii")
        changed = _put(wanted.json_path, content, context)
    if wanted.junit_path:
        changed |= _put(wanted.junit_path, junit(every, unused), context)
    result: Result = {"changed": changed, **report, "summary": text}
    if text:
        if fails == ANYTHING or (fails == ERRORS and any(one.outcome == ERROR for one in every)):
            raise OperationFailed(text, result)
        context.warn(text)
    return result


def _failing(said: str) -> str:
    word = said.strip().lower()
    for meaning, words in _FAILING.items():
        if word in words:
            return meaning
    raise SettingsError(
        f"Whether to fail is said by true, false or error, not by {escape(word)}.",
        "With error, only what could not be compared is a failure.",
    )


def _absolute(path: str, context: TaskContext) -> str:
    return os.path.abspath(os.path.join(context.directory, os.path.expanduser(path)))


def _put(wanted: str, content: bytes, context: TaskContext) -> bool:
    """Write a report; whether that changes anything."""
    path = _absolute(wanted, context)
    try:
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == content:
                    return False
        if not context.check_mode:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            # No secret is in it, and what reads it in CI is often somebody else.
            place(path, content, mode=0o644)
    except OSError as error:
        raise SettingsError(f"The report cannot be written to {path}: {error.strerror}.") from None
    return True


OPERATION = Operation(name="_drift_report", options=OPTIONS, takes=DriftReport, run=run)
