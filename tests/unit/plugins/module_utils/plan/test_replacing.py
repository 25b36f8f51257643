# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(replaced), and what changed between two documents."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import (
    explain,
    plan,
)

PROD = {
    "username": "prod",
    "vhosts": [
        {"app_name": "shop", "server_name": "shop.test", "php_version": "8.2"},
        {"server_name": "blog.test"},
    ],
}


def told(current: dict[str, Any], desired: dict[str, Any], **policy: Any) -> list[str]:
    made = plan(current, desired, "replaced", Policy(**policy))
    assert apply(current, made.changes) == made.payload
    assert made.payload == desired
    return [change.summary() for change in made.changes]


def test_it_reads_as_changes_of_entries() -> None:
    desired = {
        "system_users": [
            {
                **PROD,
                "vhosts": [
                    {"app_name": "shop", "server_name": "shop.test", "php_version": "8.3"},
                    {"server_name": "blog.test", "app_name": "blog"},
                ],
            }
        ]
    }
    assert told({"system_users": [PROD], "gone": 1}, desired) == [
        'system_users[prod].vhosts[shop].php_version: "8.2" → "8.3"',
        'system_users[prod].vhosts[blog.test].app_name: added "blog"',
        "gone: removed 1",
    ]


def test_entries_are_removed_and_added() -> None:
    current = {"system_users": [{"username": "a"}, {"username": "b"}]}
    desired = {"system_users": [{"username": "b"}, {"username": "c"}]}
    assert told(current, desired) == [
        "system_users[a]: removed {1 key}",
        "system_users[c]: added {1 key}",
    ]


def test_another_order_is_a_change_of_order() -> None:
    current = {"system_users": [{"username": "a"}, {"username": "b"}, {"username": "c"}]}
    desired = {"system_users": [{"username": "d"}, {"username": "c"}, {"username": "a"}]}
    assert told(current, desired) == [
        "system_users[b]: removed {1 key}",
        "system_users[d]: added {1 key}",
        "system_users: reordered [a, c, d] → [d, c, a]",
    ]
    assert told({"p": ["a", "b"]}, {"p": ["b", "a"]}) == ["p: reordered [a, b] → [b, a]"]
    assert told({"p": [[1], [2]]}, {"p": [[2], [1]]}) == ["p: reordered [#1, #0] → [#0, #1]"]


def test_the_order_of_keys_has_no_meaning() -> None:
    current = {"b": 1, "a": {"d": 1, "c": 2}}
    made = plan(current, {"a": {"c": 2, "d": 1}, "b": 1}, "replaced")
    assert made.payload is current


def test_members_of_sets_are_told_one_by_one() -> None:
    assert told({"p": ["a", "b", "b"]}, {"p": ["b", "c"]}) == [
        'p[a]: removed "a"',
        'p[b]: removed "b"',
        'p[c]: added "c"',
    ]
    stored = {"firewall_whitelist": ["1.2.3.4 # a", "5.6.7.8"]}
    wanted = {"firewall_whitelist": ["1.2.3.4 # b", "5.6.7.8"]}
    assert told(stored, wanted) == [
        'firewall_whitelist[1.2.3.4 # a]: "1.2.3.4 # a" → "1.2.3.4 # b"'
    ]
    before = ["1.2.3.4 # c", "1.2.3.4 # b", "1.2.3.4 # d"]
    after = ["1.2.3.4 # b", "1.2.3.4 # c", "1.2.3.4 # d"]
    stored = {"firewall_whitelist": ["1.2.3.4 # a", "1.2.3.4 # b"]}
    wanted = {"firewall_whitelist": after}
    assert told(stored, wanted) == [
        'firewall_whitelist[1.2.3.4 # a]: "1.2.3.4 # a" → "1.2.3.4 # c"',
        'firewall_whitelist[1.2.3.4 # d]: added "1.2.3.4 # d"',
        f"firewall_whitelist: reordered [{', '.join(before)}] → [{', '.join(after)}]",
    ]


def test_entries_without_identity_are_told_by_content() -> None:
    assert told({"l": [{"x": 1}, {"x": 2}]}, {"l": [{"x": 2}, {"x": 3}]}) == [
        "l[#0]: removed {1 key}",
        "l[#2]: added {1 key}",
    ]
    assert told({"l": [1, [2]]}, {"l": [1]}) == ["l[#1]: removed [1 item]"]


def test_a_stored_document_with_nameless_entries_can_be_put_back() -> None:
    nameless = {**PROD, "vhosts": [{"app_name": "shop"}, {"note": "nameless"}]}
    backup = {"system_users": [{"username": "a"}, {"usrname": "typo"}, nameless]}
    assert told({"system_users": [PROD, {"usrname": "typo"}]}, backup)[0].startswith(
        "system_users[a]"
    )
    assert plan(backup, backup, "replaced").payload is backup


def test_what_is_stored_twice_can_be_mended() -> None:
    current = {
        "system_users": [{"username": "a", "x": 1}, {"username": "a", "x": 2}, {"username": "a"}]
    }
    assert told(current, {"system_users": [{"username": "a", "x": 2}]}) == [
        "system_users[a]: removed {2 keys}",
        "system_users[a]: removed {1 key}",
    ]
    assert told(current, {"system_users": [{"username": "a", "x": 3}]}) == [
        "system_users[a]: removed {2 keys}",
        "system_users[a]: removed {1 key}",
        "system_users[a].x: 1 → 3",
    ]


def test_what_is_equal_to_the_platform_stays_as_it_is_stored() -> None:
    current = {"a": "x", "b": [], "c": [8, "y"], "d": None}
    desired = {"a": "x ", "b": {}, "c": [8.0, "y\n"], "d": ""}
    assert plan(current, desired, "replaced").payload is current
    assert plan(current, desired, "replaced", Policy(comparison="strict")).payload == desired
    assert plan({**current, "e": 1}, desired, "replaced").payload == current


@pytest.mark.parametrize(
    ("stored", "wanted"), [({"a": 1}, ["a"]), (["a"], {"a": 1}), ("x", ["x"]), ({"a": 1}, "x")]
)
def test_another_kind_is_refused_unless_declared(stored: Any, wanted: Any) -> None:
    with pytest.raises(PlanError, match="is stored as a"):
        plan({"m": stored}, {"m": wanted}, "replaced")
    assert len(told({"m": stored}, {"m": wanted}, lists={"m": "replace"})) == 1


def test_a_declared_value_is_told_as_one() -> None:
    assert told({"l": ["a"]}, {"l": ["b"]}, lists={"l": "replace"}) == ["l: [a] → [b]"]
    assert told({"l": {"a": 1}}, {"l": {"b": 1}}, lists={"l": "replace"}) == [
        "l: {1 key} → {1 key}"
    ]


def test_emptied_containers() -> None:
    assert told({"m": {"a": 1}, "l": ["a"]}, {"m": {}, "l": []}) == [
        "m: {1 key} → {}",
        'l[a]: removed "a"',
    ]
    assert told({"m": {}}, {"m": {"a": 1}}) == ["m: {} → {1 key}"]


def test_ambiguity_in_what_is_given_is_an_error() -> None:
    twice = {"system_users": [{"username": "a"}, {"username": "a", "x": 1}]}
    with pytest.raises(PlanError, match="same username"):
        plan({}, twice, "replaced")
    assert told({}, twice, lists={"system_users": "replace"}) == ["system_users: added [2 items]"]


def test_a_domain_may_move_from_one_vhost_to_another() -> None:
    def users(*domains: str) -> dict[str, Any]:
        vhosts = [{"app_name": f"app{n}", "server_name": text} for n, text in enumerate(domains)]
        return {"system_users": [{"username": "u", "vhosts": vhosts}]}

    assert len(told(users("a.test b.test", "c.test"), users("a.test", "c.test b.test"))) == 2


def test_an_empty_configuration_needs_to_be_allowed() -> None:
    with pytest.raises(PlanError, match="empty configuration") as error:
        plan({"a": 1}, {}, "replaced")
    assert "allow_empty: true" in str(error.value.hint)
    assert plan({"a": 1}, {}, "replaced", Policy(allow_empty=True)).payload == {}
    assert plan({}, {}, "replaced").changed is False


def test_explaining_never_refuses() -> None:
    before = {
        "m": {"a": 1},
        "system_users": [{"username": "a"}, {"username": "a"}],
        "php_version": "8.1",
    }
    after = {"m": ["a"], "system_users": [{"x": 1}], "php_version": 8.1}
    assert [change.summary() for change in explain(before, after)] == [
        "m: {1 key} → [a]",
        "system_users[a]: removed {1 key}",
        "system_users[a]: removed {1 key}",
        "system_users[#2]: added {1 key}",
        'php_version: "8.1" → 8.1',
    ]
    assert explain({"a": "x "}, {"a": "x"}) == ()
    assert len(explain({"a": "x "}, {"a": "x"}, Policy(comparison="strict"))) == 1


def test_several_added_entries_among_kept_ones() -> None:
    current = {"p": ["a", "b"]}
    assert told(current, {"p": ["x", "y", "b", "z"]}) == [
        'p[a]: removed "a"',
        'p[x]: added "x"',
        'p[y]: added "y"',
        'p[z]: added "z"',
        "p: reordered [b, x, y, z] → [x, y, b, z]",
    ]
    made = plan({"l": [{"x": 1}]}, {"l": [{"x": 1}, {"x": 2}, {"x": 3}]}, "replaced")
    assert [change.summary() for change in made.changes] == [
        "l[#1]: added {1 key}",
        "l[#2]: added {1 key}",
    ]


def test_members_with_another_comment_are_handed_out_in_their_order() -> None:
    current = {"firewall_whitelist": ["1.2.3.4 # a", "9.9.9.9", "1.2.3.4 # b", "1.2.3.4 # c"]}
    desired = {"firewall_whitelist": ["1.2.3.4 # x", "9.9.9.9", "1.2.3.4 # b", "1.2.3.4 # y"]}
    assert told(current, desired) == [
        'firewall_whitelist[1.2.3.4 # a]: "1.2.3.4 # a" → "1.2.3.4 # x"',
        'firewall_whitelist[1.2.3.4 # c]: "1.2.3.4 # c" → "1.2.3.4 # y"',
    ]


def test_entries_stored_twice_are_followed_by_content_first() -> None:
    current = {"ftp": [{"user": "a", "x": n} for n in (1, 2, 3)]}
    desired = {"ftp": [{"user": "a", "x": 3}]}
    assert told(current, desired) == ["ftp[a]: removed {2 keys}", "ftp[a]: removed {2 keys}"]


def test_vhosts_stored_with_one_domain_are_followed_one_by_one() -> None:
    def vhosts(*entries: dict[str, Any]) -> dict[str, Any]:
        return {"vhosts": list(entries)}

    current = vhosts({"server_name": "a.test", "x": 1}, {"server_name": "a.test", "x": 2})
    desired = vhosts({"server_name": "a.test", "x": 3})
    assert told(current, desired) == ["vhosts[a.test]: removed {2 keys}", "vhosts[a.test].x: 1 → 3"]


def test_identity_needs_both_sides() -> None:
    current = {"l": [{"name": "a", "id": 1}, {"name": "a", "id": 2}]}
    assert told(current, {"l": [{"name": "b", "id": 2}]}) == [
        "l[1]: removed {2 keys}",
        'l[2].name: "a" → "b"',
    ]
    assert told({"l": [{"name": "b", "id": 2}]}, current) == [
        "l[1]: added {2 keys}",
        'l[2].name: "b" → "a"',
        "l: reordered [2, 1] → [1, 2]",
    ]


def test_domains_do_not_matter_to_a_comparison_of_lists_of_other_things() -> None:
    before = {
        "x": [
            {"app_name": "a", "server_name": "a.test"},
            {"app_name": "b", "server_name": "a.test"},
        ]
    }
    assert told(before, {"x": [*before["x"], {"app_name": "c", "server_name": "a.test"}]}) == [
        "x[#2]: added {2 keys}"
    ]
