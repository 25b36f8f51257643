# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How deep data is nested: what is nested deeper than programs can walk breaks whoever writes it down."""

from __future__ import annotations

from typing import Any

#: Ansible walks data by recursion, several steps for each level, and Python allows a thousand.
DEEPEST = 150


def is_too_deep(value: Any) -> bool:
    """Whether dictionaries and lists lie within one another more than `DEEPEST` times."""
    level = [value] if isinstance(value, (dict, list)) else []
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            return True
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, (dict, list))
        ]
    return False
