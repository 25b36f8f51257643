# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say which host or group a task is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TARGET_OPTIONS: dict[str, dict[str, Any]] = {
    "id": {"type": "int"},
    "name": {"type": "str"},
    "expected_name": {"type": "str"},
}

TARGET_RULES: dict[str, Any] = {
    "mutually_exclusive": [("id", "name")],
    "required_one_of": [("id", "name")],
}


@dataclass(frozen=True)
class Target:
    """One host or group, by its id or by its name.

    :ivar expected_name: what it must be called, where it is known by its id.
    """

    id: int | None
    name: str | None
    expected_name: str | None = None
