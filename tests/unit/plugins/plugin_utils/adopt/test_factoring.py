# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Factoring: what is shared stands once, and the layers of any fleet give back what its hosts hold."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, strategies as st
from unit.plugins.module_utils.plan.documents import ANY_DOCUMENT, Document, documents, patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.reading import (
    document as read,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    masked,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import (
    MERGED,
    Policy,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import Layer
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.yaml_text import to_yaml
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.adopt.factoring import (
    CLIENT,
    EVERYONE,
    GROUP,
    HOST,
    KINDS,
    Member,
    Scope,
    factored,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.adopt.sayable import sayable
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)

AGENCY = {"username": "agency", "ssh_keys": ["ssh-ed25519 AAAA one"]}


ALL = (EVERYONE, "")


def member(host: str, document: Document, client: int | None = None, *groups: str) -> Member:
    of_client = () if client is None else ((CLIENT, str(client)),)
    return Member(host, (ALL, *of_client, *((GROUP, group) for group in groups)), document)


def files(layers: Mapping[Scope, Document], one: Member) -> list[Layer]:
    """What speaks of a host, from the most general to the most exact, as text that is read again."""
    said: list[tuple[str, Any]] = [
        (f"{kind} {name}", layers.get((kind, name), {}))
        for kind, name in (*one.scopes, (HOST, one.host))
    ]
    return [Layer(name, read(to_yaml(content) or "{}", name, str)) for name, content in said]


def test_what_is_shared_stands_once_and_where_it_is_shared() -> None:
    shop = {"username": "prod", "vhosts": [{"app_name": "shop", "server_name": "a.example"}]}
    blog = {"username": "prod", "vhosts": [{"app_name": "shop", "server_name": "b.example"}]}
    everywhere = {"webserver": "nginx", "firewall_whitelist": ["192.0.2.1 # Office"]}
    fleet = [
        member("a", {**everywhere, "system_users": [AGENCY, shop], "redis_memory": "2gb"}, 1, "x"),
        member("b", {**everywhere, "system_users": [blog, AGENCY], "redis_memory": "2gb"}, 1),
        member(
            "c",
            {
                "webserver": "nginx",
                "firewall_whitelist": ["192.0.2.7 # Home", "192.0.2.1 # Office"],
                "system_users": [AGENCY],
                "php_main_version": "8.3",
            },
            2,
            "x",
        ),
        member("d", {**everywhere, "system_users": [AGENCY], "php_main_version": "8.3"}, 2, "x"),
    ]
    before = copy.deepcopy(fleet)
    layers = factored(fleet)
    assert layers == {
        ALL: {**everywhere, "system_users": [AGENCY]},
        (CLIENT, "1"): {"redis_memory": "2gb"},
        (CLIENT, "2"): {"php_main_version": "8.3"},
        (HOST, "a"): {"system_users": [shop]},
        (HOST, "b"): {"system_users": [blog]},
        (HOST, "c"): {"firewall_whitelist": ["192.0.2.7 # Home"]},
    }
    assert fleet == before


def test_a_group_takes_what_its_hosts_share_across_clients() -> None:
    fleet = [
        member("a", {"webserver": "nginx"}, 1, "shops"),
        member("b", {"webserver": "nginx"}, 2, "shops"),
        member("c", {"webserver": "apache"}, 3),
    ]
    assert factored(fleet) == {
        (GROUP, "shops"): {"webserver": "nginx"},
        (HOST, "c"): {"webserver": "apache"},
    }


def test_a_map_is_looked_into_and_a_comment_belongs_to_its_address() -> None:
    fleet = [
        member(
            "a", {"pmm_master": {"server_hostname": "pmm", "x": 1}, "firewall_whitelist": ["1 # a"]}
        ),
        member("b", {"pmm_master": {"server_hostname": "pmm"}, "firewall_whitelist": ["1 # b"]}),
    ]
    layers = factored(fleet)
    assert layers[ALL] == {"pmm_master": {"server_hostname": "pmm"}}
    assert layers[HOST, "a"] == {"pmm_master": {"x": 1}, "firewall_whitelist": ["1 # a"]}


def test_what_one_host_holds_is_its_own() -> None:
    assert factored([member("a", {"webserver": "nginx"}, 1, "x")]) == {
        (HOST, "a"): {"webserver": "nginx"}
    }


def test_a_list_that_is_one_value_is_not_taken_apart() -> None:
    fleet = [member("a", {"hooks": ["a", "b"]}), member("b", {"hooks": ["a", "c"]})]
    assert factored(fleet)[ALL] == {"hooks": ["a"]}
    assert ALL not in factored(fleet, Policy(lists={"hooks": "replace"}))


@st.composite
def fleets(draw: st.DrawFn) -> list[Member]:
    """Hosts that share much, as those of a fleet do, and hold whatever else."""
    pool = draw(st.lists(st.one_of(documents(), ANY_DOCUMENT), min_size=1, max_size=3))
    members = []
    for number in range(draw(st.integers(min_value=0, max_value=5))):
        document = dict(draw(st.sampled_from(pool)))
        for other in draw(st.lists(st.sampled_from(pool), max_size=2)):
            document.update(draw(st.sampled_from([other, {}])))
        for key in draw(st.lists(st.sampled_from(sorted(document) or [""]), max_size=2)):
            document.pop(key, None)
        client = draw(st.sampled_from([None, 1, 2]))
        groups = draw(st.lists(st.sampled_from(["x", "y", "z"]), unique=True))
        members.append(member(f"host-{number}", document, client, *sorted(groups)))
    return members


def said(fleet: Sequence[Member]) -> list[Member]:
    return [replace(one, document=sayable(one.document).document) for one in fleet]


def assert_that_layers_say(
    layers: Mapping[Scope, Document], fleet: Sequence[Member], stored: Sequence[Member]
) -> None:
    """All of what each host is to hold, nothing else, and nothing to be done about what is stored."""
    for one, before in zip(fleet, stored, strict=True):
        again = layered(files(layers, one)).document
        assert plan(again, one.document, MERGED).changes == ()
        assert plan(one.document, again, MERGED).changes == ()
        assert plan(before.document, again, MERGED).changes == ()


@patiently
@given(fleets())
def test_layers_give_back_what_each_host_holds(stored: list[Member]) -> None:
    fleet = said(stored)
    assert_that_layers_say(factored(fleet), fleet, stored)


@patiently
@given(fleets(), st.sets(st.sampled_from(KINDS)), st.randoms(use_true_random=False))
def test_layers_that_are_closed_stay_and_others_say_the_rest(
    stored: list[Member], kinds: set[str], random: Random
) -> None:
    fleet = said(stored)
    closed = {
        scope: {key: value for key, value in content.items() if random.random() < 0.5}
        for scope, content in factored(fleet).items()
        if scope[0] in kinds
    }
    fleet = [replace(one, said=layered(files(closed, one)).document) for one in fleet]
    others = factored(fleet, closed=closed)
    assert not closed.keys() & {scope for scope in others if scope[0] != HOST}
    both = dict(closed)
    for scope, content in others.items():
        both[scope] = layered([Layer("", closed.get(scope, {})), Layer("", content)]).document
    assert_that_layers_say(both, fleet, stored)


@patiently
@given(fleets())
def test_nothing_that_is_shared_by_all_is_left_to_a_single_host(stored: list[Member]) -> None:
    fleet = said(stored)
    layers = factored(fleet)
    if len(fleet) > 1:
        left = [layers.get((HOST, one.host), {}) for one in fleet]
        for key in set.intersection(*(set(some) for some in left)):
            assert any(some[key] != left[0][key] for some in left)


@patiently
@given(st.one_of(documents(), ANY_DOCUMENT))
def test_no_secret_is_said_and_what_is_not_said_is_named(stored: Document) -> None:
    found = sayable(stored)
    root = Policy().root
    assert masked(found.document, root) == found.document
    if not found.left_out:
        assert plan(found.document, stored, MERGED).changes == ()
