# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_deploy_info."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..answers.deployment_status import State
from ..answers.sync_status import Evidence, Stored, sync_status
from ..client.api import Api
from ..client.errors import StatusError, TargetError
from ..document.masking import redact, redact_text
from ..resources import deployments
from ..resources.configured import HOSTS
from .many_hosts import Host, Question, ask
from .operation import Operation, Result, TaskContext
from .options import options
from .reading import ON_ERROR
from .selection import HOST_SELECTION, NAMED_HOSTS_RULES, HostSelection
from .status_words import STATUS_WORDS, checked_words
from .sync import INCLUDE_SYNC, NO_SYNC, shown_sync

_NOT_FOUND = 404
_NOTHING: Result = {
    "status": State.UNKNOWN.value,
    "running": None,
    "with_warnings": None,
    "platform_status": None,
    "reason": None,
    "marks": None,
    "deployment": None,
}


OPTIONS: dict[str, dict[str, Any]] = {
    **HOST_SELECTION,
    **ON_ERROR,
    **STATUS_WORDS,
    **INCLUDE_SYNC,
}


@dataclass(frozen=True)
class DeployInfo:
    """Whose deployments are to be shown, what the platform's words for them mean, and whether more is to be said."""

    selection: HostSelection = field(metadata=options(HostSelection))
    on_error: str
    status_words: Mapping[str, str]
    include_sync: bool


def run(wanted: DeployInfo, api: Api, context: TaskContext) -> Result:
    """C(deployments): the latest one of each selected host, its status in the collection's words."""
    words = checked_words(wanted.status_words)

    def read(api: Api, host: Host) -> Result:
        try:
            seen = deployments.status(api, host.id, words)
        except StatusError as failure:
            if failure.status != _NOT_FOUND:
                raise
            raise TargetError(
                f"There is no host with id {host.id}, or the token may not see it.",
                "GET /api/v1/hosts lists those that it may see.",
            ) from None
        known = seen.state is not State.UNKNOWN
        sync: Result = {}
        if wanted.include_sync:
            row = HOSTS.read(api, host.id).row if host.row is None else host.row
            evidence = Evidence(Stored.of_row(row), seen)
            sync = shown_sync(sync_status(evidence))
        return {
            "status": seen.state.value,
            "running": seen.state.active if known else None,
            "with_warnings": seen.with_warnings if known else None,
            "platform_status": seen.word,
            "reason": redact_text(seen.reason),
            "marks": dict(seen.marks),
            "deployment": redact(seen.body),
            **sync,
        }

    nothing = {**_NOTHING, **NO_SYNC} if wanted.include_sync else _NOTHING
    question = Question("deployments", read, nothing)
    return ask(question, wanted.selection, wanted.on_error, api, context)


OPERATION = Operation(
    name="turbostack_deploy_info",
    options=OPTIONS,
    takes=DeployInfo,
    run=run,
    rules=NAMED_HOSTS_RULES,
    means_current_host=True,
)
