# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Laravel's throttle: so many requests in a fixed window for each token."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from .answers import Answer, refusal
from .switches import Switches


@dataclass
class _Window:
    ends: float  # time.monotonic()
    used: int


class RateLimit:
    """Counts the requests of each token."""

    def __init__(self) -> None:
        self._windows: dict[str, _Window] = {}

    def admit(self, token: str, switches: Switches) -> tuple[dict[str, str], Answer | None]:
        """Count one request: the headers for its answer, and the 429 when it is one too many."""
        limit = switches.rate_limit
        if not limit:
            return {}, None
        now = time.monotonic()
        window = self._windows.get(token)
        if window is None or now >= window.ends:
            window = self._windows[token] = _Window(now + switches.rate_window, 0)
        if window.used >= limit:
            left = window.ends - now
            headers = {
                "X-RateLimit-Limit": str(limit),
                "X-RateLimit-Remaining": "0",
                "Retry-After": str(math.ceil(left)),
                "X-RateLimit-Reset": str(math.ceil(time.time() + left)),
            }
            return headers, refusal(429, "Too Many Attempts.")
        window.used += 1
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - window.used),
        }
        return headers, None

    def clear(self) -> None:
        """Forget all windows."""
        self._windows.clear()
