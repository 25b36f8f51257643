# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Laravel's middleware and PHP's JSON round trip do to a configuration on its way in."""

from __future__ import annotations

from typing import Any

from .switches import Switches


def rewritten(value: Any, switches: Switches) -> Any:
    """`value` as it is stored; keys are never touched, values as the switches say."""
    if isinstance(value, str):
        if switches.trim_strings:
            value = value.strip()
        return None if switches.empty_string_to_null and value == "" else value
    if isinstance(value, float):
        whole = switches.whole_float_to_int and value.is_integer()
        return int(value) if whole else value
    if isinstance(value, list):
        return [rewritten(member, switches) for member in value]
    if isinstance(value, dict):
        if not value and switches.empty_object_to_list:
            return []
        return {key: rewritten(member, switches) for key, member in value.items()}
    return value
