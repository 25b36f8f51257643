# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of several files says what a merged configuration holds."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files import reading
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    decryption,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.place import Place
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.walk import visit
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import (
    Layer,
    Origins,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)

FILES = {
    "all.yml": """\
webserver: nginx
redis_memory: 2gb
firewall_whitelist: ["192.0.2.1 # Office"]
system_users:
  - username: prod
    vhosts:
      - app_name: blog
        server_name: blog.example
      - app_name: shop
        server_name: shop.example
        php_version: "8.2"
""",
    "groups/shop.yml": """\
redis_memory: 4gb
system_users:
  - username: prod
    vhosts:
      # Found by its domain.
      - server_name: shop.example.
        nodejs_version: "22"
""",
    "hosts/x.yml": """\
redis_memory: 5gb
firewall_whitelist:
  - "192.0.2.9"
  - 192.0.2.1 # The office
system_users:
  - {username: staging}
  - username: prod
    vhosts: [{app_name: shop, php_version: "8.3"}]
""",
}


@pytest.fixture
def merged() -> tuple[dict[str, Any], Origins]:
    layers = []
    for name, text in FILES.items():
        said = reading.said(text, name, decryption(None))
        layers.append(Layer(name, said.document, said.lines))
    made = layered(layers)
    return made.document, made.origins


def place_of(document: Any, path: str) -> Place:
    return next(place for place, _value in visit(document, Policy().root) if str(place) == path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("webserver", ["all.yml:1"]),
        ("redis_memory", ["hosts/x.yml:1", "groups/shop.yml:1", "all.yml:2"]),
        ("firewall_whitelist", ["hosts/x.yml:2", "all.yml:3"]),
        ("firewall_whitelist[192.0.2.1 # Office]", ["hosts/x.yml:4", "all.yml:3"]),
        ("firewall_whitelist[192.0.2.9]", ["hosts/x.yml:3"]),
        ("system_users[prod].vhosts[shop].php_version", ["hosts/x.yml:8", "all.yml:11"]),
        ("system_users[prod].vhosts[shop].nodejs_version", ["groups/shop.yml:7"]),
        ("system_users[prod].vhosts[shop]", ["hosts/x.yml:8", "groups/shop.yml:6", "all.yml:9"]),
        ("system_users[prod].vhosts[blog]", ["all.yml:7"]),
        ("system_users[staging]", ["hosts/x.yml:6"]),
    ],
)
def test_who_says_what(merged: tuple[Any, Origins], path: str, said: list[str]) -> None:
    document, origins = merged
    place = place_of(document, path)
    assert [str(origin) for origin, _value in origins.saying(place)] == said
    assert str(origins.of(place)) == said[0]


def test_of_what_nobody_says_the_nearest_above_is_named(merged: tuple[Any, Origins]) -> None:
    document, origins = merged
    vhost = place_of(document, "system_users[prod].vhosts[blog]")
    assert str(origins.of(vhost.below("cert_type"))) == "all.yml:7"
    assert origins.of(Policy().root.below("mysql_version")) is None


def test_without_lines_there_is_the_file() -> None:
    made = layered([Layer("all.json", {"webserver": "nginx"})])
    assert str(made.origins.of(place_of(made.document, "webserver"))) == "all.json"
