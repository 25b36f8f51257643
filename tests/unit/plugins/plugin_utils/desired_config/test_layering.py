# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers of a desired configuration: the most exact wins, and messages name their source."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import Layer
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)

KEYS = st.sampled_from(["webserver", "redis_memory", "php_main_version"])
CONTENTS = st.dictionaries(KEYS, st.sampled_from(["a", "b", None, True]))


def vhost(**settings: str) -> dict[str, object]:
    return {
        "system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", **settings}]}],
    }


def test_the_last_layer_wins_and_neighbours_stay() -> None:
    layers = [
        Layer("all.yml", {"webserver": "nginx", "ssh_keys": ["ssh-ed25519 AAAA one"]}),
        Layer("groups/a.yml", vhost(php_version="8.2", app_type="shopware")),
        Layer("hosts/h.yml", {**vhost(php_version="8.3"), "ssh_keys": ["ssh-ed25519 BBBB two"]}),
    ]
    before = copy.deepcopy(layers)
    merged = layered(layers)
    assert merged.document == {
        "webserver": "nginx",
        "ssh_keys": ["ssh-ed25519 AAAA one", "ssh-ed25519 BBBB two"],
        **vhost(php_version="8.3", app_type="shopware"),
    }
    assert merged.warnings == ()
    assert layers == before


def test_no_layer_says_nothing() -> None:
    assert layered([]).document == {}


def test_lists_are_merged_as_the_policy_says() -> None:
    layers = [Layer("one", {"hooks": ["a"]}), Layer("two", {"hooks": ["b"]})]
    assert layered(layers, Policy(lists={"hooks": "replace"})).document == {"hooks": ["b"]}


@pytest.mark.parametrize("content", [None, [], "text", 7])
def test_a_layer_that_is_no_map_is_named(content: object) -> None:
    with pytest.raises(PlanError, match=r"^fleet/all\.yml holds no map\."):
        layered([Layer("fleet/all.yml", content)])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"php_version": 8.1}, "8.10 becomes 8.1"),
        ({"webserver": {"name": "nginx"}}, "webserver"),
        ({80: "x"}, "is not text"),
    ],
)
def test_a_layer_that_cannot_be_merged_is_named(
    content: dict[object, object], message: str
) -> None:
    layers = [Layer("all.yml", {"webserver": "nginx"}), Layer("hosts/h.yml", content)]
    with pytest.raises(PlanError, match=message) as refused:
        layered(layers)
    assert refused.value.message.startswith("hosts/h.yml: ")
    assert refused.value.hint


def test_a_version_that_is_a_number_may_be_allowed() -> None:
    policy = Policy(allow_float_versions=True)
    assert layered([Layer("a", {"php_version": 8.1})], policy).document == {"php_version": 8.1}


def test_warnings_name_their_source() -> None:
    merged = layered([Layer("all.yml", {"port": 80}), Layer("hosts/h.yml", {"port": "80"})])
    assert [text.partition(": ")[0] for text in merged.warnings] == ["hosts/h.yml"]


@given(st.lists(CONTENTS, max_size=4))
def test_what_is_layered_holds_afterwards(contents: list[dict[str, object]]) -> None:
    document = layered([Layer(str(n), content) for n, content in enumerate(contents)]).document
    expected: dict[str, object] = {}
    for content in contents:
        expected |= content
    assert document == expected
    if contents:
        assert not plan(document, contents[-1], "merged").changed
