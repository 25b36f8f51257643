# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's own table of ends of life, C(release_table.py), as seen on a day.

Which key holds versions of which product stands in C(document/known_keys.py), or else in the key's name.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

from ..document.known_keys import TURBOSTACK
from .end_of_life import EndOfLife, Product, numbers
from .release_table import NAMES, RELEASES


@lru_cache(maxsize=4)
def end_of_life(today: datetime.date, soon_days: int = 0) -> EndOfLife:
    """The table as seen on a day; as old as the row that nobody has looked at for longest.

    :param soon_days: an end of life within so many days is one that is coming.
    """
    return EndOfLife(
        checked=min(_day(row.checked) for row in RELEASES),
        products={identity: _product(identity, name) for identity, name in NAMES.items()},
        keys={key.name: key.product for key in TURBOSTACK.keys if key.product},
        today=today,
        soon=datetime.timedelta(days=soon_days),
    )


def _product(identity: str, name: str) -> Product:
    rows = [row for row in RELEASES if row.product == identity]
    return Product(
        name,
        tuple(dict.fromkeys(row.source for row in rows)),
        {numbers(row.version) or (): _day(row.ends) for row in rows},
    )


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
