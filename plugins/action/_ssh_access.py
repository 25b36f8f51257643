# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role ssh_access; plugins/modules/ssh_access.yml explains it."""

from __future__ import annotations

from ..plugin_utils.action.controller import ControllerAction
from ..plugin_utils.ssh_access.run import OPERATION


class ActionModule(ControllerAction):
    """The work of the role ssh_access as an action."""

    operation = OPERATION
