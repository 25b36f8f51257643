# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions that do one job for all hosts of a play: their tasks have no options, a role's variables say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ..action.controller import ControllerAction


@dataclass(frozen=True)
class Nothing:
    """The task has no options: a job's stand in the variables of each host."""


def without_options(name: str) -> Operation[Nothing]:
    """The operation behind such an action, which does its work itself."""
    return Operation(name=name, options={}, takes=Nothing, run=_nothing)


def _nothing(given: Nothing, api: Api, context: TaskContext) -> Result:
    return {"changed": False}


class FleetAction(ControllerAction):
    """Base of such actions."""

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As every operation."""
        self._variables: Mapping[str, Any] = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        return result
