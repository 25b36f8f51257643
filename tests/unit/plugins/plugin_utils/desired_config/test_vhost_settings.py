# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same settings for the vhosts that fit."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from unit.plugins.module_utils.plan.documents import documents, patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.vhost_settings import (
    settings_for_vhosts,
)

NEW = {"php_version": "8.3"}
STORED = {
    "system_users": [
        {
            "username": "prod",
            "vhosts": [
                {"app_name": "shop", "app_type": "shopware", "php_version": 8.2, "cert_pvk": "x"},
                {"server_name": "a.b {{ c }}", "app_type": "shopware", "php_version": "8.2"},
                {"app_name": "blog", "app_type": "wordpress", "php_version": "8.2"},
                {"app_name": "old", "app_type": "shopware", "php_version": True},
                {"app_type": "shopware", "php_version": "7.4"},
            ],
        },
        {"username": "ops", "vhosts": []},
        {"username": "docs"},
    ]
}


def test_those_that_fit_are_named_and_nothing_else_is() -> None:
    where = {"app_type": "shopware", "php_version": "8.2"}
    desired = settings_for_vhosts(STORED, NEW, where)
    assert desired == {
        "system_users": [
            {
                "username": "prod",
                "$create": False,
                "vhosts": [
                    {"app_name": "shop", "$create": False, **NEW},
                    {"server_name": "a.b", "$create": False, **NEW},
                ],
            }
        ]
    }
    planned = plan(STORED, desired, "merged")
    assert len(planned.changes) == 2
    assert settings_for_vhosts(planned.payload, NEW, where) == {}


@pytest.mark.parametrize(
    ("where", "fit"),
    [
        ({"username": "prod*", "app_name": "shop"}, ["shop"]),
        ({"username": "stag*"}, []),
        ({"domain": "*.STAGING.example"}, ["new"]),
        ({"domain": "bücher.example"}, ["books"]),
        ({"domain": "xn--bcher-kva.*"}, ["books"]),
        ({"domain": "staging.example"}, []),
        ({"domain": "*", "username": "ops"}, ["new"]),
        ({"homedir": "*"}, []),
    ],
)
def test_a_pattern_for_a_domain_or_for_the_user(where: dict[str, Any], fit: list[str]) -> None:
    stored = {
        "system_users": [
            {
                "username": "production",
                "vhosts": [
                    {"app_name": "shop"},
                    {"app_name": "books", "server_name": "bücher.example"},
                ],
            },
            {
                "username": "ops",
                "vhosts": [{"app_name": "new", "server_name": "a.b c.staging.example"}],
            },
        ]
    }
    desired = settings_for_vhosts(stored, NEW, where)
    named = [
        vhost["app_name"] for user in desired.get("system_users", []) for vhost in user["vhosts"]
    ]
    assert named == fit


@pytest.mark.parametrize("document", [{}, {"system_users": None}, {"system_users": [{}, "x"]}])
def test_nothing_fits_where_nothing_is(document: Any) -> None:
    assert settings_for_vhosts(document, NEW, {}) == {}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (None, "no configuration"),
        ({"system_users": {"prod": {}}}, "system_users is no list"),
        ({"system_users": [{"vhosts": [{"app_name": "x"}]}]}, "has no username"),
        ({"system_users": [{"username": "p", "vhosts": [{}]}]}, r"vhosts\[#0\] has neither"),
    ],
)
def test_what_cannot_be_named_is_an_error(document: Any, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        settings_for_vhosts(document, NEW, {})


@patiently
@given(documents())
def test_what_is_planned_is_what_is_meant(document: dict[str, Any]) -> None:
    try:
        desired = settings_for_vhosts(document, {"tuned": True}, {})
        planned = plan(document, desired, "merged")
    except PlanError:
        return
    assert all(change.path[-1] == "tuned" for change in planned.changes)


def test_what_is_gone_meanwhile_does_not_come_back() -> None:
    desired = settings_for_vhosts(STORED, NEW, {"app_type": "shopware", "php_version": "8.2"})
    for gone in ("shop", None):
        stored = copy.deepcopy(STORED)
        user = stored["system_users"][0]
        if gone:
            user["vhosts"] = [one for one in user["vhosts"] if one.get("app_name") != gone]
        else:
            del stored["system_users"][0]
        named = "system_users[prod].vhosts[shop]" if gone else "system_users[prod]"
        with pytest.raises(PlanError) as refused:
            plan(stored, desired, "merged")
        assert refused.value.message == f"{named} is not there."
        assert "settings_for_vhosts" in (refused.value.hint or "")


def test_nor_does_a_domain_that_is_gone_meanwhile() -> None:
    before = {"vhosts": [{"server_name": "a.test b.test"}]}
    desired = settings_for_vhosts(before, NEW, {})
    made = plan({"vhosts": [{"server_name": "c.test a.test"}]}, desired, "merged")
    assert made.payload == {"vhosts": [{"server_name": "c.test a.test", **NEW}]}


def test_a_list_of_domains_is_named_as_one() -> None:
    before = {"vhosts": [{"server_name": ["a.test", "b.test"]}]}
    desired = settings_for_vhosts(before, NEW, {})
    made = plan(before, desired, "merged")
    assert made.payload == {"vhosts": [{"server_name": ["a.test", "b.test"], **NEW}]}
