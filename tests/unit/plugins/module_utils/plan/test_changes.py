# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes: how they are told, and how they are applied."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import Item
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import (
    ADD,
    CHANGE,
    ORDER,
    REMOVE,
    Change,
    apply,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number

PEM = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("8.2", "8.3", '"8.2" → "8.3"'),
        (1, True, "1 → true"),
        (None, Number("8.10"), "null → 8.10"),
        ({}, {"a": 1}, "{} → {1 key}"),
        ({"a": 1, "b": 2}, [], "{2 keys} → []"),
        ([1], [1, 2], "[1 item] → [2 items]"),
        (["a", "b"], ["a", 1], "[a, b] → [2 items]"),
        ("a\nb\x1b[2J\u202e", "é", '"a\\nb\\u001b[2J\\u202e" → "é"'),
        ("x" * 60, "x" * 58, f'"{"x" * 29}…{"x" * 29}" → "{"x" * 58}"'),
    ],
)
def test_a_summary_is_one_line(before: Any, after: Any, told: str) -> None:
    summary = Change(Policy().root.at(("a", "k")), CHANGE, before, after).summary()
    assert summary == f"a.k: {told}"
    assert summary.isprintable()


def test_each_operation_has_its_words() -> None:
    assert Change(Policy().root.at(("a",)), ADD, None, 1).summary() == "a: added 1"
    assert Change(Policy().root.at(("a",)), REMOVE, 1).summary() == "a: removed 1"
    assert Change(Policy().root.at(("a",)), ORDER, ["x", "y"], ["y", "x"], (1, 0)).summary() == (
        "a: reordered [x, y] → [y, x]"
    )


def test_a_change_is_shown_masked_and_escaped() -> None:
    shown = Change(Policy().root.at(("u", Item(0, "p"), "cert_pvk")), CHANGE, PEM, "other").shown()
    assert shown == {
        "path": "u[p].cert_pvk",
        "op": "change",
        "before": "********",
        "after": "******** (changed)",
    }
    entry = {"password": "hunter2", "note": ["a\nb\x9b", {"\x1b": 1}], "n": 1, "t": True}
    assert Change(Policy().root.at(("u",)), ADD, None, entry).shown() == {
        "path": "u",
        "op": "add",
        "before": None,
        "after": {"password": "********", "note": ["a\nb\\x9b", {"\\x1b": 1}], "n": 1, "t": True},
    }
    assert Change(Policy().root.at(("u",)), ORDER, ["x"], ["y"]).shown()["after"] == ["y"]


def test_no_value_gets_into_a_traceback() -> None:
    change = Change(Policy().root.at(("db_password",)), CHANGE, "hunter2hunter2", "correct horse")
    assert repr(change) == "Change(change db_password)"


def test_equal_changes_are_equal() -> None:
    assert Change(Policy().root.at(("a",)), ADD, None, 1) == Change(
        Policy().root.at(("a",)), ADD, None, 1
    )
    assert Change(Policy().root.at(("a",)), ADD, None, 1) != Change(
        Policy().root.at(("a",)), ADD, None, 2
    )


def test_changes_are_applied_to_what_they_were_made_for() -> None:
    document = {"a": 1, "b": 2, "l": [{"n": 1}, "x", "y"], "same": {"k": 1}}
    changes = [
        Change(Policy().root.at(("new",)), ADD, None, 5),
        Change(Policy().root.at(("a",)), REMOVE, 1),
        Change(Policy().root.at(("l", Item(0), "n")), CHANGE, 1, 9),
        Change(Policy().root.at(("l", Item(1, "x"))), REMOVE, "x"),
        Change(Policy().root.at(("l", Item(2, "y"))), CHANGE, "y", "Y"),
        Change(Policy().root.at(("l", Item(3, "z"))), ADD, None, "z"),
        Change(Policy().root.at(("l",)), ORDER, [], [], (2, 0, 1)),
    ]
    result = apply(document, changes)
    assert result == {"b": 2, "l": ["z", {"n": 9}, "Y"], "same": {"k": 1}, "new": 5}
    assert list(result) == ["b", "l", "same", "new"]
    assert result["same"] is document["same"]
    assert document["l"] == [{"n": 1}, "x", "y"]


@pytest.mark.parametrize(
    "change",
    [
        Change(Policy().root.at(("no", "k")), CHANGE, 1, 2),
        Change(Policy().root.at(("no",)), REMOVE, 1),
        Change(Policy().root.at(("l", Item(7), "k")), CHANGE, 1, 2),
        Change(Policy().root.at(("l", Item(7))), CHANGE, 1, 2),
        Change(Policy().root.at(("a", "k")), CHANGE, 1, 2),
    ],
)
def test_changes_for_another_document_are_refused(change: Change) -> None:
    with pytest.raises(PlanError) as error:
        apply({"a": 1, "l": []}, [change])
    assert error.value.message == "The changes do not fit this document."
    assert error.value.hint == "They can only be applied to the one they were made for."


NAMED = Policy(secret_paths=["**.licence", "keys", "system_users.*.username", "app*.*.server_name"])


@pytest.mark.parametrize(
    ("current", "desired", "state", "told"),
    [
        ({}, {"licence": "S3"}, "merged", ['licence: added "********"']),
        ({"licence": "S1"}, {"licence": "S3"}, "merged", ['licence: "********" → "******** (changed)"']),
        ({"licence": "S1"}, {"licence": None}, "deleted", ['licence: removed "********"']),
        ({"keys": ["S1", "S2"]}, {"keys": ["S2", "S1"]}, "replaced",
         ["keys: reordered [********, ********] → [********, ********]"]),
        ({"keys": ["S1"]}, {"keys": ["S3"]}, "replaced",
         ['keys[********]: removed "********"', 'keys[********]: added "********"']),
        ({"system_users": [{"username": "S1"}]}, {"system_users": [{"username": "S1", "x": 1}]}, "merged",
         ["system_users[********].x: added 1"]),
        ({"m": {"a": [{"licence": "S1"}]}}, {"m": {"a": [{"licence": "S2"}, 1]}}, "replaced",
         ["m.a[#0]: removed {1 key}", "m.a[#1]: added {1 key}", "m.a[#2]: added 1"]),
    ],
)  # fmt: skip
def test_what_the_user_calls_secret_is_masked_in_every_kind_of_change(
    current: dict[str, Any], desired: dict[str, Any], state: str, told: list[str]
) -> None:
    made = plan(current, desired, state, NAMED)
    assert [change.summary() for change in made.changes] == told
    assert "S1" not in str([change.shown() for change in made.changes])


@pytest.mark.parametrize("path", ["m.*.deep", "m[*].deep", "m.*"])
def test_places_within_a_changed_value_are_named_by_their_own_paths(path: str) -> None:
    before = {"m": [{"name": "prod", "deep": ["S1", {"x": "S2"}]}]}
    after = {"m": [{"name": "prod", "deep": ["S3", {"x": "S4"}]}, {"name": "stage", "deep": "S5"}]}
    policy = Policy(lists={"m": "replace"}, secret_paths=[path])
    shown = plan(before, after, "merged", policy).changes[0].shown()
    assert shown["before"][0]["deep"] == ["********", {"x": "********"}]
    assert shown["after"][0]["deep"] == ["******** (changed)", {"x": "******** (changed)"}]
    assert shown["after"][1]["deep"] == "********"
