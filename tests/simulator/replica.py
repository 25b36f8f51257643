# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A read replica that lags behind: for a while, reads after a write return what was before."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .records import Documented
from .switches import Switches


@dataclass
class _Lag:
    text: str | None
    updated_at: int
    reads: int
    until: float  # time.monotonic()


class Replica:
    """Remembers what a written record was, for the reads and seconds the switches give."""

    def __init__(self) -> None:
        self._lags: dict[tuple[str, int], _Lag] = {}

    def __bool__(self) -> bool:
        return bool(self._lags)

    def before_write(self, record: Documented, switches: Switches) -> None:
        """To be called before a write reaches the record."""
        if switches.replica_lag_reads or switches.replica_lag_seconds:
            until = time.monotonic() + switches.replica_lag_seconds
            old, stamp = self.peek(record)
            self._lags[record.key] = _Lag(old, stamp, switches.replica_lag_reads, until)

    def peek(self, record: Documented) -> tuple[str | None, int]:
        """What a read would get, without counting as one."""
        lag = self._lags.get(record.key)
        if lag is None or (lag.reads <= 0 and time.monotonic() >= lag.until):
            return record.json, record.updated_at
        return lag.text, lag.updated_at

    def read(self, record: Documented) -> tuple[str | None, int]:
        """Configuration text and `updated_at` as a read gets them."""
        answer = self.peek(record)
        lag = self._lags.get(record.key)
        if lag is not None:
            lag.reads -= 1
            if lag.reads <= 0 and time.monotonic() >= lag.until:
                del self._lags[record.key]
        return answer

    def clear(self) -> None:
        """Catch up with everything."""
        self._lags.clear()
