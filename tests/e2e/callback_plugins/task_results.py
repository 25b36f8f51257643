# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what a user of a run could learn from it: one line of JSON for each result of a task.

The results are those that every callback is given, thus without what `no_log` hides. The usual
output of the run stays as it is.
"""

from __future__ import annotations

DOCUMENTATION = r"""
name: task_results
type: notification
short_description: Writes the result of each task to a file
description:
  - Writes one line of JSON for each result of a task, for the tests to read.
requirements:
  - The environment variable E2E_TASK_RESULTS names the file.
"""

import json
import os
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase


_ITEM = ("item", "_ansible_item_label")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "task_results"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._write("failed", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._write("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._write("unreachable", result)

    def _write(self, status: str, result: Any) -> None:
        task = _part(result, "task")
        line = {
            "host": _part(result, "host").get_name(),
            "task": task.get_name(),
            "action": task.action,
            "check_mode": _check_mode(result),
            "status": status,
            "result": _without_item(_part(result, "result")),
        }
        # Dates and the like are of no interest to a test but as text.
        text = json.dumps(line, default=str)
        with Path(os.environ["E2E_TASK_RESULTS"]).open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")


def _without_item(result: dict[str, Any]) -> dict[str, Any]:
    """As the callbacks that users have show it: beside a result that is not to be shown, no item is shown either."""
    if isinstance(result.get("results"), list):
        every = [_without_item(one) if isinstance(one, dict) else one for one in result["results"]]
        result = {**result, "results": every}
    if not result.get("_ansible_no_log"):
        return result
    return {key: value for key, value in result.items() if key not in _ITEM}


def _check_mode(result: Any) -> bool:
    """Whether the task was in check mode: its task says so since 2.19, before that its fields."""
    if hasattr(result, "task"):
        return bool(result.task.check_mode)
    return bool(result._task_fields.get("check_mode"))


def _part(result: Any, name: str) -> Any:
    """A part of a result: a property since ansible-core 2.19, before that an attribute `_name`."""
    return getattr(result, name) if hasattr(result, name) else getattr(result, f"_{name}")
