# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells how far the reading is, whenever it has to wait for long."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ...module_utils.client.api import Wait
from ...module_utils.client.repetition import is_rate_limit
from ...module_utils.text.escaping import escape

# A shorter pause is not worth a line.
_WORTH_TELLING = 2.0


class Progress:
    """Counts rows, and says how many there are by now whenever everybody has to wait.

    :param show: shows a line.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._lock = threading.Lock()
        self._rows = 0
        self._totals: dict[str, int] = {}

    def of_list(self, name: str) -> Callable[[int, int | None], None]:
        """What `List` calls after each page of one of several lists."""

        def page_read(rows: int, total: int | None) -> None:
            with self._lock:
                self._rows += rows
                if total is not None:
                    self._totals[name] = total

        return page_read

    def waiting(self, wait: Wait) -> None:
        """What `Api` calls at the beginning of each pause."""
        if wait.seconds < _WORTH_TELLING:
            return
        limited = is_rate_limit(wait.failure)
        why = "the platform's rate limit is used up" if limited else escape(wait.failure.outcome)
        with self._lock:
            total = sum(self._totals.values())
            # Pages that moved were read twice.
            rows = min(self._rows, total) if total else self._rows
            of_all = f" of {total}" if total else ""
            self._show(
                f"TurboStack: {rows}{of_all} rows read; {why}, going on in {wait.seconds:.0f} s."
            )
