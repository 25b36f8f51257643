# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role validate; plugins/modules/validate.yml explains it."""

from __future__ import annotations

from ..plugin_utils.validate.action import ValidateAction


class ActionModule(ValidateAction):
    """The work of the role validate as an action."""
