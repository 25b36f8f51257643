# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role certificates as an action: its own options say what, and the variables of the role rollout say how."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ansible.plugins.action import ActionBase

from ...module_utils.client.api import Api
from ...module_utils.operations.operation import Result, TaskContext
from ..desired_config.inventory_knowledge import found_folder
from ..fleet.action import FleetAction
from ..fleet.play import Play
from ..fleet.role_options import RoleOptions, declared
from ..rollout.job.until import moment_of
from ..rollout.job_options import JobOptions
from ..rollout.options import CONFIG, PREFIX, host_options, is_given, same_for_all
from .run import OPERATION, Certificates, Manner, run

_ROLLOUT = "rollout"


class CertificatesAction(FleetAction):
    """One job, on the controller, for whatever hosts the token may see."""

    operation = OPERATION

    def _operate(self, given: Certificates, api: Api, context: TaskContext) -> Result:
        """With what Ansible finds the folder by, and the manner of the rollout."""
        manner = _manner(self, self._variables)
        folder = found_folder(self._loader, given.directory) if given.directory else None
        self._recorder.comes_from(folder)
        return run(replace(given, directory=folder), manner, api, context)


def _manner(action: ActionBase, task_vars: Mapping[str, Any]) -> Manner:
    """How a rollout would be done by the variables of the task's host.

    :raises AnsibleActionFail, SettingsError: for variables that make no sense.
    """
    roles = os.path.dirname(action._task._role._role_path)
    spec = declared(os.path.join(roles, _ROLLOUT))
    options = RoleOptions({name: one for name, one in spec.items() if name != CONFIG}, PREFIX)
    play, name = Play(action, task_vars), str(task_vars["inventory_hostname"])
    given = options.of_host(play, play.variables(name), name)
    whole = JobOptions.of(same_for_all({name: given}), task_vars)
    until = given["until"]
    ends = moment_of(until, datetime.now(timezone.utc)) if is_given(until) else None
    return Manner(whole, host_options(given, action._loader), ends)
