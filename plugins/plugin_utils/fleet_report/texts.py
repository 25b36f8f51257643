# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from the platform as the page shows it: on one line, without secrets and without control characters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ...module_utils.document.masking import redact_text
from ...module_utils.text.escaping import one_line

_LIMIT = 120


@lru_cache(maxsize=16384)
def _shown(value: str, limit: int) -> str:
    return one_line(redact_text(value), limit)


def shown(value: Any, limit: int = _LIMIT) -> str:
    """The value as a short text; empty for what is no text and no number."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return _shown(str(value), limit)
