# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions that a plan is about to store although their makers support them no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timezone

from ..document.place import Place
from ..document.schema import VERSION
from ..document.walk import visit
from ..plan.changes import ADD, CHANGE, Change
from .end_of_life import Support, numbers
from .findings import Finding
from .releases import end_of_life

END_OF_LIFE = "end-of-life"


def version_doubts(
    changes: Iterable[Change], now: datetime | None = None
) -> Iterator[tuple[Place, Finding]]:
    """What is past its end of life in what changes; what is stored already is no news.

    :param now: when it is; right now without it.
    """
    today = (now or datetime.now(timezone.utc)).date()
    for change in changes:
        if change.op not in (ADD, CHANGE):
            continue
        for place, value in visit(change.after, change.place):
            if place.known is None or place.known.holds != VERSION:
                continue
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                version = str(getattr(value, "literal", value))
                finding = _doubt(place, version, today)
                if finding:
                    yield place, finding


def _doubt(place: Place, version: str, today: date) -> Finding | None:
    table = end_of_life(today)
    product = table.product_of(place.key)
    found = table.standing(product, version) if product else None
    if product is None or found is None or found.support is not Support.ENDED:
        return None
    plain = ".".join(map(str, numbers(version) or ()))
    return Finding(
        str(place),
        END_OF_LIFE,
        f"is {table.name_of(product)} {plain}, whose support ended on {found.ends}",
        f"Still supported, by the table of {table.checked}: "
        f"{', '.join(table.supported(product)) or 'no version that is known'}.",
    )
