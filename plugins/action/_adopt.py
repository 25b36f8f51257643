# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role adopt; plugins/modules/adopt.yml explains it."""

from __future__ import annotations

from ..module_utils.client.api import Api
from ..module_utils.operations.operation import Result, TaskContext
from ..plugin_utils.action.controller import ControllerAction
from ..plugin_utils.adopt.run import OPERATION, Adopt, adopt


class ActionModule(ControllerAction):
    """The work of the role adopt as an action."""

    operation = OPERATION

    def _operate(self, given: Adopt, api: Api, context: TaskContext) -> Result:
        """With what Ansible reads the inventory by."""
        return adopt(given, api, context, self._loader)
