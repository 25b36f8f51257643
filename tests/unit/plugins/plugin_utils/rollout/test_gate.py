# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate behind a deployment: figures against limits, and where the vhosts are."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.health import (
    Health,
    judged,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.vhost_urls import (
    vhost_urls,
)

LIMITS = {"load_per_core": 2.0, "disk_percent": 90}


def test_within_the_limits() -> None:
    figures = {"load_per_core": 2.0, "disk_percent": 12.5, "memory_percent": 100}
    assert judged(figures, LIMITS, "fail") == Health()


@pytest.mark.parametrize("value", [90.1, 100, float("nan")])
def test_beyond_a_limit(value: float) -> None:
    found = judged({"load_per_core": 0.1, "disk_percent": value}, LIMITS, "accept")
    assert found.problems == (f"disk in use, in percent: {value:g}, the limit is 90",)


@pytest.mark.parametrize(("unknown", "healthy"), [("accept", True), ("fail", False)])
def test_what_the_platform_does_not_say_is_reported(unknown: str, healthy: bool) -> None:
    found = judged({"disk_percent": 1, "load_per_core": None}, LIMITS, unknown)
    assert bool(found.problems) is not healthy
    assert found.unknown == ("load for each core",)


def test_what_has_no_limit_is_not_looked_at() -> None:
    assert judged({}, {}, "fail") == judged({}, {"disk_percent": None}, "fail") == Health()


def vhosts(*names: Any) -> dict[str, Any]:
    return {"system_users": [{"username": "u", "vhosts": [{"server_name": n} for n in names]}]}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("www.shop.example shop.example", "https://www.shop.example/"),
        ("_ *.shop.example shop.example", "https://shop.example/"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
    ],
)
def test_the_first_plain_domain_of_a_vhost(name: str, url: str) -> None:
    assert vhost_urls(vhosts(name), "https", "/") == {"urls": [url], "skipped": []}


@pytest.mark.parametrize(
    "name",
    [
        *("*.shop.example", "~^(.+)$", "{{ domain }}", "_", "localhost", "127.0.0.1", "", None),
        *("shop.example/path", "user@shop.example", "shop.example:8080", 7.5),
    ],
)
def test_a_vhost_without_one_is_told(name: Any) -> None:
    found = vhost_urls(vhosts(name, "www.shop.example"), "http", "health")
    assert found == {"urls": ["http://www.shop.example/health"], "skipped": [str(name or "?")]}


@pytest.mark.parametrize(
    "config",
    [None, [], "text", {"system_users": None}, {"system_users": [3, {"vhosts": 3}]}, {"x": 1}],
)
def test_other_shapes_have_none(config: Any) -> None:
    assert vhost_urls(config, "https", "/") == {"urls": [], "skipped": []}


def test_each_address_once() -> None:
    config = vhosts("a.example", "a.example b.example", "c.example")
    assert vhost_urls(config, "https", "/")["urls"] == ["https://a.example/", "https://c.example/"]
