# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to wait before the next look."""

from __future__ import annotations

_LONGEST = 900.0


class Pauses:
    """The interval after a look that succeeded; twice as long with each failure in a row, up to a quarter of an hour.

    :param interval: in seconds.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._failures = 0

    def after_success(self) -> float:
        self._failures = 0
        return self._interval

    def after_failure(self) -> float:
        pause = self._interval * float(2 ** min(self._failures, 32))
        self._failures += 1
        return min(pause, max(self._interval, _LONGEST))
