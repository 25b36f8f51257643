# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_group_info, run on the controller; see the module of the same name for its documentation."""

from __future__ import annotations

from ..module_utils.operations.group_info import OPERATION
from ..plugin_utils.action.reading import ReadingAction


class ActionModule(ReadingAction):
    """The operation of turbostack_group_info as an action."""

    operation = OPERATION
