# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ready-made groups."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.ready_groups import (
    KINDS,
    ReadyGroups,
)

RECORD: dict[str, Any] = {
    "id": 7,
    "client_id": 12,
    "active": True,
    "app_types": ["magento2", "{{ lookup('pipe', 'id') }}"],
    "php_versions": ["8.1", "8.3"],
    "mysql_version": "8.0",
    "postgresql_version": "16",
}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("client", ["turbostack_client_12"]),
        ("active", ["turbostack_active"]),
        ("app_type", ["turbostack_app_magento2", "turbostack_app____lookup__pipe____id_____"]),
        ("php_version", ["turbostack_php_8_1", "turbostack_php_8_3"]),
        ("mysql_version", ["turbostack_mysql_8_0"]),
        ("postgresql_version", ["turbostack_postgresql_16"]),
    ],
)
def test_by_kind(kind: str, names: list[str]) -> None:
    assert ReadyGroups([kind]).of(RECORD) == names


def test_what_is_not_known_gives_no_group() -> None:
    groups = ReadyGroups(list(KINDS))
    assert groups.of({"id": 7, "client_id": None, "active": None}) == []
    assert groups.of({"id": 7, "client_id": None, "active": False}) == ["turbostack_inactive"]


def test_all_names_are_known_beforehand() -> None:
    assert ReadyGroups(["client", "active"]).of_all([RECORD, {**RECORD, "active": False}]) == {
        "turbostack_client_12",
        "turbostack_active",
        "turbostack_inactive",
    }
    assert ReadyGroups([]).of_all([RECORD]) == set()
