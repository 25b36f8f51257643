# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_deploy: start a deployment once, and wait for its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..answers.deployment_words import State
from ..client.api import Api
from ..client.errors import SettingsError
from ..resources import deployments
from ..resources.configured import HOSTS
from ..resources.targets import find
from .deed import DEPLOYED, NOT_DEPLOYED, STARTED, Deed
from .deployment.loop import Run
from .deployment.states import ALWAYS, FAIL, JOIN, NEVER, PENDING, WAIT, Course
from .operation import Operation, OperationFailed, Result, TaskContext
from .options import options
from .status_words import STATUS_WORDS, checked_words
from .targeting import TARGET_OPTIONS, TARGET_RULES, Target

_CHANGES, _RESET = "deploy", "fullResetDeploy"
_CONFIRMATION = "DELETE"
_LONGEST = 7 * 24 * 3600.0

OPTIONS: dict[str, dict[str, Any]] = {
    **TARGET_OPTIONS,
    "type": {"type": "str", "choices": list(deployments.TYPES), "default": _CHANGES},
    "confirm": {"type": "str"},
    "start": {"type": "str", "choices": [ALWAYS, PENDING, NEVER]},
    "deploy_required": {"type": "bool"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 1800},
    "poll_interval": {"type": "float", "default": 10},
    "if_running": {"type": "str", "choices": [WAIT, JOIN, FAIL], "default": WAIT},
    **STATUS_WORDS,
}


@dataclass(frozen=True)
class Deploy:
    """Which host is to be deployed and how, and what the task waits for.

    :ivar start: None for what fits the type; see C(start_of).
    :ivar deploy_required: whether the task before says so; None where none does.
    :ivar wait_timeout: seconds, as is C(poll_interval).
    """

    target: Target = field(metadata=options(Target))
    type: str
    confirm: str | None
    start: str | None
    deploy_required: bool | None
    wait: bool
    wait_timeout: float
    poll_interval: float
    if_running: str
    status_words: Mapping[str, str]


def run(wanted: Deploy, api: Api, context: TaskContext) -> Result:
    """Deploy one host; returns C(status), C(elapsed) and the last body as C(deployment).

    :raises OperationFailed: when the deployment failed, or was not seen to end.
    """
    if wanted.type == _RESET and wanted.confirm != _CONFIRMATION:
        raise SettingsError(
            f"{_RESET} deletes from the host what its configuration no longer names.",
            f"If that is meant, say confirm: {_CONFIRMATION}, as the platform's own page asks for it.",
        )
    # Written so that NaN is refused as well.
    times = {"wait_timeout": wanted.wait_timeout, "poll_interval": wanted.poll_interval}
    for name, seconds in times.items():
        if not 0 < seconds <= _LONGEST:
            raise SettingsError(f"{name} must be more than 0 and at most {_LONGEST:g} seconds.")
    words = checked_words(wanted.status_words)
    target = wanted.target
    host = find(api, HOSTS, target.id, target.name, expected=target.expected_name)
    course = _course(wanted, api, context)
    task = Run(host, wanted.type, course, words, wanted.deploy_required, api, context)
    try:
        result = task.run()
    except OperationFailed as failure:
        _record(failure.result, context, str(failure))
        raise
    _record(result, context)
    return result


def _record(result: Result, context: TaskContext, why: str = "") -> None:
    if not result.get("changed") or context.check_mode:
        return
    # Nobody may have waited for it.
    end = DEPLOYED if result["status"] == State.SUCCEEDED.value else STARTED
    context.record(
        Deed(
            kind=HOSTS.kind,
            id=result["id"],
            name=result["name"],
            end=NOT_DEPLOYED if why else end,
            deployment=result["type"],
            why=why,
            seconds=result["elapsed"],
        )
    )


def start_of(wanted: Deploy) -> str:
    """When a deployment is started: one of everything is asked for by whoever means it to happen anyway."""
    return wanted.start or (PENDING if wanted.type == _CHANGES else ALWAYS)


def _course(wanted: Deploy, api: Api, context: TaskContext) -> Course:
    return Course(
        start=start_of(wanted),
        if_running=wanted.if_running,
        wait=wanted.wait,
        timeout=wanted.wait_timeout,
        interval=wanted.poll_interval,
        patience=api.settings.retry_max_delay,
        check_mode=context.check_mode,
    )


OPERATION = Operation(
    name="turbostack_deploy",
    options=OPTIONS,
    takes=Deploy,
    run=run,
    rules=TARGET_RULES,
    means_current_host=True,
)
