# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies in the cache is this inventory's, or is not used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.cache_entry import (
    ForeignEntry,
    identity,
    key,
    packed,
    unpacked,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.source import (
    Reading,
)

from .test_options import read

NOTHING = Reading([], 0)
TOKEN = "1|TScanaryTOKENabcdefghijklmnopqrstuvwxyz"
SETTINGS = Settings.resolve({"api_token": TOKEN}, {})
RECORD = {
    "id": 1,
    "name": "é{{ x }}",
    "client_id": 2,
    "active": True,
    "config": {"__ansible_unsafe": "x"},
}


def test_what_goes_in_comes_out() -> None:
    entry = unpacked("a" * 64, packed("a" * 64, Reading([RECORD], 3, [], {"x (id 2)": "broken"})))
    assert entry.reading == Reading([RECORD], 3, [], {"x (id 2)": "broken"})
    assert 0 <= entry.age < 60


@pytest.mark.parametrize(
    "option",
    [
        {"clients": [1]},
        {"active_only": True},
        {"include_config": False},
        {"include_monitoring": False},
        {"include_clients": True},
        {"include_sync_status": True},
        {"secrets": "include"},
        {"secrets": "mask"},
        {"schema": {"licence": {"secret": True}}},
    ],
)
def test_every_option_that_changes_data_is_part_of_the_key(option: dict[str, Any]) -> None:
    assert identity(SETTINGS, read(**option)) != identity(SETTINGS, read())


@pytest.mark.parametrize(
    "option",
    [
        {"workers": 9},
        {"page_size": 7},
        {"group_by": ["client"]},
        {"hostnames": ["id"]},
        {"on_error": "warn_partial"},
        {"on_empty": "accept"},
        {"minimum_hosts": 3},
    ],
)
def test_the_others_are_not(option: dict[str, Any]) -> None:
    assert identity(SETTINGS, read(**option)) == identity(SETTINGS, read())


def test_so_are_the_platform_and_the_token() -> None:
    other_url = replace(SETTINGS, url="https://other.example")
    other_token = replace(SETTINGS, token="2|other")
    assert len({identity(each, read()) for each in (SETTINGS, other_url, other_token)}) == 3


def test_but_the_token_is_not_to_be_found() -> None:
    made = identity(SETTINGS, read())
    assert TOKEN not in str(packed(made, NOTHING)) + key(made)
    assert key(made).isidentifier()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "text",
        {},
        {"kind": "another"},
        {**packed("a" * 64, NOTHING), "identity": "b" * 64},
        {**packed("a" * 64, NOTHING), "records": "[{"},
        {**packed("a" * 64, NOTHING), "records": "{}"},
        {**packed("a" * 64, NOTHING), "records": '[{"id": "x"}]'},
        {**packed("a" * 64, NOTHING), "records": None},
        {**packed("a" * 64, NOTHING), "saved_at": "yesterday"},
        {**packed("a" * 64, NOTHING), "saved_at": float("nan")},
        {**packed("a" * 64, NOTHING), "saved_at": 1e300},
        {**packed("a" * 64, NOTHING), "unreadable": 7},
        {**packed("a" * 64, NOTHING), "listed": None},
        {name: value for name, value in packed("a" * 64, NOTHING).items() if name != "records"},
    ],
)
def test_damaged_and_foreign_entries(value: Any) -> None:
    with pytest.raises(ForeignEntry):
        unpacked("a" * 64, value)


def test_an_entry_of_tomorrow_is_old() -> None:
    value = packed("a" * 64, NOTHING)
    value["saved_at"] += 86400
    assert unpacked("a" * 64, value).age > 86000
