# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which versions are past their end of life, from a dated table.

The table is YAML::

    checked: "2026-04-30"                 # the day on which its dates were last compared with their sources
    products:
      php:
        name: PHP
        keys: [php_version, php_main_version]
        source: https://www.php.net/supported-versions.php
        releases:
          "8.1": "2025-12-31"             # the last day of support

What it does not know is unknown, and never fine.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from ...module_utils.client.errors import SettingsError
from .texts import shown

_VERSION = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})(?:\.[x*])?(?:[-+~ ].*)?", re.IGNORECASE)
_ENDING = "_version"

#: A table is old when nobody has looked at it for so long.
OLD = datetime.timedelta(days=365)

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
    """:ivar releases: the last days of support, by the numbers of a version."""

    name: str
    source: str
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

    def product_of(self, key: str) -> str | None:
        """The product whose version stands under a key of a configuration; None for other keys."""
        if key in self.keys:
            return self.keys[key]
        return key[: -len(_ENDING)] if key.endswith(_ENDING) and key != _ENDING else None

    def name_of(self, product: str) -> str:
        found = self.products.get(product)
        return found.name if found else shown(product.replace("_", " "), 40)

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


def read_table(text: str, name: str, today: datetime.date, soon_days: int) -> EndOfLife:
    """The table in a YAML text.

    :param name: the file, for messages.
    :raises SettingsError: for what is no such table.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise SettingsError(f"{name} is not YAML{where}.") from None
    if not isinstance(data, dict) or set(data) != {"checked", "products"}:
        raise _refusal(name, "needs the keys checked and products, and no others")
    if not isinstance(data["products"], dict):
        raise _refusal(name, "has no map under products")
    products = {}
    keys: dict[str, str] = {}
    for identity, entry in data["products"].items():
        product, names = _product(name, identity, entry)
        products[str(identity)] = product
        for key in names:
            if key in keys:
                raise _refusal(name, f"has the key {shown(key)!r} under two products")
            keys[key] = str(identity)
    return EndOfLife(
        checked=_date(name, "checked", data["checked"]),
        products=products,
        keys=keys,
        today=today,
        soon=datetime.timedelta(days=soon_days),
    )


def _product(name: str, identity: Any, entry: Any) -> tuple[Product, list[str]]:
    where = f"products.{shown(identity)}"
    if not isinstance(entry, dict) or set(entry) != {"name", "keys", "source", "releases"}:
        raise _refusal(name, f"needs name, keys, source and releases in {where}, and nothing else")
    names, releases = entry["keys"], entry["releases"]
    if not isinstance(names, list) or not all(isinstance(key, str) and key for key in names):
        raise _refusal(name, f"has no list of texts in {where}.keys")
    if not isinstance(releases, dict):
        raise _refusal(name, f"has no map in {where}.releases")
    dates: dict[Numbers, datetime.date] = {}
    for version, ends in releases.items():
        cycle = numbers(version) if isinstance(version, str) else None
        if cycle is None:
            raise _refusal(
                name, f"has {shown(version)!r} in {where}.releases, which is no version in quotes"
            )
        dates[cycle] = _date(name, f"{where}.releases.{version}", ends)
    return Product(shown(entry["name"]), shown(entry["source"], 300), dates), names


def _date(name: str, where: str, value: Any) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refusal(name, f"has no date such as 2026-12-31 in {where}") from None


def _refusal(name: str, problem: str) -> SettingsError:
    return SettingsError(
        f"{name} is no table of ends of life: it {problem}.",
        "The table of the role fleet_report shows the form.",
    )
