# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an error is told as the result of a task."""

from __future__ import annotations

from ansible_collections.hosted_power.turbostack.plugins.module_utils.adapters.results import (
    failure,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    TargetError,
)


def test_lines_of_a_message_stay_lines() -> None:
    error = TargetError("Two doubts:\n- one\n- two", "Mend it.")
    assert failure(error, show_diff=False)["msg"] == "Two doubts:\n- one\n- two Mend it."


def test_nothing_else_without_a_shape_gets_out() -> None:
    told = failure(TargetError("A\x1b[2J\r\u202e\u2028B"), show_diff=False)["msg"]
    assert told == r"A\x1b[2J\x0d\u202e\u2028B"
