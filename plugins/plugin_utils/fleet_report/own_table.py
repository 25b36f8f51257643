# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's own table of ends of life, in the place of the collection's.

It is YAML::

    checked: "2026-04-30"                 # the day on which its dates were last compared with their sources
    products:
      php:
        name: PHP
        keys: [php_version, php_main_version]
        source: https://www.php.net/supported-versions.php
        releases:
          "8.1": "2025-12-31"             # the last day of support
"""

from __future__ import annotations

import datetime
from typing import Any

import yaml

from ...module_utils.client.errors import SettingsError
from ...module_utils.validation.end_of_life import EndOfLife, Numbers, Product, numbers
from .texts import shown


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
    return Product(shown(entry["name"]), (shown(entry["source"], 300),), dates), names


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
        "The README of the role fleet_report shows the form.",
    )
