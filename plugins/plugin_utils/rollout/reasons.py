# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a task of the rollout failed, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils.answers.monitoring import read_monitoring
from ...module_utils.document.masking import redact_text
from ...module_utils.text.escaping import one_line
from .health import judged

_LIMIT = 1500


def reason(
    failed: Mapping[str, Any], limits: Mapping[str, Any], unknown: str, content: str = ""
) -> str:
    """What a failed task's result says, whatever kind of task it was.

    :param limits: of the host's health, which a result with a host's monitoring is held against.
    :param content: the text that every page was expected to hold.
    """
    return one_line(redact_text(_text(failed, limits, unknown, content)), _LIMIT)


def _text(failed: Mapping[str, Any], limits: Mapping[str, Any], unknown: str, content: str) -> str:
    if failed.get("results"):
        parts = [
            f"{one.get('item')}: {_page(one, content)}"
            for one in failed["results"]
            if one.get("failed")
        ]
        if parts:
            return "; ".join(parts)
    # A task that read what it was to read failed for what that is, whatever Ansible makes of it.
    if failed.get("hosts"):
        health = judged(read_monitoring(failed["hosts"][0].get("monitoring")), limits, unknown)
        if health["problems"]:
            return f"The host is not healthy: {'; '.join(health['problems'])}"
    if failed.get("deployments"):
        latest = failed["deployments"][0]
        said = f": {latest['reason']}" if latest.get("reason") else "."
        return f"The deployment that was waited for has the status {latest.get('status')}{said}"
    return str(failed.get("msg") or "The task failed without a message.")


def _page(one: Mapping[str, Any], content: str) -> str:
    if one.get("failed_when_result") is True and one.get("status", -1) > 0:
        missing = content and content not in str(one.get("content") or "")
        return f"answered {one['status']}" + (f", without the text {content!r}" if missing else "")
    return str(one.get("msg") or "no answer")
