# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who says what, who wins, and what the platform holds, in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import Pattern
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import Layer
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.explain.explanation import (
    explained,
)


def site(**fields: str) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", **fields}]}]}


ALL = {
    "redis_memory": "2gb",
    "firewall_whitelist": ["192.0.2.1"],
    "api_password": "hunter2hunter2",
    **site(server_name="shop.example", php_version="8.2"),
}
GROUP = {"redis_memory": "4gb"}
HOST = {
    "redis_memory": "5gb",
    "firewall_whitelist": ["192.0.2.2"],
    "api_password": "other2other2",
    **site(server_name="www.shop.example", php_version="8.3"),
}
STORED = {
    "redis_memory": "2gb",
    "licence": "own",
    "firewall_whitelist": ["192.0.2.1", "192.0.2.2"],
    **site(server_name="shop.example", php_version="8.3"),
}
SHOP = "system_users[prod].vhosts[shop].server_name"


def told(path: str, stored: Any = None, **policy: Any) -> list[str]:
    known = Policy(**policy)
    layers = [Layer("all.yml", ALL), Layer("groups/g.yml", GROUP), Layer("hosts/x.yml", HOST)]
    return [str(one) for one in explained(Pattern(path), layered(layers, known), stored, known)]


@pytest.mark.parametrize(
    ("path", "wanted", "held"),
    [
        (
            "redis_memory",
            'redis_memory is "5gb", by hosts/x.yml over groups/g.yml ("4gb") over all.yml ("2gb").',
            'The platform holds "2gb".',
        ),
        (
            "system_users[prod].vhosts[shop].php_version",
            'system_users[prod].vhosts[shop].php_version is "8.3", by hosts/x.yml over all.yml ("8.2").',
            "The platform holds the same.",
        ),
        (
            "firewall_whitelist",
            "firewall_whitelist is [192.0.2.1, 192.0.2.2], by hosts/x.yml with all.yml ([192.0.2.1]).",
            "The platform holds the same.",
        ),
        (
            "**.vhosts.*.server_name",
            f'{SHOP} is "shop.example www.shop.example", by hosts/x.yml with all.yml ("shop.example").',
            'The platform holds "shop.example".',
        ),
        (
            "api_password",
            'api_password is "********", by hosts/x.yml over all.yml ("********").',
            "The platform holds nothing there.",
        ),
        ("licence", "licence: no file says anything of it.", 'The platform holds "own".'),
    ],
)
def test_a_place(path: str, wanted: str, held: str) -> None:
    assert told(path, STORED) == [f"{wanted} {held}"]


def test_where_nobody_asked_the_platform_nothing_is_said_of_it() -> None:
    (one,) = told("redis_memory")
    assert one.endswith('all.yml ("2gb").')


def test_what_is_declared_to_be_one_value_is_overlaid() -> None:
    (one,) = told("firewall_whitelist", lists={"firewall_whitelist": "replace"})
    assert one == "firewall_whitelist is [192.0.2.2], by hosts/x.yml over all.yml ([192.0.2.1])."


def test_what_nobody_knows() -> None:
    assert told("nothing", STORED) == []
    assert len(told("**.vhosts.*", STORED)) == 1
