# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff that people read."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.diff import diff

PEM = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
BEFORE: dict[str, Any] = {
    "webserver": "nginx",
    "redis_memory": "5gb",
    "ssh_keys": ["ssh-ed25519 AAAAC3Nza alice", "ssh-ed25519 AAAAC3Nzb bob"],
    "system_users": [
        {"username": "stage", "vhosts": []},
        {
            "note": "x",
            "username": "prod",
            "vhosts": [
                {"app_name": "blog"},
                {
                    "app_type": "magento2",
                    "server_name": "shop.test",
                    "app_name": "shop",
                    "cert_pvk": PEM.format("one"),
                    "cert_fullchain": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n",
                    "php_version": "8.2",
                },
                {"server_name": "a.test b.test", "size": 1},
            ],
        },
    ],
}


def with_shop(**changes: Any) -> dict[str, Any]:
    stage, prod = BEFORE["system_users"]
    blog, shop, other = prod["vhosts"]
    return {
        **BEFORE,
        "system_users": [stage, {**prod, "vhosts": [blog, {**shop, **changes}, other]}],
    }


def unified(before: dict[str, Any], after: dict[str, Any], **policy: Any) -> list[str]:
    """What Ansible makes of it: three lines of context."""
    shown = diff(before, after, "host", Policy(**policy))
    lines = (shown[side].splitlines() for side in ("before", "after"))
    return list(difflib.unified_diff(*lines, lineterm=""))[3:]


def test_a_change_is_shown_with_the_user_and_the_vhost_it_belongs_to() -> None:
    assert unified(BEFORE, with_shop(php_version="8.3")) == [
        "   - username: prod",
        "     vhosts:",
        "       - app_name: shop",
        "-        php_version: '8.2'",
        "+        php_version: '8.3'",
    ]


def test_the_texts_hold_nothing_but_what_changes() -> None:
    shown = diff(BEFORE, with_shop(php_version="8.3"), "host shop-1 (id 7)\x1b")
    head = "system_users:\n  - username: prod\n    vhosts:\n      - app_name: shop\n"
    assert shown == {
        "before": f"{head}        php_version: '8.2'\n",
        "after": f"{head}        php_version: '8.3'\n",
        "before_header": "host shop-1 (id 7)\\x1b",
        "after_header": "host shop-1 (id 7)\\x1b",
    }
    assert yaml.safe_load(shown["after"])


def test_a_changed_secret_reads_as_changed() -> None:
    shown = diff(BEFORE, with_shop(cert_pvk=PEM.format("two")), "host")
    assert shown["before"].endswith("cert_pvk: '********'\n")
    assert shown["after"].endswith("cert_pvk: '******** (changed)'\n")
    assert diff(BEFORE, with_shop(cert_pvk=PEM.format("six")), "host") == shown


def test_secrets_in_what_comes_and_goes_are_masked() -> None:
    shown = diff({"a": {"password": "x"}}, {"b": [{"password": "y"}]}, "host")
    assert shown["before"] == "a:\n  password: '********'\n"
    assert shown["after"] == "b:\n  - password: '********'\n"
    shown = diff({"licence": "x"}, {"licence": "y"}, "host", Policy(secret_paths=["licence"]))
    assert shown["before"] == "licence: '********'\n"
    assert shown["after"] == "licence: '******** (changed)'\n"


@pytest.mark.parametrize(
    ("before", "after", "shown_before", "shown_after"),
    [
        ({"p": ["a", "b"]}, {"p": ["a", "b", "c"]}, "p:\n", "p:\n  - c\n"),
        ({"p": ["a", "b"]}, {"p": ["b"]}, "p:\n  - a\n", "p:\n"),
        ({"p": ["a", "b"]}, {"p": ["b", "a"]}, "p:\n  - a\n  - b\n", "p:\n  - b\n  - a\n"),
        ({"p": ["a", "b", "c"]}, {"p": ["c", "d", "a"]},
         "p:\n  - a\n  - b\n  - c\n", "p:\n  - c\n  - d\n  - a\n"),
        ({"m": {"a": 1}}, {"m": {"a": 1, "b": 2}}, "m:\n", "m:\n  b: 2\n"),
        ({"m": {"a": 1, "b": 2, "c": 3}}, {"m": {"b": 2, "c": 4}}, "m:\n  a: 1\n  c: 3\n", "m:\n  c: 4\n"),
        ({"a": 1}, {"a": 1}, "", ""),
        ({}, {"a": 1}, "", "a: 1\n"),
        ({"a": 1}, {}, "a: 1\n", ""),
        ({"l": [{"x": 1}]}, {"l": [{"x": 1}, {"x": 2}]}, "l:\n", "l:\n  - x: 2\n"),
        ({"ftp": [{"user": "b", "x": 1}, {"user": "a", "x": 1}]},
         {"ftp": [{"user": "a", "x": 2}, {"user": "b", "x": 1}]},
         "ftp:\n  - user: b\n  - user: a\n    x: 1\n", "ftp:\n  - user: a\n    x: 2\n  - user: b\n"),
        ({"l": [{"x": 1}, {"x": 2}]}, {"l": [{"x": 2}, {"x": 1}]},
         "l:\n  - x: 1\n  - x: 2\n", "l:\n  - x: 2\n  - x: 1\n"),
        ({"hooks": [{"name": "a", "size": 1}]}, {"hooks": [{"name": "a"}]}, "hooks:\n  - name: a\n    size: 1\n",
         "hooks:\n  - name: a\n"),
        ({f"ghp_{'x' * 36}": {"a": 1}}, {f"ghp_{'x' * 36}": {"a": 2}},
         "'********':\n  a: 1\n", "'********':\n  a: 2\n"),
        ({"firewall_whitelist": ["1.2.3.4 # a"]}, {"firewall_whitelist": ["1.2.3.4 # b"]},
         "firewall_whitelist:\n  - '1.2.3.4 # a'\n", "firewall_whitelist:\n  - '1.2.3.4 # b'\n"),
    ],
)  # fmt: skip
def test_excerpts(
    before: dict[str, Any], after: dict[str, Any], shown_before: str, shown_after: str
) -> None:
    shown = diff(before, after, "host")
    assert (shown["before"], shown["after"]) == (shown_before, shown_after)


def test_a_vhost_is_named_by_its_domains_where_it_has_no_application() -> None:
    after = {**BEFORE, "system_users": [BEFORE["system_users"][0], {**BEFORE["system_users"][1]}]}
    vhosts = list(after["system_users"][1]["vhosts"])
    vhosts[2] = {**vhosts[2], "size": 2}
    after["system_users"][1]["vhosts"] = vhosts
    assert diff(BEFORE, after, "host")["before"] == (
        "system_users:\n  - username: prod\n    vhosts:\n      - server_name: a.test b.test\n        size: 1\n"
    )


def test_control_characters_are_escaped() -> None:
    shown = diff({"a": "x"}, {"a": "\x1b[2K\rclean", "\u202eb": "1\n2\n"}, "host")
    assert shown["after"] == 'a: "\\x1b[2K\\rclean"\n"\\u202eb": |\n  1\n  2\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"m": {"licence": "S1"}}, {"m": {}}),
        ({"m": {}}, {"m": {"licence": "S1"}}),
        ({"m": {"a": 1}}, {"m": {"a": 1, "licence": {"deep": "S1"}}}),
        ({"m": {"a": 1, "licence": {"deep": "S1"}}}, {"m": {"a": 1}}),
        ({"licences": ["S1", "S2"]}, {"licences": ["S1"]}),
        ({"licences": ["S1"]}, {"licences": ["S1", "S2"]}),
        ({"licences": ["S1", "S2"]}, {"licences": ["S2", "S1"]}),
        ({"ftp": [{"user": "S1"}, {"user": "S2"}]}, {"ftp": [{"user": "S2"}, {"user": "S1"}]}),
        ({"ftp": [{"user": "S1", "x": 1}]}, {"ftp": [{"user": "S1", "x": 2}]}),
        ({"l": [["S1"], ["a"]]}, {"l": [["a"], ["S1"]]}),
        ({"hooks": [{"name": "a"}, {"name": "b", "x": "S1"}]}, {"hooks": [{"name": "a"}, {"name": "b", "x": "S2"}]}),
        ({"hooks": [{"name": "b", "x": "S1"}]}, {"hooks": []}),
    ],
)  # fmt: skip
def test_what_the_user_calls_secret_is_masked_wherever_it_is_shown(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    paths = ["**.licence", "licences", "ftp.*.user", "l", "hooks[b].x"]
    shown = diff(before, after, "host", Policy(secret_paths=paths))
    assert "********" in shown["before"] + shown["after"]
    assert "S1" not in str(shown)
    assert "S2" not in str(shown)


def test_keys_that_hold_secrets_stay_apart() -> None:
    one, other = f"ghp_{'x' * 36}", f"gho_{'x' * 36}"
    assert diff({one: 1, other: 1}, {one: 2, other: 3}, "host")["after"] == (
        "'********': 2\n'******** (2)': 3\n"
    )
    assert diff({}, {one: 1, other: 1}, "host")["after"] == "'********': 1\n'******** (2)': 1\n"


def test_a_diff_follows_the_policy() -> None:
    assert (
        diff({"a": "x"}, {"a": "x "}, "host", Policy(comparison="strict"))["after"] == "a: 'x '\n"
    )
    lists = {"hooks": {"by": "event"}}
    before = {"hooks": [{"event": "a", "x": 1}, {"event": "b"}]}
    after = {"hooks": [{"event": "a", "x": 2}, {"event": "b"}]}
    assert (
        diff(before, after, "host", Policy(lists=lists))["before"]
        == "hooks:\n  - event: a\n    x: 1\n"
    )
