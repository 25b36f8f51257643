# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role drift: all hosts of a play, and groups, compared, as one result and as files."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.placing import place
from ...module_utils.operations.operation import OperationFailed, Result, TaskContext
from .comparison import ERROR, OUTCOMES, Comparison, summary
from .groups import Groups
from .hosts import compared
from .junit import junit
from .member import Member
from .options import ANYTHING, ERRORS

#: How many requests are under way at once.
WORKERS = 4


@dataclass(frozen=True)
class Job:
    """What is to be compared, and where the result goes.

    :ivar members: the hosts of the play, in its order.
    :ivar unused: files that speak of no host.
    :ivar groups: None where no folder speaks of them.
    :ivar json_file: an absolute path, as C(junit_file); None for no such file.
    :ivar sync: whether to look if what is stored is in effect as well.
    :ivar failing: what is a failure; see C(DriftOptions.failing).
    """

    members: Sequence[Member]
    unused: Sequence[str] = ()
    groups: Groups | None = None
    json_file: str | None = None
    junit_file: str | None = None
    sync: bool = False
    failing: str = ANYTHING


def run(job: Job, api: Api, context: TaskContext) -> Result:
    """The result of all comparisons, also in the files that are asked for.

    :raises OperationFailed: where not everything is in line, or could be compared, as C(failing) has it.
    """
    hosts = compared(job.members, api, context, sync=job.sync, workers=WORKERS)
    unused = sorted(job.unused)
    groups: list[Comparison] = []
    if job.groups:
        groups, more = job.groups.compared(api)
        unused += more
    every = [*hosts, *groups]
    text = summary(every, unused)
    report = {
        "in_line": not text,
        "counts": {outcome: sum(one.outcome == outcome for one in every) for outcome in OUTCOMES},
        "hosts": [one.shown() for one in hosts],
        "groups": [one.shown() for one in groups],
        "unused_files": unused,
    }
    changed = False
    if job.json_file:
        content = (json.dumps(report, indent=2) + "\n").encode("ascii")
        changed = _put(job.json_file, content, context)
    if job.junit_file:
        changed |= _put(job.junit_file, junit(every, unused), context)
    result: Result = {"changed": changed, **report, "summary": text}
    if text:
        if job.failing == ANYTHING or (
            job.failing == ERRORS and any(one.outcome == ERROR for one in every)
        ):
            raise OperationFailed(text, result)
        context.warn(text)
    else:
        context.show(f"in line: {_counted(hosts, 'host')}{_and_groups(groups)}")
    return result


def _and_groups(groups: Sequence[Comparison]) -> str:
    return f", {_counted(groups, 'group')}" if groups else ""


def _counted(compared_ones: Sequence[Comparison], noun: str) -> str:
    return f"{len(compared_ones)} {noun}{'' if len(compared_ones) == 1 else 's'}"


def _put(path: str, content: bytes, context: TaskContext) -> bool:
    """Write a report; whether that changes anything."""
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
