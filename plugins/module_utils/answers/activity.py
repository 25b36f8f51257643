# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host is active: the field C(active), which the reference calls a number."""

from __future__ import annotations

from typing import Any

_WORDS = {"1": True, "true": True, "0": False, "false": False}


def is_active(row: dict[str, Any]) -> bool | None:
    """A host's state; None where the platform does not say, or says it in a way that is not known."""
    value = row.get("active")
    if isinstance(value, str):
        return _WORDS.get(value.strip().lower())
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return bool(value)
    return None
