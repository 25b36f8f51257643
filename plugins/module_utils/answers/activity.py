# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host is active: the field C(active), which the reference calls a number."""

from __future__ import annotations

from typing import Any

from .vocabulary import Vocabulary

ACTIVE = Vocabulary({True: "1 1.0 true", False: "0 0.0 false"})


def is_active(row: dict[str, Any]) -> bool | None:
    """A host's state; None where the platform does not say, or says it in a way that is not known."""
    value = row.get("active")
    return ACTIVE.meaning(str(value)) if isinstance(value, (bool, int, float, str)) else None
