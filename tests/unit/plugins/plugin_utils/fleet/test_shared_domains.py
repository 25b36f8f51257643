# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain on two hosts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet.shared_domains import (
    Side,
    shared_domains,
)

ROOT = Policy().root
REST = (
    "serves as well. Leave it out of all but one of them, if they are not meant to share it. "
    "[served-elsewhere]"
)


def holding(*names: str) -> dict[str, Any]:
    sites = [{"app_name": f"app{n}", "server_name": name} for n, name in enumerate(names)]
    return {"system_users": [{"username": "prod", "vhosts": sites}]}


def side(host: str, before: Any, after: Any) -> Side:
    return Side(host, before, after, ROOT)


def told(*sides: Side) -> list[list[str]]:
    return [[str(finding) for _place, finding in found] for found in shared_domains(sides)]


def test_a_host_that_begins_to_serve_what_another_one_serves_is_told() -> None:
    stays = holding("shop.example www.shop.example")
    assert told(
        side("one", stays, stays), side("two", {}, holding("blog.example", "SHOP.example."))
    ) == [
        [],
        [f"system_users[prod].vhosts[app1].server_name names shop.example, which one {REST}"],
    ]


def test_of_hosts_that_begin_at_once_each_is_told() -> None:
    new = holding("shop.example")
    found = told(side("one", {}, new), side("two", {}, new), side("three", {}, new))
    assert [len(one) for one in found] == [1, 1, 1]
    assert "which one and 1 more serves as well" in found[1][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (holding("a.example"), holding("b.example")),
        (holding("_"), holding("_")),
        (holding("{{ domain }}"), holding("{{ domain }}")),
        ({"vhosts": "odd"}, holding("a.example")),
    ],
)
def test_what_is_not_shared_is_not_told(one: Any, other: Any) -> None:
    assert told(side("one", {}, one), side("two", {}, other)) == [[], []]


def test_what_both_serve_already_is_no_news() -> None:
    shared = holding("shop.example")
    more = {**shared, "redis_memory": "1gb"}
    assert told(side("one", shared, more), side("two", shared, shared)) == [[], []]
