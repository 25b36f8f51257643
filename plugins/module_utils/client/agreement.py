# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a list is known that nobody counts, or that comes in an order of its own.

A database that is asked for no order gives each page out of another one: rows come twice and others not at all,
and nothing in an answer says so. But every row has its place on some page, so the places of one reading are as
many as the rows of the list. Once as many rows are known as there are places, and one more reading finds no
other, that is the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

PageRows = dict[int, Any]
"""What a page holds, by the ids of its rows."""


class Agreement:
    """Takes one reading after the other, and says when they amount to the list."""

    def __init__(self) -> None:
        self._known: PageRows = {}
        self._places = 0

    def observe(self, pages: Sequence[PageRows]) -> PageRows | None:
        """The list after one more reading; None while it is not known.

        :param pages: all pages of the reading in their order.
        """
        rows: PageRows = {}
        for page in pages:
            rows.update(page)
        places = sum(map(len, pages))
        before = len(self._known)
        self._known.update(rows)
        if places != self._places or len(self._known) > places:
            # Rows have come or gone: what is known from before may not be there any more.
            self._known, self._places = rows, places
            return None
        return self._known if before == len(self._known) == places else None
