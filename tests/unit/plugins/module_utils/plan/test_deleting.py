# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(deleted): exactly what is named."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import Plan, plan

SHOP = {
    "app_name": "shop",
    "server_name": "shop.test www.shop.test",
    "php_version": "8.2",
    "opt": {"a": 1},
}
BLOG = {"server_name": "blog.test", "php_version": "8.1"}


def document() -> dict[str, Any]:
    return {
        "webserver": "nginx",
        "os_extra_packages": ["htop", "vim"],
        "pmm_master": {"server_hostname": "x", "port": 1},
        "system_users": [
            {"username": "prod", "vhosts": [dict(SHOP), dict(BLOG)], "ftp": [{"user": "up"}]},
            {"username": "stage"},
        ],
    }


def deleted(config: dict[str, Any], **policy: Any) -> Plan:
    made = plan(document(), config, "deleted", Policy(**policy))
    assert apply(document(), made.changes) == made.payload
    return made


def in_prod(*vhosts: dict[str, Any]) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": list(vhosts)}]}


def told(config: dict[str, Any], **policy: Any) -> list[str]:
    return [change.summary() for change in deleted(config, **policy).changes]


@pytest.mark.parametrize(
    ("config", "changes"),
    [
        ({"webserver": None}, ['webserver: removed "nginx"']),
        ({"pmm_master": {}}, ["pmm_master: removed {2 keys}"]),
        ({"webserver": "nginx "}, ['webserver: removed "nginx"']),
        ({"pmm_master": {"port": None}}, ["pmm_master.port: removed 1"]),
        ({"pmm_master": {"port": 1, "server_hostname": "x"}}, [
            "pmm_master.port: removed 1", 'pmm_master.server_hostname: removed "x"']),
        ({"os_extra_packages": ["vim", "nano"]}, ['os_extra_packages[vim]: removed "vim"']),
        ({"system_users": [{"username": "stage"}]}, ["system_users[stage]: removed {1 key}"]),
        (in_prod({"app_name": "shop"}), ["system_users[prod].vhosts[shop]: removed {4 keys}"]),
        (in_prod({"server_name": "www.shop.test"}), ["system_users[prod].vhosts[shop]: removed {4 keys}"]),
        (in_prod({"server_name": "blog.test", "app_name": "b"}),
         ["system_users[prod].vhosts[blog.test]: removed {2 keys}"]),
        (in_prod(SHOP), ["system_users[prod].vhosts[shop]: removed {4 keys}"]),
        (in_prod({"app_name": "shop", "php_version": None}),
         ['system_users[prod].vhosts[shop].php_version: removed "8.2"']),
        (in_prod({"app_name": "shop", "opt": {"a": None}}), ["system_users[prod].vhosts[shop].opt.a: removed 1"]),
        (in_prod({"app_name": "shop", "server_name": "WWW.shop.test x.test"}),
         ['system_users[prod].vhosts[shop].server_name: "shop.test www.shop.test" → "shop.test"']),
        (in_prod({"app_name": "shop", "server_name": "www.shop.test shop.test"}),
         ['system_users[prod].vhosts[shop].server_name: removed "shop.test www.shop.test"']),
        ({"system_users": [{"username": "prod", "ftp": [{"user": "up"}], "vhosts": None}]},
         ["system_users[prod].ftp[up]: removed {1 key}", "system_users[prod].vhosts: removed [2 items]"]),
    ],
)  # fmt: skip
def test_what_is_named_goes(config: dict[str, Any], changes: list[str]) -> None:
    assert told(config) == changes


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"nothing": None},
        {"os_extra_packages": []},
        {"os_extra_packages": ["nano"]},
        {"system_users": [{"username": "dev"}]},
        {"pmm_master": {"other": None}},
        {"pmm_master": []},
        in_prod({"app_name": "blog"}),
        in_prod({"app_name": "shop", "note": None}),
        in_prod({"app_name": "shop", "server_name": "x.test"}),
        {"system_users": [{"username": "stage", "vhosts": [{"app_name": "shop"}]}]},
    ],
)
def test_what_is_not_there_is_no_change(config: dict[str, Any]) -> None:
    current = document()
    made = plan(current, config, "deleted")
    assert made.payload is current
    assert made.warnings == ()


def test_the_rest_stays_as_it_is() -> None:
    current = document()
    payload = plan(current, in_prod({"app_name": "shop"}), "deleted").payload
    assert payload == {
        **document(),
        "system_users": [
            {"username": "prod", "vhosts": [BLOG], "ftp": [{"user": "up"}]},
            {"username": "stage"},
        ],
    }
    assert payload["pmm_master"] is current["pmm_master"]
    assert payload["system_users"][1] is current["system_users"][1]
    assert current == document()


def test_another_value_than_the_one_named_stays_with_a_warning() -> None:
    made = deleted({"webserver": "apache", "pmm_master": {"port": 1}})
    assert [change.summary() for change in made.changes] == ["pmm_master.port: removed 1"]
    assert len(made.warnings) == 1
    assert made.warnings[0].startswith("webserver has another value than the one named")
    assert "apache" not in made.warnings[0]


def test_the_last_entry_leaves_an_empty_list() -> None:
    current = {"system_users": [{"username": "a"}], "p": ["x"]}
    assert plan(current, {"system_users": [{"username": "a"}], "p": ["x"]}, "deleted").payload == {
        "system_users": [],
        "p": [],
    }


def test_an_entry_that_is_named_as_a_whole_goes_as_a_whole() -> None:
    entry = {"username": "new", "note": None, "vhosts": [{"app_name": "x", "php_version": "8.3"}]}
    current = {"system_users": [{"username": "old"}, entry]}
    made = plan(current, {"system_users": [entry]}, "deleted")
    assert made.payload == {"system_users": [{"username": "old"}]}


def test_an_entry_stays_where_only_what_is_within_it_is_named() -> None:
    # Equal to what is stored, and yet it is the vhost that is named, not its user.
    for vhost in ({"app_name": "x"}, {"server_name": "a.test"}):
        entry = {"username": "prod", "vhosts": [vhost]}
        made = plan({"system_users": [entry]}, {"system_users": [entry]}, "deleted")
        assert made.payload == {"system_users": [{"username": "prod", "vhosts": []}]}
    deeper = {"username": "prod", "more": {"hooks": [{"name": "a", "steps": [{"id": 1}]}]}}
    made = plan({"system_users": [deeper]}, {"system_users": [deeper]}, "deleted")
    assert made.payload["system_users"][0]["more"] == {"hooks": [{"name": "a", "steps": []}]}


def test_ssh_keys_go_by_material_and_addresses_by_address() -> None:
    current = {
        "ssh_keys": ["ssh-ed25519 AAAAC3Nza alice", "ssh-ed25519 AAAAC3Nzb bob"],
        "firewall_whitelist": ["1.2.3.4 # Home", "5.6.7.8", "1.2.3.4 # Again"],
    }
    config = {"ssh_keys": ["ssh-ed25519 AAAAC3Nza"], "firewall_whitelist": ["1.2.3.4"]}
    assert plan(current, config, "deleted").payload == {
        "ssh_keys": ["ssh-ed25519 AAAAC3Nzb bob"],
        "firewall_whitelist": ["5.6.7.8"],
    }


def test_lists_can_be_declared() -> None:
    current = {"l": [{"event": "x", "run": "a"}, {"event": "y", "run": "b"}], "p": ["a", "b"]}
    by = plan(current, {"l": [{"event": "y"}]}, "deleted", Policy(lists={"l": {"by": "event"}}))
    assert by.payload["l"] == [{"event": "x", "run": "a"}]
    union = plan(
        current,
        {"l": [{"run": "b", "event": "y"}, {"event": "x"}]},
        "deleted",
        Policy(lists={"l": "union"}),
    )
    assert union.payload["l"] == [{"event": "x", "run": "a"}]
    whole = Policy(lists={"p": "replace"})
    assert "p" not in plan(current, {"p": ["a", "b"]}, "deleted", whole).payload
    made = plan(current, {"p": ["a"]}, "deleted", whole)
    assert made.payload is current
    assert len(made.warnings) == 1


def test_what_cannot_be_told_apart_is_an_error() -> None:
    with pytest.raises(PlanError, match="cannot be told apart"):
        plan({"l": [{"x": 1}]}, {"l": [{"x": 1}]}, "deleted")
    assert plan({"l": []}, {"l": [{"x": 1}]}, "deleted").changes == ()
    with pytest.raises(PlanError, match="has no username"):
        deleted({"system_users": [{"vhosts": None}]})
    with pytest.raises(PlanError, match="may mean"):
        plan({"ftp": [{"user": "a"}, {"user": "a"}]}, {"ftp": [{"user": "a"}]}, "deleted")


@pytest.mark.parametrize("config", [{"webserver": ["nginx"]}, {"webserver": {"a": 1}}, {"pmm_master": "x"},
                                    {"os_extra_packages": "vim"}, {"os_extra_packages": {"vim": None}}])  # fmt: skip
def test_another_kind_is_refused(config: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match="is stored as a"):
        deleted(config)


@pytest.mark.parametrize("blank", [None, "", {}, []])
def test_nothing_can_be_taken_out_of_nothing(blank: Any) -> None:
    for named in ([{"name": "x"}], ["x"], {"x": None}):
        assert plan({"k": blank}, {"k": named}, "deleted").changes == ()


def test_blank_text_names_blank_text() -> None:
    assert plan({"k": None}, {"k": ""}, "deleted").payload == {}
    assert plan({"k": "x"}, {"k": ""}, "deleted").payload == {"k": "x"}


def test_strict_comparison_wants_the_very_value() -> None:
    assert told({"webserver": "nginx "}, comparison="strict") == []


def test_what_is_not_there_does_not_end_the_walk() -> None:
    assert told({"nothing": None, "webserver": None}) == ['webserver: removed "nginx"']
    assert told({"system_users": [{"username": "dev"}, {"username": "stage"}]}) == [
        "system_users[stage]: removed {1 key}"
    ]


def test_several_domains_may_stay() -> None:
    current = {"vhosts": [{"app_name": "x", "server_name": "a.test b.test c.test"}]}
    config = {"vhosts": [{"app_name": "x", "server_name": "b.test"}]}
    assert plan(current, config, "deleted").payload["vhosts"][0]["server_name"] == "a.test c.test"


def test_an_empty_list_names_nothing_even_where_entries_cannot_be_told_apart() -> None:
    current = {"l": [{"x": 1}], "m": {"a": 1}}
    assert plan(current, {"l": [], "m": []}, "deleted").payload is current


def test_identity_needs_both_sides() -> None:
    # "name" is unique in what is named, but not in what is stored.
    current = {"l": [{"name": "a", "id": 1}, {"name": "a", "id": 2}]}
    made = plan(current, {"l": [{"name": "a", "id": 2}]}, "deleted")
    assert made.payload == {"l": [{"name": "a", "id": 1}]}
    assert plan(current, {"l": [{"id": 2, "name": "b"}]}, "deleted").payload["l"][1] == {
        "name": "a",
        "id": 2,
    }


def test_identity_needs_every_entry_that_is_named() -> None:
    current = {"l": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}
    assert plan(current, {"l": [{"id": 2}]}, "deleted").payload == {"l": [{"name": "a", "id": 1}]}
