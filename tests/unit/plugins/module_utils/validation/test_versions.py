# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions past their end of life, on a day that stays."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text import json_text
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    doubts,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.releases import (
    end_of_life,
)

NOW = datetime(2026, 6, 1, tzinfo=timezone.utc)
CHECKED = end_of_life(NOW.date()).checked


def found(wanted: Any, stored: Any = None, state: str = "merged") -> list[str]:
    policy = Policy()
    made = plan(stored or {}, wanted, state, policy)
    every = doubts(wanted, stored or {}, state, policy.root, (), made, now=NOW)
    return [str(one) for one in every if one.code == "end-of-life"]


def vhost(version: Any) -> dict[str, Any]:
    site = {"app_name": "shop", "server_name": "shop.be", "php_version": version}
    return {"system_users": [{"username": "prod", "vhosts": [site]}]}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            vhost("7.4"),
            f"PHP 7.4, whose support ended on 2022-11-28. Still supported, by the table of {CHECKED}: 8.2, 8.3, 8.4",
        ),
        ({"php_main_version": "8.1.27-fpm"}, "php_main_version is PHP 8.1.27, whose"),
        ({"mysql_version": json_text.Number("8.0")}, "mysql_version is MySQL 8.0, whose"),
        ({"elasticsearch_version": "7.x"}, "is Elasticsearch 7, whose"),
        ({"postgresql_version": 12}, "is PostgreSQL 12, whose"),
        ({"mariadb_version": "10.4"}, "is MariaDB 10.4, whose"),
    ],
)
def test_a_version_whose_makers_have_left_it_is_doubted(wanted: Any, said: str) -> None:
    (one,) = found(wanted)
    assert said in one


@pytest.mark.parametrize(
    "wanted",
    [
        vhost("8.3"),
        vhost("{{ php }}"),
        vhost("8"),
        vhost(True),
        {"mysql_version": "8.4", "redis_memory": "5gb", "varnish_version": "1"},
        # The last day of support is one.
        {"nodejs_version": "25"},
    ],
)
def test_what_is_supported_or_unknown_is_not(wanted: Any) -> None:
    assert found(wanted) == []


def test_what_is_stored_already_is_no_news() -> None:
    assert found(vhost("7.4"), vhost("7.4")) == []
    assert found({**vhost("7.4"), "redis_memory": "1gb"}, vhost("7.4"), "replaced") == []
    assert len(found(vhost("8.0"), vhost("7.4"))) == 1
    assert found({"system_users": [{"username": "prod"}]}, vhost("7.4"), "deleted") == []
