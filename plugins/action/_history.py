# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role history; plugins/modules/history.yml explains it."""

from __future__ import annotations

from ..plugin_utils.history.action import HistoryAction


class ActionModule(HistoryAction):
    """The work of the role history as an action."""
