# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_config_restore, run on the controller; see the module of the same name for its documentation."""

from __future__ import annotations

from ..module_utils.operations.config_restore import OPERATION
from ..plugin_utils.action.controller import ControllerAction


class ActionModule(ControllerAction):
    """The operation of turbostack_config_restore as an action."""

    operation = OPERATION
