# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single values as databases, PHP and forms write them: flags and numbers, be they texts or not."""

from __future__ import annotations

import math
import re
from typing import Any

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+")
# No count or id has more digits, and Python refuses to read thousands of them.
_WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def whole(value: Any) -> int | None:
    """A whole number, or a text of digits, with a sign or without; None for anything else, a boolean among them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    return None


def flag(value: Any) -> bool | None:
    """A flag; a count (of failures) is one as well. None for what is none."""
    if isinstance(value, bool):
        return value
    count = whole(value)
    if count is not None:
        return count != 0
    return _FLAGS.get(value.strip().lower()) if isinstance(value, str) else None


def number(value: Any) -> float | None:
    """A number that is not negative, as a number or as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        try:
            found = float(value)
        except OverflowError:
            return None
    elif isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        found = float(value)
    else:
        return None
    return finite(found) if found >= 0 else None


def finite(value: float) -> float | None:
    """The number, or None for one that is infinite or none."""
    return value if math.isfinite(value) else None
