# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the parts of a value of a play are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.walk import visit
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import (
    NOWHERE,
    Origins,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config import written
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.written import (
    origins_of,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.plain import plain

TEXT = """\
webserver: nginx
redis_enabled: true
ssh_keys:
  - one
  - two
system_users:
  - username: prod
    vhosts:
      - app_name: shop
        php_version: null
"""

needs_tags = pytest.mark.skipif(
    written._TAG_OF is None, reason="this ansible-core does not say where values are written"
)


@pytest.fixture
def value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.yml").write_text(TEXT, encoding="utf-8")
    return DataLoader().load_from_file(str(tmp_path / "site.yml"))


def said(origins: Origins, document: Any, path: str) -> str | None:
    place = next(one for one, _value in visit(document, Policy().root) if str(one) == path)
    found = origins.of(place)
    return str(found) if found else None


@needs_tags
@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("webserver", 1),
        # What has no tag itself stands beside its key.
        ("redis_enabled", 2),
        ("ssh_keys", 3),
        ("ssh_keys[two]", 5),
        ("system_users[prod]", 7),
        ("system_users[prod].vhosts[shop]", 9),
        ("system_users[prod].vhosts[shop].php_version", 10),
    ],
)
def test_each_part_has_its_line(value: Any, path: str, line: int) -> None:
    assert said(origins_of(value), plain(value), path) == f"site.yml:{line}"


@needs_tags
def test_of_what_a_filter_has_made_nothing_is_said(value: Any) -> None:
    made = {**value, "redis_memory": "5gb", "firewall": {"whitelist": ["192.0.2.1"]}}
    for path in ("redis_memory", "firewall", "firewall.whitelist", "firewall.whitelist[192.0.2.1]"):
        assert said(origins_of(made), plain(made), path) is None
    assert said(origins_of(made), plain(made), "webserver") == "site.yml:1"


def test_what_is_no_map_is_written_nowhere() -> None:
    for value in (None, "{}", [], 1):
        assert origins_of(value) is NOWHERE


def test_a_core_that_does_not_say_it_is_none_the_worse(
    value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_TAG_OF", None)
    assert origins_of(value) is NOWHERE
