# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of ends of life: what is in it, and what it makes of a version."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.end_of_life import (
    EndOfLife,
    Support,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.release_table import (
    NAMES,
    RELEASES,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.releases import (
    end_of_life,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.own_table import (
    read_table,
)

TODAY = datetime.date(2026, 11, 24)
PRODUCT: dict[str, Any] = {
    "name": "PHP",
    "keys": ["php_version", "php_main_version"],
    "source": "https://example.org/",
    "releases": {
        "7.4": "2022-11-28",
        "8.1": "2025-12-31",
        "8.2": "2026-12-31",
        "8.10": "2031-12-31",
    },
}
DATABASE = {
    "name": "DB",
    "keys": ["db_version"],
    "source": "x",
    "releases": {"8.0": "2026-11-23", "8.4": "2032-04-30", "10": "2020-01-01", "9": "2026-11-24"},
}
DATA: dict[str, Any] = {"checked": "2026-04-30", "products": {"php": PRODUCT, "db": DATABASE}}


def table(**changes: Any) -> EndOfLife:
    return read_table(yaml.safe_dump(DATA | changes), "ends.yml", TODAY, 180)


@pytest.mark.parametrize(
    ("product", "version", "support"),
    [
        ("php", "8.1", Support.ENDED),
        ("php", "8.1.27", Support.ENDED),
        ("php", "v8.1", Support.ENDED),
        ("php", "8.1-fpm", Support.ENDED),
        ("php", "8.2", Support.ENDING),
        ("php", "8.10", Support.SUPPORTED),
        ("php", "8.10.1", Support.SUPPORTED),
        # All that it may be have ended; not all have.
        ("php", "7", Support.ENDED),
        ("php", "7.x", Support.ENDED),
        ("php", "8", Support.UNKNOWN),
        ("php", "8.x", Support.UNKNOWN),
        # The last day still counts.
        ("db", "8.0", Support.ENDED),
        ("db", "9.3.1", Support.ENDING),
        ("db", "10.5", Support.ENDED),
        # Not in the table, or no version.
        ("php", "9.0", Support.UNKNOWN),
        ("php", "1", Support.UNKNOWN),
        ("php", "latest", Support.UNKNOWN),
        ("php", "", Support.UNKNOWN),
        ("php", "<b>8.1</b>", Support.UNKNOWN),
        ("redis", "7", Support.UNKNOWN),
    ],
)
def test_where_a_version_stands(product: str, version: str, support: Support) -> None:
    assert table().standing(product, version).support is support


@given(st.text())
def test_any_text_may_be_a_version(version: str) -> None:
    assert isinstance(table().standing("php", version).support, Support)


def test_settings_that_hold_versions() -> None:
    found = table()
    assert found.product_of("php_main_version") == "php"
    assert found.product_of("varnish_version") == "varnish"
    assert found.product_of("redis_memory") is None
    assert found.product_of("_version") is None
    assert (found.name_of("php"), found.name_of("open_search")) == ("PHP", "open search")


def test_a_table_grows_old() -> None:
    assert not table().is_old
    assert table(checked="2025-11-23").is_old


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "is not YAML, line 1"),
        ("[]", "needs the keys checked and products"),
        ("checked: 2026-01-01", "needs the keys checked and products"),
        ({**DATA, "more": 1}, "needs the keys checked and products"),
        ({**DATA, "checked": "soon"}, "has no date such as 2026-12-31 in checked"),
        ({**DATA, "products": []}, "has no map under products"),
        ({**DATA, "products": {"php": {"name": "PHP"}}}, "needs name, keys, source and releases"),
        ({**DATA, "products": {"php": {**PRODUCT, "keys": "php_version"}}}, "products.php.keys"),
        ({**DATA, "products": {"php": {**PRODUCT, "releases": []}}}, "products.php.releases"),
        ({**DATA, "products": {"php": {**PRODUCT, "releases": {8.1: "2025-12-31"}}}}, "in quotes"),
        ({**DATA, "products": {"php": {**PRODUCT, "releases": {"8.1": True}}}}, "has no date"),
        ({**DATA, "products": {"a": PRODUCT, "b": PRODUCT}}, "'php_version' under two products"),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(text: Any, why: str) -> None:
    content = text if isinstance(text, str) else yaml.safe_dump(text)
    with pytest.raises(SettingsError, match=r"^ends\.yml") as refused:
        read_table(content, "ends.yml", TODAY, 180)
    assert why in str(refused.value)


def test_the_table_of_the_collection() -> None:
    found = end_of_life(TODAY, 180)
    assert found.checked <= datetime.date.today()
    assert found.standing("php", "8.1").support is Support.ENDED
    assert found.standing("elasticsearch", "7.x").support is Support.ENDED
    assert found.product_of("php_main_version") == found.product_of("php_version") == "php"
    for product in found.products.values():
        assert all(source.startswith("https://") for source in product.sources)
        assert product.releases
        assert () not in product.releases


def test_every_row_has_a_source_and_a_day() -> None:
    seen = set()
    for row in RELEASES:
        assert row.product in NAMES
        assert row.source.startswith("https://")
        assert datetime.date.fromisoformat(row.ends)
        assert datetime.date.fromisoformat(row.checked) <= datetime.date.today()
        assert (row.product, row.version) not in seen
        seen.add((row.product, row.version))
    assert {row.product for row in RELEASES} == NAMES.keys()


@pytest.mark.parametrize(
    ("checked", "age", "is_old"),
    [
        ("2026-11-24", "0 days old", False),
        ("2026-11-23", "1 day old", False),
        ("2026-09-27", "58 days old", False),
        ("2026-04-30", "6 months old", False),
        ("2025-11-20", "12 months old", True),
        # A clock that goes wrong.
        ("2027-01-01", "0 days old", False),
    ],
)
def test_it_says_how_old_it_is(checked: str, age: str, *, is_old: bool) -> None:
    found = table(checked=checked)
    assert (found.age, found.is_old) == (age, is_old)


def test_what_is_still_supported() -> None:
    assert table().supported("php") == ["8.2", "8.10"]
    assert table().supported("redis") == []
