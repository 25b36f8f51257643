# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of keys is what everything interprets: a key that is added to it merges, masks and matches."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.known_keys import (
    TURBOSTACK,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    MASK,
    find_secrets,
    redact,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.schema import (
    LISTS,
    MAP,
    TYPES,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.vhost_settings import (
    settings_for_vhosts,
)
from workshop import configuration_keys


def merged(current: Any, desired: Any, schema: Any) -> Any:
    return plan(current, desired, "merged", Policy(schema=schema)).payload


def test_entries_of_an_invented_list_are_told_apart_by_the_field_that_the_table_names() -> None:
    current = {"webhooks": [{"event": "push", "url": "a"}, {"event": "tag", "url": "b"}]}
    desired = {"webhooks": [{"event": "tag", "url": "c"}]}
    with pytest.raises(PlanError, match="cannot be told apart"):
        merged(current, desired, {})
    assert merged(current, desired, {"webhooks": {"identity": "event"}}) == {
        "webhooks": [{"event": "push", "url": "a"}, {"event": "tag", "url": "c"}]
    }


SITES = {
    "sites": {"identity": {"field": "code", "domains": "hosts"}},
    "hosts": {"type": "domains", "within": "sites"},
}


def test_an_invented_list_of_sites_is_matched_by_domain_like_vhosts() -> None:
    current = {"sites": [{"hosts": "a.example www.a.example", "x": 1}]}
    desired = {"sites": [{"hosts": "WWW.A.example. b.example", "x": 2}]}
    assert merged(current, desired, SITES) == {
        "sites": [{"hosts": "a.example www.a.example b.example", "x": 2}]
    }


def test_a_domain_of_invented_sites_is_served_once() -> None:
    current = {"sites": [{"code": "a", "hosts": "a.example"}]}
    desired = {"sites": [{"code": "b", "hosts": "a.example"}]}
    with pytest.raises(PlanError, match=r"sites\[a\] and sites\[b\] would both serve a\.example"):
        merged(current, desired, SITES)


def test_settings_are_given_to_invented_sites() -> None:
    document = {"sites": [{"code": "a", "x": 1}, {"hosts": "b.example", "x": 2}, {"code": "c"}]}
    found = settings_for_vhosts(document, {"y": 3}, {"x": 2}, Policy(schema=SITES))
    assert found == {"sites": [{"hosts": "b.example", "$create": False, "y": 3}]}


def test_an_invented_secret_is_masked_found_and_sealed() -> None:
    policy = Policy(schema={"licence": {"secret": True}})
    document = {"licence": "abc-def-ghi", "other": "abc"}
    assert redact(document, policy) == {"licence": MASK, "other": "abc"}
    assert find_secrets(document, policy) == {"abc-def-ghi"}
    assert redact(document) == document
    assert fingerprint(document, policy) != fingerprint(document)


def test_a_key_that_only_sounds_secret_can_be_said_to_be_none() -> None:
    policy = Policy(schema={"token_colour": {"secret": False}})
    assert redact({"token_colour": "red"}, policy) == {"token_colour": "red"}
    assert redact({"token_colour": "red"}) == {"token_colour": MASK}


def test_an_invented_version_is_guarded() -> None:
    with pytest.raises(PlanError, match=r"release is the number 8\.1"):
        merged({}, {"release": 8.10}, {"release": {"type": "version"}})
    assert merged({}, {"release": 8.10}, {}) == {"release": 8.1}


@pytest.mark.parametrize(
    ("kind", "stored", "given"),
    [
        ("list of addresses", "192.0.2.4 # Office", "192.0.2.4/32 # Home"),
        ("list of domains", "shop.example", "SHOP.example."),
    ],
)
def test_members_of_an_invented_list_are_the_same_by_what_they_are(
    kind: str, stored: str, given: str
) -> None:
    current, desired = {"visitors": [stored]}, {"visitors": [given]}
    assert merged(current, desired, {"visitors": {"type": kind}}) == {"visitors": [given]}
    assert merged(current, desired, {}) == {"visitors": [stored, given]}


def test_an_invented_list_can_be_one_value() -> None:
    schema = {"steps": {"type": "list of texts", "policy": "replace"}}
    assert merged({"steps": ["a", "b"]}, {"steps": ["c"]}, schema) == {"steps": ["c"]}


def test_the_task_has_the_last_word_over_the_schema() -> None:
    policy = Policy(
        schema={"steps": {"policy": "replace", "type": "list of texts"}}, lists={"steps": "union"}
    )
    assert plan({"steps": ["a"]}, {"steps": ["b"]}, "merged", policy).payload == {
        "steps": ["a", "b"]
    }


def test_a_known_key_keeps_what_the_user_does_not_say() -> None:
    policy = Policy(schema={"vhosts": {"help": "Shops."}})
    known = policy.meaning.schema.key("vhosts", "system_users")
    assert known is not None
    assert known.identity is not None
    assert known.help == "Shops."


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ([], "schema is not a map"),
        ({3: {}}, "not text"),
        ({"a": "text"}, "it is not a map"),
        ({"a": {"typ": "text"}}, "there is no typ"),
        ({"a": {"type": "colour"}}, "there is no type colour"),
        ({"a": {"type": 3}}, "type is not a text"),
        ({"a": {"secret": "yes"}}, "secret is not true or false"),
        ({"a": {"policy": "append", "type": "list of texts"}}, "there is no policy append"),
        ({"a": {"policy": "union"}}, "only a list is a union"),
        ({"a": {"identity": 3}}, "identity is neither"),
        ({"a": {"identity": {"domains": "x"}}}, "identity is neither"),
        ({"a": {"identity": "x", "type": "text"}}, "only entries of a list of maps"),
        ({"a": {"values": "x"}}, "values are not a list of texts"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(schema: Any, said: str) -> None:
    with pytest.raises(PlanError, match=said) as refused:
        Policy(schema=schema)
    assert refused.value.hint


def test_each_row_of_the_table_makes_sense() -> None:
    for key in TURBOSTACK.keys:
        assert key.type in TYPES
        assert key.help.endswith(".")
        assert (key.identity is not None) == (LISTS.get(key.type) == MAP)
        assert not key.closed or key.values
        assert not key.within or any(other.name == key.within for other in TURBOSTACK.keys)


def test_an_unknown_key_is_unknown() -> None:
    assert TURBOSTACK.key("web_server", "") is None
    assert TURBOSTACK.key("server_name", "") is None


def test_the_page_of_keys_is_made_from_the_table() -> None:
    assert configuration_keys.PAGE.read_text(encoding="utf-8") == configuration_keys.page()
