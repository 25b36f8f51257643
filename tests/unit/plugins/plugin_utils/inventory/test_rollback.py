# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A source that fails leaves nothing behind."""

from __future__ import annotations

import pytest
from ansible.inventory.data import InventoryData

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.rollback import (
    all_or_nothing,
)


def filled() -> InventoryData:
    inventory = InventoryData()
    inventory.add_group("old")
    inventory.add_host("old1", "old")
    inventory.set_variable("old1", "colour", "blue")
    inventory.get_groups_dict()
    return inventory


def add(inventory: InventoryData) -> None:
    inventory.add_group("new")
    inventory.add_group("parent")
    inventory.add_child("old", "new")
    inventory.add_child("parent", "new")
    inventory.add_host("new1", "new")
    inventory.add_host("new2", "old")
    inventory.add_host("old1", "new")
    inventory.add_host("localhost")
    inventory.set_variable("old1", "colour", "red")
    inventory.get_groups_dict()


def fail_over(inventory: InventoryData) -> None:
    with all_or_nothing(inventory):
        add(inventory)
        raise ZeroDivisionError


def test_an_error_takes_out_what_is_new() -> None:
    inventory = filled()
    with pytest.raises(ZeroDivisionError):
        fail_over(inventory)
    assert set(inventory.hosts) == {"old1"}
    assert set(inventory.groups) == {"all", "ungrouped", "old"}
    assert [host.name for host in inventory.groups["old"].get_hosts()] == ["old1"]
    assert [group.name for group in inventory.hosts["old1"].get_groups()] == ["old"]
    assert inventory.hosts["old1"].vars["colour"] == "blue"
    assert inventory.get_groups_dict()["old"] == ["old1"]
    assert inventory.localhost is None


def test_without_an_error_it_stays() -> None:
    inventory = filled()
    with all_or_nothing(inventory):
        add(inventory)
    assert set(inventory.hosts) == {"old1", "new1", "new2", "localhost"}
    assert {"new", "parent"} <= set(inventory.groups)
