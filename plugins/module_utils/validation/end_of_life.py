# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which versions are past their end of life, by a dated table: C(release_table.py), or one of the user's.

What it does not know is unknown, and never fine.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..text.escaping import one_line
from ..text.secret_text import redact_text

_VERSION = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})(?:\.[x*])?(?:[-+~ ].*)?", re.IGNORECASE)
_ENDING = "_version"

#: A table is old when nobody has looked at it for so long.
OLD = datetime.timedelta(days=365)
# In days; the words are not for calculations.
_MONTH = 30

Numbers = tuple[int, ...]


class Support(str, enum.Enum):
    """Where a version stands on a given day."""

    ENDED = "ended"
    ENDING = "ending"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Standing:
    """:ivar ends: the last day of support; None where it is not known."""

    support: Support
    ends: datetime.date | None = None


@dataclass(frozen=True)
class Product:
    """:ivar sources: pages that say so. :ivar releases: the last days of support, by the numbers of a version."""

    name: str
    sources: tuple[str, ...]
    releases: Mapping[Numbers, datetime.date]


@dataclass(frozen=True)
class EndOfLife:
    """A table, as seen on a day.

    :ivar keys: products by the keys of a configuration that hold their versions.
    :ivar soon: an end of life within this time is one that is coming.
    """

    checked: datetime.date
    products: Mapping[str, Product]
    keys: Mapping[str, str]
    today: datetime.date
    soon: datetime.timedelta

    @property
    def is_old(self) -> bool:
        return self.today - self.checked > OLD

    @property
    def age(self) -> str:
        """How long ago somebody looked at it, in words: C(7 months old)."""
        days = max(0, (self.today - self.checked).days)
        if days < 2 * _MONTH:
            return f"{days} {'day' if days == 1 else 'days'} old"
        return f"{days // _MONTH} months old"

    def product_of(self, key: str) -> str | None:
        """The product whose version stands under a key of a configuration; None for other keys."""
        if key in self.keys:
            return self.keys[key]
        return key[: -len(_ENDING)] if key.endswith(_ENDING) and key != _ENDING else None

    def name_of(self, product: str) -> str:
        found = self.products.get(product)
        return found.name if found else one_line(redact_text(product.replace("_", " ")), 40)

    def standing(self, product: str, version: str) -> Standing:
        """Where a version stands.

        C(8.1.27) is one of C(8.1). C(8) may be any of C(8.0) and C(8.4): it is past its end where all of them are,
        and unknown otherwise.
        """
        known = self.products.get(product)
        wanted = numbers(version)
        if known is None or wanted is None:
            return Standing(Support.UNKNOWN)
        for length in range(len(wanted), 0, -1):
            if wanted[:length] in known.releases:
                return self._on_its_day(known.releases[wanted[:length]])
        possible = [
            ends for cycle, ends in known.releases.items() if cycle[: len(wanted)] == wanted
        ]
        if possible and max(possible) < self.today:
            return Standing(Support.ENDED, max(possible))
        return Standing(Support.UNKNOWN)

    def supported(self, product: str) -> list[str]:
        """The versions of a product that have not ended, the oldest first."""
        known = self.products.get(product)
        left = sorted(
            cycle for cycle, ends in (known.releases if known else {}).items() if ends >= self.today
        )
        return [".".join(map(str, cycle)) for cycle in left]

    def _on_its_day(self, ends: datetime.date) -> Standing:
        if ends < self.today:
            return Standing(Support.ENDED, ends)
        if ends - self.today <= self.soon:
            return Standing(Support.ENDING, ends)
        return Standing(Support.SUPPORTED, ends)


@lru_cache(maxsize=4096)
def numbers(version: str) -> Numbers | None:
    """The numbers of C(8.1), C(v18), C(7.x); None for what is no version."""
    found = _VERSION.fullmatch(version.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else None
