# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outline of a body: its keys and kinds of values, never a value, for errors about unknown shapes."""

from __future__ import annotations

from typing import Any

from .escaping import one_line

_DEPTH = 3
_KEYS = 12
_KEY_LENGTH = 40


def outline(value: Any, depth: int = _DEPTH) -> str:
    """For instance C({data: [2 x {id: number, name: string}], total: number})."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string" if value else "empty string"
    if isinstance(value, list):
        if not value:
            return "[]"
        return (
            f"[{len(value)} x {outline(value[0], depth - 1)}]" if depth else f"[{len(value)} x …]"
        )
    if not value:
        return "{}"
    if not depth:
        return "{…}"
    shown = [
        f"{one_line(str(key), _KEY_LENGTH)}: {outline(item, depth - 1)}"
        for key, item in list(value.items())[:_KEYS]
    ]
    if len(value) > _KEYS:
        shown.append(f"and {len(value) - _KEYS} more")
    return "{" + ", ".join(shown) + "}"
