# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deployments as JSON: every plausible shape and vocabulary of the status and of the start."""

from __future__ import annotations

import math
from typing import Any

from .answers import Answer, json_answer, refusal
from .deployments import FINAL, Deployment
from .rows import timestamp
from .switches import Switches

# queued, running, succeeded, failed, with warnings
_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    "success": ("queued", "running", "success", "failed", "warning"),
    "deployed": ("pending", "deploying", "deployed", "error", "deployed_with_warnings"),
    "completed": ("pending", "in_progress", "completed", "failed", "completed_with_warnings"),
    "finished": ("queued", "running", "finished", "failed", "finished_with_warnings"),
    "upper": ("QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "WARNING"),
    # Words nobody could have foreseen, for the good end as for the others.
    "unknown": ("planned", "converging", "consolidated", "derailed", "wobbly"),
}
_STATES = ("queued", "running", "succeeded", "failed", "warnings")


def word(state: str, switches: Switches) -> str:
    """The platform's word for a state."""
    return _WORDS[switches.deploy_words][_STATES.index(state)]


def status_answer(seen: list[Deployment], switches: Switches) -> Answer:
    """The answer of GET …/deploy for the deployments it knows of, oldest first."""
    if not seen:
        return _never_deployed(switches)
    latest = seen[-1]
    shape = switches.deploy_status
    if shape == "string":
        return json_answer(word(latest.state(), switches))
    if shape == "text":
        text = word(latest.state(), switches).encode()
        return Answer(200, text, content_type="text/plain; charset=UTF-8")
    if shape == "number":
        return json_answer(_numbered(latest, switches))
    if shape == "booleans":
        return json_answer(_booleans(latest, switches))
    if shape.startswith("list-"):
        entries = [details(one, switches) for one in seen]
        return json_answer(entries[::-1] if shape == "list-newest-first" else entries)
    shown = details(latest, switches)
    if shape == "data":
        return json_answer({"data": shown})
    if shape == "success-data":
        return json_answer({"status": "success", "data": shown})
    if shape == "last-deploy":
        return json_answer({"status": "ok", "last_deploy": shown})
    if shape == "deploy":
        return json_answer({"deploy": shown})
    if shape == "deployment-state":
        shown["state"] = shown.pop("status")
        return json_answer({"deployment": shown})
    return json_answer(shown)


def started_answer(deployment: Deployment, switches: Switches) -> Answer:
    """The answer of POST …/deploy."""
    shape = switches.deploy_started
    if shape == "204":
        return Answer(204)
    if shape == "202-empty":
        return Answer(202)
    if shape == "message":
        return json_answer({"message": "Deployment started."})
    if shape == "success-message":
        return json_answer({"status": "success", "message": "Deployment started."})
    if shape == "id":
        return json_answer({"id": deployment.id})
    shown = details(deployment, switches)
    return json_answer({"data": shown} if shape == "data" else shown)


def refused_second(switches: Switches) -> Answer | None:
    """The refusal of a second deployment; None when it may start."""
    if switches.deploy_second in ("409", "422"):
        text = "A deployment is already running for this host."
        return refusal(int(switches.deploy_second), text)
    return None


def _never_deployed(switches: Switches) -> Answer:
    kind = switches.deploy_never
    if kind == "404":
        return refusal(404, "No deployment found for this host.")
    if kind == "204":
        return Answer(204)
    bodies: dict[str, Any] = {
        "null": None,
        "empty-object": {},
        "empty-list": [],
        "null-status": {"status": None},
    }
    return json_answer(bodies[kind])


def _identity(deployment: Deployment, switches: Switches) -> dict[str, Any]:
    return {"id": deployment.id} if switches.deploy_ids else {}


def details(deployment: Deployment, switches: Switches) -> dict[str, Any]:
    """A deployment as an object."""
    state = deployment.state()
    shown: dict[str, Any] = {
        **_identity(deployment, switches),
        "host_id": deployment.host_id,
        "type": deployment.type,
        "status": word(state, switches),
        "message": deployment.reason if state == "failed" else None,
    }
    if switches.deploy_timestamps:
        style = switches.timestamps
        begun = state != "queued" and math.isfinite(deployment.starts)
        shown["created_at"] = timestamp(int(deployment.created), style)
        shown["started_at"] = timestamp(int(deployment.starts), style) if begun else None
        shown["finished_at"] = timestamp(int(deployment.ends), style) if state in FINAL else None
    return shown


def _numbered(deployment: Deployment, switches: Switches) -> dict[str, Any]:
    state = deployment.state()
    exit_code = (1 if state == "failed" else 0) if state in FINAL else None
    return {
        **_identity(deployment, switches),
        "status": _STATES.index(state),
        "status_text": word(state, switches),
        "exit_code": exit_code,
    }


def _booleans(deployment: Deployment, switches: Switches) -> dict[str, Any]:
    state = deployment.state()
    return {
        **_identity(deployment, switches),
        "running": state in ("queued", "running"),
        "finished": state in FINAL,
        "failed": state == "failed",
    }
