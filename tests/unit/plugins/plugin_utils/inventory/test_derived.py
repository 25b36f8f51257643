# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flat variables out of configurations."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.derived import (
    NAMES,
    derived,
)
from simulator import Fleet

CONFIG = {
    "php_main_version": 8.3,
    "mysql_version": 8.0,
    "postgresql_version": "16",
    "system_users": [
        {
            "username": "shop",
            "vhosts": [
                {
                    "server_name": "www.b.example b.example",
                    "app_type": "magento2",
                    "php_version": 8.1,
                },
                {"server_name": "blog.b.example", "app_type": "wordpress", "php_version": "8.10"},
            ],
        },
        {"username": "docs", "vhosts": [{"server_name": "b.example", "app_type": "magento2"}]},
    ],
}


def test_each_thing_once() -> None:
    assert derived(CONFIG) == {
        "domains": ["www.b.example", "b.example", "blog.b.example"],
        "app_types": ["magento2", "wordpress"],
        "php_versions": ["8.1", "8.3", "8.10"],
        "system_users": ["shop", "docs"],
        "mysql_version": "8.0",
        "postgresql_version": "16",
    }


def test_nothing_out_of_nothing() -> None:
    found = derived({})
    assert set(found) == set(NAMES)
    assert not any(found.values())


@pytest.mark.parametrize(
    "users", [None, "x", 7, {"shop": {}}, [None, 7, "x", ["y"], {"vhosts": "z"}, {"username": 7}]]
)
def test_other_shapes_are_passed_over(users: object) -> None:
    assert derived(
        {"system_users": users, "php_main_version": True, "mysql_version": [8]}
    ) == derived({})


def test_of_realistic_documents() -> None:
    for host in Fleet.generate(hosts=30).hosts.values():
        found = derived(host.document or {})
        assert bool(found["domains"]) == bool(host.document)
        assert all(" " not in domain for domain in found["domains"])
