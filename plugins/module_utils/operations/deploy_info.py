# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_deploy_info."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answers.deployment_status import State
from ..client.api import Api
from ..client.errors import SettingsError, StatusError, TargetError
from ..document.masking import redact, redact_text
from ..resources import deployments
from ..text.escaping import escape
from .many_hosts import Question, ask
from .operation import Operation, Result, TaskContext
from .reading import ON_ERROR
from .selection import HOST_SELECTION, NAMED_HOSTS_RULES

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


def run(options: Mapping[str, Any], api: Api, context: TaskContext) -> Result:
    """C(deployments): the latest one of each selected host, its status in the collection's words."""
    words: Mapping[str, str] = options["status_words"]
    known = [state.value for state in State]
    for word, state in words.items():
        if state not in known:
            raise SettingsError(
                f"status_words maps {escape(str(word))!r} to {escape(str(state))!r}.",
                f"Known are {', '.join(known)}.",
            )

    def read(api: Api, host_id: int) -> Result:
        try:
            seen = deployments.status(api, host_id, words)
        except StatusError as failure:
            if failure.status != _NOT_FOUND:
                raise
            raise TargetError(
                f"There is no host with id {host_id}, or the token may not see it.",
                "GET /api/v1/hosts lists those that it may see.",
            ) from None
        known = seen.state is not State.UNKNOWN
        return {
            "status": seen.state.value,
            "running": seen.state.active if known else None,
            "with_warnings": seen.with_warnings if known else None,
            "platform_status": seen.word,
            "reason": redact_text(seen.reason),
            "marks": dict(seen.marks),
            "deployment": redact(seen.body),
        }

    return ask(Question("deployments", read, _NOTHING), options, api, context)


OPERATION = Operation(
    name="turbostack_deploy_info",
    options={**HOST_SELECTION, **ON_ERROR, "status_words": {"type": "dict", "default": {}}},
    run=run,
    rules=NAMED_HOSTS_RULES,
    means_current_host=True,
)
