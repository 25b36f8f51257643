# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(merged): entries by identity, scalars as sets, and nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import Plan, plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number

ALICE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIalice alice@laptop"
BOB = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABbob bob"


def merged(current: dict[str, Any], desired: dict[str, Any], **policy: Any) -> dict[str, Any]:
    made = plan(current, desired, "merged", Policy(**policy))
    assert apply(current, made.changes) == made.payload
    assert made.changed == (made.payload is not current)
    return made.payload


def summaries(made: Plan) -> list[str]:
    return [change.summary() for change in made.changes]


def user(*vhosts: dict[str, Any], name: str = "prod") -> dict[str, Any]:
    return {"system_users": [{"username": name, "vhosts": list(vhosts)}]}


def vhosts(document: dict[str, Any]) -> Any:
    return document["system_users"][0]["vhosts"]


def test_a_key_that_is_left_out_is_left_alone_and_null_sets_null() -> None:
    current = {"a": 1, "b": {"c": 2, "d": 3}}
    assert merged(current, {"b": {"c": None}}) == {"a": 1, "b": {"c": None, "d": 3}}
    assert merged(current, {"b": None}) == {"a": 1, "b": None}
    assert merged(current, {"new": None}) == {**current, "new": None}
    assert merged(current, {}) is current
    assert merged(current, {"b": {}}) is current
    assert merged(current, {"e": {}}) == {**current, "e": {}}


def test_unmentioned_parts_are_shared_and_the_input_stays() -> None:
    current = {"a": {"x": 1}, "b": {"y": {"z": 1}, "w": {"v": 1}}}
    payload = merged(current, {"b": {"y": {"z": 2}}})
    assert payload["a"] is current["a"]
    assert payload["b"]["w"] is current["b"]["w"]
    assert current["b"]["y"]["z"] == 1


def test_new_keys_come_last() -> None:
    assert list(merged({"b": 1, "a": 2}, {"c": 3, "a": 4})) == ["b", "a", "c"]


def test_users_merge_by_username_and_keep_their_order() -> None:
    current = {"system_users": [{"username": "b", "x": 1}, {"username": "a", "x": 1}]}
    made = plan(current, {"system_users": [{"username": "c"}, {"username": "a", "x": 2}]}, "merged")
    assert made.payload == {
        "system_users": [{"username": "b", "x": 1}, {"username": "a", "x": 2}, {"username": "c"}]
    }
    assert made.payload["system_users"][0] is current["system_users"][0]
    assert summaries(made) == ["system_users[c]: added {1 key}", "system_users[a].x: 1 → 2"]


def test_ftp_accounts_merge_by_user() -> None:
    current = {"ftp": [{"user": "up", "name": "x", "homedir": "/a"}]}
    desired = {"ftp": [{"user": "up", "name": "y", "homedir": "/b"}]}
    assert merged(current, desired) == desired


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"app_name": "shop", "server_name": "a.test"}, {"app_name": "shop"}),
        ({"app_name": "shop", "server_name": "a.test"}, {"server_name": "a.test"}),
        ({"server_name": "a.test"}, {"app_name": "shop", "server_name": "a.test"}),
        ({"server_name": "a.test b.test"}, {"server_name": "b.test"}),
        ({"server_name": "A.test"}, {"server_name": "a.TEST"}),
        ({"server_name": ["a.test", "b.test"]}, {"server_name": ["b.test"]}),
        ({"app_name": " shop"}, {"app_name": "shop"}),
        ({"app_name": 7}, {"app_name": 7}),
        ({"server_name": "{{ app }}.test b.test"}, {"server_name": "{{ app }}.test"}),
    ],
)
def test_vhosts_are_the_same_by_application_or_else_by_a_shared_domain(
    stored: dict[str, Any], wanted: dict[str, Any]
) -> None:
    result = vhosts(
        merged(user({**stored, "php_version": "8.2"}), user({**wanted, "php_version": "8.3"}))
    )
    assert len(result) == 1
    assert result[0]["php_version"] == "8.3"


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"app_name": "shop"}, {"app_name": "blog"}),
        ({"server_name": "a.test"}, {"server_name": "b.test"}),
        (
            {"app_name": "shop", "server_name": "a.test"},
            {"app_name": "blog", "server_name": "b.test"},
        ),
        ({"server_name": "{{ a }} "}, {"server_name": "{{ b }}"}),
        ({"app_name": "a.test"}, {"server_name": "a.test"}),
        ({"app_name": 7}, {"app_name": "7"}),
        ({"note": "typo"}, {"app_name": "shop"}),
    ],
)
def test_other_vhosts_are_added(stored: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert vhosts(merged(user(stored), user(wanted))) == [stored, wanted]


def test_domains_of_a_vhost_are_a_set() -> None:
    made = plan(
        user({"app_name": "shop", "server_name": "a.test  b.test"}),
        user({"app_name": "shop", "server_name": "c.test B.TEST c.test d.test"}),
        "merged",
    )
    assert vhosts(made.payload)[0]["server_name"] == "a.test  b.test c.test d.test"
    assert summaries(made) == [
        'system_users[prod].vhosts[shop].server_name: "a.test  b.test" → "a.test  b.test c.test d.test"'
    ]


def test_adding_a_domain_to_a_nameless_vhost_changes_it() -> None:
    result = merged(user({"server_name": "a.test"}), user({"server_name": "www.a.test a.test"}))
    assert vhosts(result) == [{"server_name": "a.test www.a.test"}]


def test_domains_can_be_declared_as_one_value() -> None:
    current = user({"app_name": "shop", "server_name": "a.test b.test"})
    desired = user({"app_name": "shop", "server_name": "b.test"})
    lists = {"system_users.*.vhosts.*.server_name": "replace"}
    assert merged(current, desired, lists=lists) == desired


def test_words_outside_of_vhosts_are_one_text_unless_declared() -> None:
    assert merged({"server_name": "a b"}, {"server_name": "c"}) == {"server_name": "c"}
    assert merged({"x": "a b"}, {"x": "c a"}, lists={"x": "union"}) == {"x": "a b c"}
    assert merged({"x": " "}, {"x": "c c"}, lists={"x": "union"}) == {"x": "c"}
    assert merged({"x": ""}, {"x": " "}, lists={"x": "union"}) == {"x": ""}


def test_an_unknown_list_of_maps_merges_by_a_conventional_field() -> None:
    current = {"hooks": [{"id": 1, "run": "a"}, {"id": 2, "run": "b"}]}
    desired = {"hooks": [{"id": 2, "run": "c"}, {"id": 3, "run": "d"}]}
    assert merged(current, desired) == {
        "hooks": [{"id": 1, "run": "a"}, {"id": 2, "run": "c"}, {"id": 3, "run": "d"}]
    }


def test_the_first_field_that_is_present_and_unique_everywhere_counts() -> None:
    # "name" is missing on one side, "id" is not unique, "username" is blank, "user" is a boolean.
    current = {
        "l": [
            {"id": 1, "name": "x", "username": "", "user": True, "key": "a"},
            {"id": 1, "key": "b"},
        ]
    }
    desired = {"l": [{"id": 1, "username": "y", "user": False, "key": "b", "new": 1}]}
    result = merged(current, desired)["l"]
    assert result[0] is current["l"][0]
    assert result[1] == {"id": 1, "key": "b", "username": "y", "user": False, "new": 1}


@pytest.mark.parametrize(
    "stored", [[{"x": 1}], [[1]], [{"name": "a"}, {"name": "a"}], ["a", {"name": "b"}]]
)
def test_entries_that_cannot_be_told_apart_are_an_error_that_says_what_to_declare(
    stored: Any,
) -> None:
    with pytest.raises(PlanError) as error:
        plan({"a": {"odd key": stored}}, {"a": {"odd key": [{"x": 2}]}}, "merged")
    assert error.value.message.startswith('The entries of a."odd key" cannot be told apart')
    assert 'lists: {"a.\\"odd key\\"": {by: FIELD}}' in str(error.value)


def test_entries_that_cannot_be_told_apart_do_no_harm_where_nothing_is_to_be_done() -> None:
    current = {"l": [{"x": "1"}], "empty": []}
    assert merged(current, {"l": [{"x": "1 "}]}) is current
    assert merged(current, {"l": []}) is current
    made = plan(current, {"empty": [{"x": 1}]}, "merged")
    assert made.payload == {**current, "empty": [{"x": 1}]}
    assert summaries(made) == ["empty: [] → [1 item]"]


def test_lists_can_be_declared() -> None:
    current: dict[str, Any] = {"l": [{"event": "x", "run": "a"}, {"event": "y"}]}
    one = {"l": [{"event": "y", "run": "b"}]}
    by = merged(current, one, lists={"l": {"by": "event"}})
    assert by == {"l": [{"event": "x", "run": "a"}, {"event": "y", "run": "b"}]}
    assert merged(current, one, lists={"l": "replace"}) == one
    assert merged(current, one, lists={"l": "union"}) == {"l": [*current["l"], *one["l"]]}
    assert merged(current, {"l": [{"event": "y"}]}, lists={"*": "union"}) is current
    assert merged({"s": ["a"]}, {"s": ["b"]}, lists={"s": "replace"}) == {"s": ["b"]}
    assert merged({"s": [["a"]]}, {"s": [["b"], ["a"]]}, lists={"s": "union"}) == {
        "s": [["a"], ["b"]]
    }


def test_a_map_can_be_declared_as_one_value() -> None:
    assert merged({"m": {"a": 1}}, {"m": {"b": 1}}, lists={"m": "replace"}) == {"m": {"b": 1}}
    made = plan({"m": {"a": 1}}, {"m": {"b": 1}}, "merged", Policy(lists={"m": "replace"}))
    assert summaries(made) == ["m: {1 key} → {1 key}"]


def test_lists_of_scalars_are_sets() -> None:
    made = plan({"p": ["b", "a", "a"]}, {"p": ["c", "a", "c"]}, "merged")
    assert made.payload == {"p": ["b", "a", "a", "c"]}
    assert summaries(made) == ['p[c]: added "c"']
    assert merged({"p": ["a"]}, {"p": []}) == {"p": ["a"]}
    assert merged({"p": []}, {"p": ["a"]}) == {"p": ["a"]}
    assert merged({"p": None}, {"p": ["a"]}) == {"p": ["a"]}


def test_ssh_keys_compare_by_type_and_material() -> None:
    renamed = ALICE.replace("alice@laptop", "alice@desktop")
    made = plan({"ssh_keys": [BOB, ALICE]}, {"ssh_keys": [renamed]}, "merged")
    assert made.payload == {"ssh_keys": [BOB, renamed]}
    assert [change.op for change in made.changes] == ["change"]
    for form in (f"  {ALICE}\n", f'from="10.0.0.1" {ALICE}', " ".join(ALICE.split()[:2]) + "=="):
        assert len(merged({"ssh_keys": [ALICE]}, {"ssh_keys": [form]})["ssh_keys"]) == 1
    other = ALICE.replace("ssh-ed25519", "ssh-rsa")
    assert len(merged({"ssh_keys": [ALICE]}, {"ssh_keys": [other]})["ssh_keys"]) == 2


def test_options_before_an_ssh_key_stay_unless_others_are_given() -> None:
    restricted = f'command="backup",no-pty {ALICE}'
    assert merged({"ssh_keys": [restricted]}, {"ssh_keys": [ALICE]}) == {"ssh_keys": [restricted]}
    renamed = ALICE.replace("alice@laptop", "alice@desktop")
    made = plan({"ssh_keys": [restricted]}, {"ssh_keys": [f" {renamed}"]}, "merged")
    assert made.payload == {"ssh_keys": [f'command="backup",no-pty {renamed}']}
    other = f'from="10.0.0.1" {ALICE}'
    assert merged({"ssh_keys": [restricted]}, {"ssh_keys": [other]}) == {"ssh_keys": [other]}
    assert plan({"ssh_keys": [restricted]}, {"ssh_keys": [ALICE]}, "replaced").changed


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("shop.example", "SHOP.example."),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("Straße.example", "xn--strae-oqa.example"),
        ("ΣΊΣΥΦΟΣ.example", "σίσυφοσ.example"),
        ("shop。example", "shop.example"),
    ],
)
def test_a_domain_may_be_written_in_several_ways(stored: str, wanted: str) -> None:
    current = {"vhosts": [{"server_name": stored, "php_version": "8.2"}]}
    assert merged(current, {"vhosts": [{"server_name": wanted}]}) == current
    assert plan(current, {"vhosts": [{"server_name": wanted}]}, "deleted").payload == {"vhosts": []}


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("1.2.3.4 # Home", "1.2.3.4 # Office"),
        ("1.2.3.4", "1.2.3.4 # Home"),
        ("2001:DB8::1", "2001:db8:0::1 # v6"),
    ],
)
def test_whitelist_entries_compare_by_address(stored: str, wanted: str) -> None:
    current = {"firewall_whitelist": ["9.9.9.9", stored]}
    result = merged(current, {"firewall_whitelist": [wanted]})
    assert result == {"firewall_whitelist": ["9.9.9.9", wanted]}


def test_addresses_with_another_mask_are_others() -> None:
    current = {"firewall_whitelist": ["10.0.0.0/8", "# note"]}
    result = merged(current, {"firewall_whitelist": ["10.0.0.0/16", "# other note"]})
    assert len(result["firewall_whitelist"]) == 4


def test_comments_count_in_other_lists() -> None:
    assert merged({"p": ["a # b"]}, {"p": ["a # c"]}) == {"p": ["a # b", "a # c"]}


@pytest.mark.parametrize("same", [(" a", "a "), ("", None), (8.0, 8), ("\ufeffa\0", "a")])
def test_members_that_the_platform_holds_for_equal_are_one_member(same: tuple[Any, Any]) -> None:
    one, other = same
    current = {"p": ["x", one]}
    assert merged(current, {"p": [other]}) is current
    assert merged({"p": ["x", other]}, {"p": [one, other]}) == {"p": ["x", other]}
    assert merged(current, {"p": [other]}, comparison="strict") == {"p": ["x", other]}


def test_a_member_that_is_stored_as_well_with_another_comment_is_there() -> None:
    current = {"firewall_whitelist": ["1.2.3.4 # a", "1.2.3.4 # b"]}
    assert merged(current, {"firewall_whitelist": ["1.2.3.4 # b"]}) is current


@pytest.mark.parametrize(
    ("stored", "wanted", "names"),
    [
        (["1.2.3.4 # a", "1.2.3.4 # b"], ["1.2.3.4 # c"], ["1.2.3.4 # a", "1.2.3.4 # b"]),
        ([], ["1.2.3.4 # a", "1.2.3.4 # b"], ["1.2.3.4 # a", "1.2.3.4 # b"]),
        (None, ["1.2.3.4 # a", "x", "1.2.3.4 # b"], ["1.2.3.4 # a", "1.2.3.4 # b"]),
    ],
)
def test_ambiguous_members_are_an_error_that_names_both(
    stored: list[str] | None, wanted: list[str], names: list[str]
) -> None:
    with pytest.raises(PlanError) as error:
        plan({"firewall_whitelist": stored}, {"firewall_whitelist": wanted}, "merged")
    for name in names:
        assert f"firewall_whitelist[{name}]" in error.value.message


TWO_SHOPS = user({"app_name": "shop", "n": 1}, {"app_name": "shop", "n": 2})
AMBIGUOUS = [
    pytest.param(
        {"system_users": [{"username": "a"}, {"username": "a "}]},
        {"system_users": [{"username": "a", "x": 1}]},
        ["system_users[a] (#0)", "system_users[a] (#1)"],
        id="users stored twice",
    ),
    pytest.param(
        {},
        {"system_users": [{"username": "a"}, {"username": "b"}, {"username": "a", "x": 1}]},
        ["system_users[a] (#0)", "system_users[a] (#2)", "same username"],
        id="users given twice",
    ),
    pytest.param(
        TWO_SHOPS,
        user({"app_name": "shop"}),
        ["system_users[prod].vhosts[shop] (#0)", "system_users[prod].vhosts[shop] (#1)"],
        id="applications stored twice",
    ),
    pytest.param(
        user({"server_name": "a.test"}, {"app_name": "x", "server_name": "b.test"}),
        user({"server_name": "a.test b.test"}),
        ["vhosts[a.test] (#0)", "vhosts[x] (#1)"],
        id="domains of two stored vhosts",
    ),
    pytest.param(
        user({"app_name": "shop", "server_name": "a.test b.test"}),
        user({"app_name": "shop"}, {"server_name": "b.test"}),
        ["vhosts[shop] (#0)", "vhosts[b.test] (#1)", "both mean"],
        id="two entries for one vhost",
    ),
    pytest.param(
        user(),
        user(
            {"app_name": "x", "server_name": "a.test"},
            {"app_name": "y", "server_name": "b.test A.test"},
        ),
        ["vhosts[x] (#0)", "vhosts[y] (#1)", "same domain"],
        id="domain given twice",
    ),
    pytest.param(
        user({"app_name": "x", "server_name": "a.test"}),
        user({"app_name": "y", "server_name": "a.test"}),
        ["vhosts[x]", "vhosts[y]", "would both serve a.test"],
        id="domain of another application",
    ),
    pytest.param(
        {
            "system_users": [
                {"username": "p", "vhosts": [{"server_name": "a.test"}]},
                {"username": "q"},
            ]
        },
        {"system_users": [{"username": "q", "vhosts": [{"server_name": "A.test"}]}]},
        [
            "system_users[p].vhosts[a.test]",
            "system_users[q].vhosts[A.test]",
            "would both serve a.test",
        ],
        id="domain of another user",
    ),
]


@pytest.mark.parametrize(("current", "desired", "told"), AMBIGUOUS)
def test_ambiguity_is_an_error_that_names_both(
    current: dict[str, Any], desired: dict[str, Any], told: list[str]
) -> None:
    with pytest.raises(PlanError) as error:
        plan(current, desired, "merged")
    for text in told:
        assert text in error.value.message
    assert error.value.hint


def test_what_was_ambiguous_before_is_no_obstacle_to_other_changes() -> None:
    current = user(
        {"app_name": "x", "server_name": "a.test"},
        {"app_name": "y", "server_name": "a.test"},
        {"app_name": "z", "n": 1},
        {"note": "has no identity"},
        {"app_name": "w"},
        {"app_name": "w"},
    )
    result = merged(current, user({"app_name": "z", "n": 2}, {"app_name": "x", "n": 3}))
    assert vhosts(result)[2] == {"app_name": "z", "n": 2}
    assert vhosts(result)[0] == {"app_name": "x", "server_name": "a.test", "n": 3}


def test_a_third_vhost_with_a_domain_that_two_share_already_is_refused() -> None:
    current = user(
        {"app_name": "x", "server_name": "a.test"}, {"app_name": "y", "server_name": "a.test"}
    )
    with pytest.raises(PlanError, match="would both serve"):
        plan(current, user({"app_name": "z", "server_name": "a.test"}), "merged")


def test_catch_all_and_jinja_are_no_domains_to_quarrel_about() -> None:
    current = user({"app_name": "x", "server_name": "_ {{ zone }}"})
    desired = user({"app_name": "y", "server_name": "_ {{ zone }}"})
    assert len(vhosts(merged(current, desired))) == 2


def test_a_shared_domain_can_be_declared() -> None:
    desired = user(
        {"app_name": "x", "server_name": "a.test"}, {"app_name": "y", "server_name": "a.test"}
    )
    assert merged({}, desired, lists={"system_users.*.vhosts": "replace"}) == desired


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"x": 1}, "system_users[#1] of the configuration has no username"),
        ({"username": None}, "system_users[#1] of the configuration has no username"),
        ({"username": " "}, "has no username"),
        ({"username": ["a"]}, "has no username"),
        ({"username": True}, "has no username"),
        ("text", "has no username"),
    ],
)
def test_an_entry_without_identity_is_an_error(entry: Any, told: str) -> None:
    for current in ({}, {"system_users": [{"username": "a"}]}):
        with pytest.raises(PlanError) as error:
            plan(current, {"system_users": [{"username": "a"}, entry]}, "merged")
        assert told in error.value.message
        assert 'lists: {"system_users": {by: FIELD}}' in str(error.value.hint)


def test_a_vhost_without_identity_is_an_error() -> None:
    with pytest.raises(PlanError) as error:
        plan(user(), user({"php_version": "8.3"}), "merged")
    assert (
        "system_users[prod].vhosts[#0] of the configuration has no app_name and no server_name"
        in str(error.value)
    )
    assert 'lists: {"system_users.*.vhosts": {by: FIELD}}' in str(error.value.hint)


@pytest.mark.parametrize(
    ("stored", "wanted", "told"),
    [
        ({"a": 1}, ["a"], "m is stored as a map, and the configuration gives a list."),
        (["a"], {"a": 1}, "m is stored as a list, and the configuration gives a map."),
        ("x", ["x"], "m is stored as a text, and the configuration gives a list."),
        (True, {"a": 1}, "m is stored as a boolean, and the configuration gives a map."),
        (1, [], "m is stored as an integer, and the configuration gives a list."),
        ({"a": 1}, "x", "m is stored as a map, and the configuration gives a text."),
        ({"a": 1}, "", "m is stored as a map, and the configuration gives a text."),
        (["a"], False, "m is stored as a list, and the configuration gives a boolean."),
    ],
)
def test_another_kind_is_refused_unless_declared(stored: Any, wanted: Any, told: str) -> None:
    with pytest.raises(PlanError) as error:
        plan({"m": stored}, {"m": wanted}, "merged")
    assert error.value.message == told
    assert 'lists: {"m": replace}' in str(error.value.hint)
    assert merged({"m": stored}, {"m": wanted}, lists={"m": "replace"}) == {"m": wanted}


@pytest.mark.parametrize("blank", [None, "", "  ", {}, []])
@pytest.mark.parametrize("wanted", [{"a": 1}, ["a"], "x", 1])
def test_what_holds_nothing_is_of_any_kind(blank: Any, wanted: Any) -> None:
    assert merged({"m": blank}, {"m": wanted}) == {"m": wanted}


def test_an_empty_map_and_an_empty_list_add_nothing_to_either() -> None:
    for stored in ({"a": 1}, ["a"]):
        for empty in ({}, []):
            assert merged({"m": stored}, {"m": empty}) == {"m": stored}


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("8.3", 8.3),
        ("1", 1),
        (1, True),
        ("true", True),
        ("yes", True),
        (False, "off"),
        (None, "null"),
    ],
)
def test_a_difference_in_type_alone_is_a_change_with_a_warning(stored: Any, wanted: Any) -> None:
    made = plan({"a": {"k": stored}}, {"a": {"k": wanted}}, "merged")
    assert made.payload["a"]["k"] is wanted
    assert len(made.warnings) == 1
    assert made.warnings[0].startswith("a.k: only the type differs")


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [("8.3", "8.4"), (1, 2), (1, "2"), ("1", " 1"), (None, 0), ("a", True), ({}, None)],
)
def test_other_differences_warn_of_nothing(stored: Any, wanted: Any) -> None:
    assert plan({"k": stored}, {"k": wanted}, "merged").warnings == ()


def test_members_and_identities_that_differ_in_type_alone_warn_as_well() -> None:
    made = plan({"p": ["80", "81"]}, {"p": [80, 82]}, "merged")
    assert made.payload == {"p": ["80", "81", 80, 82]}
    assert [warning.split(":")[0] for warning in made.warnings] == ["p[80]"]
    made = plan(
        {"system_users": [{"username": "7"}]},
        {"system_users": [{"username": 7}, {"username": "8"}]},
        "merged",
    )
    assert [warning.split(":")[0] for warning in made.warnings] == ["system_users[7].username"]


def test_what_is_equal_does_not_end_the_walk() -> None:
    current = {"p": ["a", "b"], "firewall_whitelist": ["1.2.3.4 # a"]}
    assert merged(current, {"p": ["a", "a", "c"]}) == {**current, "p": ["a", "b", "c"]}
    result = merged(current, {"firewall_whitelist": ["1.2.3.4 # b", "1.2.3.4 # b", "5.6.7.8"]})
    assert result["firewall_whitelist"] == ["1.2.3.4 # b", "5.6.7.8"]


def test_changed_members_tell_both_texts() -> None:
    made = plan({"ssh_keys": [BOB, ALICE]}, {"ssh_keys": [f"{ALICE} 2"]}, "merged")
    assert made.changes[0].before == ALICE
    assert made.changes[0].after == f"{ALICE} 2"
    assert summaries(made)[0].startswith("ssh_keys[ssh-ed25519 …E5AAAAIalice alice@laptop]: ")


def test_a_secret_domain_is_not_told() -> None:
    current = user({"app_name": "x", "server_name": "a.test"})
    desired = user({"app_name": "y", "server_name": "a.test"})
    for path in ("**.server_name", "system_users.*.vhosts[x].server_name"):
        with pytest.raises(PlanError) as error:
            plan(current, desired, "merged", Policy(secret_paths=[path]))
        assert "would both serve ********." in error.value.message


def test_declared_identities_are_checked_like_known_ones() -> None:
    lists = {"hooks": {"by": "event"}}
    with pytest.raises(
        PlanError, match=r"hooks\[x\] \(#0\) and hooks\[x\] \(#1\) .* the same event"
    ):
        plan({}, {"hooks": [{"event": "x"}, {"event": "x"}]}, "merged", Policy(lists=lists))
    with pytest.raises(PlanError, match="has no event"):
        plan({}, {"hooks": ["x"]}, "merged", Policy(lists=lists))


def test_vhosts_can_be_declared_by_their_whole_text_of_domains() -> None:
    lists = {"vhosts": {"by": "server_name"}}
    current = {"vhosts": [{"server_name": "a.test b.test", "x": 1}]}
    made = plan(
        current,
        {"vhosts": [{"server_name": "a.test b.test", "x": 2}]},
        "merged",
        Policy(lists=lists),
    )
    assert summaries(made) == ["vhosts[a.test b.test].x: 1 → 2"]


@pytest.mark.parametrize(
    ("member", "label"),
    [
        (" ", "blank"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (Number("8.10"), "8.10"),
        (8.5, "8.5"),
        (7, "7"),
        ("a \n b", "a b"),
    ],
)
def test_members_are_called_by_what_they_are(member: Any, label: str) -> None:
    assert summaries(plan({"p": ["x"]}, {"p": [member]}, "merged"))[0].startswith(
        f"p[{label}]: added"
    )


def test_unchanged_entries_leave_the_list_itself() -> None:
    current = {"system_users": [{"username": "a", "x": 1}], "p": ["a"]}
    desired = {"system_users": [{"username": "a", "x": 1}], "p": ["a"], "new": 1}
    made = plan(current, desired, "merged")
    assert made.payload["system_users"] is current["system_users"]
    assert made.payload["p"] is current["p"]


def test_domains_keep_the_spelling_and_the_blanks_before_them() -> None:
    current = user({"app_name": "x", "server_name": " a.test \n"})
    result = merged(current, user({"app_name": "x", "server_name": "a.test b.test"}))
    assert vhosts(result)[0]["server_name"] == " a.test b.test"
    assert merged({"x": " "}, {"x": "c d"}, lists={"x": "union"}) == {"x": "c d"}


def test_vhosts_are_known_wherever_they_stand() -> None:
    current = {"vhosts": [{"server_name": "a.test"}]}
    desired = {"vhosts": [{"server_name": "b.test a.test"}]}
    assert merged(current, desired) == {"vhosts": [{"server_name": "a.test b.test"}]}


def test_entries_that_are_no_maps_are_no_vhosts() -> None:
    current = {"vhosts": ["odd", {"app_name": "x"}]}
    result = merged(current, {"vhosts": [{"app_name": "y"}]})
    assert result["vhosts"] == [*current["vhosts"], {"app_name": "y"}]
    assert merged({"vhosts": ["a", "b"]}, {"vhosts": ["c"]}) == {"vhosts": ["a", "b", "c"]}


def test_a_list_is_checked_for_twins_only_where_it_merges() -> None:
    twins = [{"username": "a"}, {"username": "a"}]
    lists = {"**.system_users": "replace"}
    assert merged({}, {"m": {"system_users": twins}}, lists=lists) == {"m": {"system_users": twins}}
