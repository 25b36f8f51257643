# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C($create) of an entry: it is never added, and never sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.walk import texts
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.existing import CREATE
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import Layer
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)

from .documents import documents, patiently

STORED = {"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop"}]}], "a": 1}


def user(name: str, *vhosts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"system_users": [{"username": name, "vhosts": list(vhosts), **more}]}


SHOP = {"app_name": "shop", CREATE: False, "x": 1}
BLOG = {"app_name": "blog", CREATE: False, "x": 1}


def test_an_entry_that_is_there_is_changed() -> None:
    made = plan(STORED, {**user("prod", SHOP, **{CREATE: False}), "b": 2}, "merged")
    assert made.payload == {**user("prod", {"app_name": "shop", "x": 1}), "a": 1, "b": 2}
    assert not plan(made.payload, user("prod", SHOP), "merged").changed


@pytest.mark.parametrize(
    ("desired", "named"),
    [
        (user("prod", BLOG), "system_users[prod].vhosts[blog]"),
        (user("gone", SHOP, **{CREATE: False}), "system_users[gone]"),
        # The user may be added, and with it comes what may not.
        (user("new", {"app_name": "a"}, BLOG), "system_users[new].vhosts[blog]"),
        ({"system_users": [{"username": "prod", "ftp": [{"user": "erp", CREATE: False}]}]},
         "system_users[prod].ftp[erp]"),
        ({"hooks": [{"name": "b", CREATE: False}]}, "hooks[b]"),
    ],
)  # fmt: skip
def test_one_that_is_not_there_is_an_error(desired: dict[str, Any], named: str) -> None:
    with pytest.raises(PlanError) as refused:
        plan(STORED, desired, "merged")
    assert refused.value.message == f"{named} is not there."
    assert "$create: false" in (refused.value.hint or "")


def test_others_beside_it_may_be_added() -> None:
    made = plan(STORED, user("prod", SHOP, {"app_name": "blog"}), "merged")
    assert [vhost["app_name"] for vhost in made.payload["system_users"][0]["vhosts"]] == [
        "shop",
        "blog",
    ]


@pytest.mark.parametrize(
    ("desired", "state", "said"),
    [
        (user("prod", SHOP), "replaced", "system_users[prod].vhosts[shop] says $create, so that this is a part"),
        ({CREATE: False}, "merged", "the document says $create, and is no entry"),
        ({"pmm_master": {CREATE: False}}, "merged", "pmm_master says $create, and is no entry"),
        ({"rules": [{CREATE: False}]}, "merged", "rules[#0] says $create, and is no entry"),
        (user("prod", {**SHOP, CREATE: True}), "merged", "says $create, whose one value is false"),
        (user("prod", {**SHOP, CREATE: 0}), "merged", "says $create, whose one value is false"),
    ],
)  # fmt: skip
def test_it_is_refused_wherever_it_would_be_sent(
    desired: dict[str, Any], state: str, said: str
) -> None:
    with pytest.raises(PlanError) as refused:
        plan(STORED, desired, state)
    assert said in refused.value.message


def test_nor_is_a_list_stored_with_it_as_it_is_given() -> None:
    for path in ("system_users", "system_users.*.vhosts"):
        with pytest.raises(PlanError):
            plan(STORED, user("prod", SHOP), "merged", Policy(lists={path: "replace"}))


def test_a_file_cannot_say_it() -> None:
    layers = [
        Layer("all.yml", user("prod", {"app_name": "shop"})),
        Layer("hosts/a.yml", user("prod", SHOP)),
    ]
    with pytest.raises(PlanError) as refused:
        layered(layers, Policy(prefix="rollout_"))
    assert refused.value.message.startswith(
        "hosts/a.yml: system_users[prod].vhosts[shop] says $create"
    )
    assert "rollout_create: false" in (refused.value.hint or "")


def test_what_is_deleted_need_not_be_there() -> None:
    assert not plan(STORED, user("prod", BLOG), "deleted").changed
    assert plan(
        STORED, user("prod", {"app_name": "shop", CREATE: False}), "deleted"
    ).payload == user("prod") | {"a": 1}


def test_it_travels_as_any_key_does() -> None:
    said = json.loads(json.dumps(yaml.safe_load(yaml.safe_dump(user("prod", SHOP)))))
    assert (
        plan(STORED, said, "merged").payload == plan(STORED, user("prod", SHOP), "merged").payload
    )


def marked(entry: dict[str, Any]) -> dict[str, Any]:
    vhosts = [{**vhost, CREATE: False} for vhost in entry.get("vhosts") or []]
    return {**entry, CREATE: False, **({"vhosts": vhosts} if vhosts else {})}


@patiently
@given(documents(), documents())
def test_it_changes_nothing_but_whether_something_is_added(
    stored: dict[str, Any], wanted: dict[str, Any]
) -> None:
    wanted = {"system_users": wanted.get("system_users") or []}
    said = {"system_users": [marked(entry) for entry in wanted["system_users"]]}
    try:
        expected = plan(stored, wanted, "merged", Policy(create=False)).payload
    except PlanError:
        with pytest.raises(PlanError):
            plan(stored, said, "merged", Policy(create=False))
        return
    found = plan(stored, said, "merged").payload
    assert found == expected
    assert CREATE not in texts(found)
