# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role preflight; plugins/modules/preflight.yml explains it."""

from __future__ import annotations

from ..plugin_utils.action.controller import ControllerAction
from ..plugin_utils.preflight.run import OPERATION


class ActionModule(ControllerAction):
    """The work of the role preflight as an action."""

    operation = OPERATION
