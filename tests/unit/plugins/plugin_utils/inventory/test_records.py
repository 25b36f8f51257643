# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of rows, whatever a row lacks or has besides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.configured import (
    HOSTS,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.derived import NAMES
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.records import (
    Record,
    RecordMaker,
    listed,
)

ROW = {
    "id": 7,
    "client_id": 12,
    "active": 1,
    "name": "web1",
    "json": '{"webserver": "nginx", "api_token": "x"}',
    "created_at": "2026-01-01",
    "updated_at": "2026-01-02",
    "monitoring": {"load": {"load1": 0.5}},
}


def record(row: dict[str, Any], **options: Any) -> Record:
    maker = RecordMaker(**{"config": True, "monitoring": True, "secrets": "omit", **options})
    return maker.record(HOSTS.of({"id": 7, **row}))


def test_a_whole_row() -> None:
    made = record({**ROW, "further": "field"})
    assert {name: made[name] for name in made.keys() - set(NAMES)} == {
        **{name: ROW[name] for name in ROW.keys() - {"json"}},
        "active": True,
        "config": {"webserver": "nginx"},
    }
    assert json.loads(json.dumps(made)) == made


def test_an_empty_row() -> None:
    made = record({})
    assert made == {
        "id": 7,
        "name": "",
        **dict.fromkeys(("client_id", "active", "created_at", "updated_at", "monitoring")),
    }


def test_without_configuration_there_is_still_what_is_derived_from_it() -> None:
    made = record({**ROW, "json": '{"php_main_version": 8.3}'}, config=False, monitoring=False)
    assert made.keys() & {"config", "monitoring"} == set()
    assert made["php_versions"] == ["8.3"]


def test_an_unreadable_configuration_is_told_of() -> None:
    maker = RecordMaker(config=True, monitoring=True, secrets="omit")
    made = maker.record(HOSTS.of({**ROW, "json": "{", "name": "web\x1b1"}))
    assert made["config"] is None
    assert not made.keys() & set(NAMES)
    assert list(maker.unreadable) == ["web\\x1b1 (id 7)"]


@pytest.mark.parametrize("live", [[], None])
def test_monitoring_that_says_nothing(live: Any) -> None:
    assert not record({**ROW, "monitoring": live})["monitoring"]


def test_a_few_of_many() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(map(str, range(12)), 3) == "0, 1, 2 and 9 more"


def test_numbers_are_plain_and_no_key_is_ansibles() -> None:
    config = record({**ROW, "json": '{"a": 8.10, "__ansible_unsafe": "x"}'})["config"]
    assert config == {"a": 8.1, "___ansible_unsafe": "x"}
    # Not a number that remembers its text.
    assert config["a"].__class__ is float
