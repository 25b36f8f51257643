# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(hostnames): fields and expressions in order of preference."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.preferences import (
    Names,
    preferences,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.trust import marking

from .test_connection import template

RECORD: dict[str, Any] = {
    "id": 7,
    "name": "web1",
    "client_id": 12,
    "active": True,
    "config": {"alias": "front", "evil": "{{ lookup('pipe', 'id') }}", "rate": 1.5},
    "app_types": ["magento2"],
}


class Plugin:
    """As much of an inventory plugin as names need."""

    def __init__(self) -> None:
        from ansible.utils.display import Display

        self.loader = DataLoader()
        self.display = Display()


def named(*entries: Any, **changes: Any) -> str:
    trusted = [
        {key: template(text) if key != "separator" else text for key, text in entry.items()}
        if isinstance(entry, dict)
        else template(entry)
        for entry in entries
    ]
    record = {**RECORD, **changes}
    if (mark := marking()) is not None:
        mark(record)
    name = Names(Plugin(), preferences(trusted)).of(record)
    assert name.__class__ is str
    return name


@pytest.mark.parametrize(
    ("entries", "name"),
    [
        (["name"], "web1"),
        (["id"], "7"),
        (["config.alias"], "front"),
        (["'client' ~ client_id ~ '-' ~ id"], "client12-7"),
        (["config.nowhere", "name"], "web1"),
        (["config.nowhere.deeper", "nowhere", "name"], "web1"),
        (["active", "config", "app_types", "name"], "web1"),
        (["config.rate"], "1.5"),
        (["app_types | first"], "magento2"),
        (["nowhere"], ""),
        ([{"name": "name", "prefix": "client_id"}], "12_web1"),
        ([{"name": "name", "prefix": "client_id", "separator": "-"}], "12-web1"),
        ([{"name": "name", "prefix": "nowhere", "separator": "-"}], "web1"),
        ([{"name": "name", "prefix": "'x'", "separator": ""}], "xweb1"),
        (["config.evil"], "{{ lookup('pipe', 'id') }}"),
    ],
)
def test_the_first_that_gives_a_name(entries: list[Any], name: str) -> None:
    assert named(*entries) == name


@pytest.mark.parametrize("name", ["", None, ["x"], {"x": 1}, True])
def test_what_is_no_name_is_passed_over(name: Any) -> None:
    assert named("name", "id", name=name) == "7"
