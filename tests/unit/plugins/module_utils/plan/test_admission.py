# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may enter a plan."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number


class Odd:
    pass


def refusal(desired: Any, **policy: Any) -> PlanError:
    for state in ("merged", "replaced", "deleted"):
        with pytest.raises(PlanError) as error:
            plan({}, desired, state, Policy(**policy))
    return error.value


@pytest.mark.parametrize(
    ("desired", "message", "hint"),
    [
        ({"a": {80: 1}}, "a has a key that is not text but an integer: 80.", "Quote it"),
        ({True: 1}, "the document has a key that is not text but a boolean: True.", "Quote it"),
        ({"l": [{None: 1}]}, "l[#0] has a key that is not text but null: None.", "Quote it"),
        ({1.5: 1}, "the document has a key that is not text but a number: 1.5.", "Quote it"),
        ({"d": datetime.date(2026, 1, 2)}, "d is a date, which JSON cannot hold.", '"2026-01-02"'),
        ({"d": [datetime.datetime(2026, 1, 2, 3)]}, "is a datetime", '"2026-01-02T03:00:00"'),
        ({"f": float("nan")}, "f is nan, which JSON cannot hold.", "Quote it"),
        ({"system_users": [{"username": "a"}, {"username": "b", "l": [{"f": float("nan")}]}]},
         "system_users[b].l[#0].f is nan, which JSON cannot hold.", "Quote it"),
        ({"token_moment": datetime.date(2026, 1, 2)}, "token_moment is a date", '"********"'),
        ({"f": [-float("inf")]}, "f[-inf] is -inf, which JSON cannot hold.", "Quote it"),
        ({"b": b"x"}, "b is a bytes, which JSON cannot hold.", "Give text"),
        ({"b": {1, 2}}, "b is a set, which JSON cannot hold.", "Give text"),
        ({"b": Odd()}, "b is a Odd, which JSON cannot hold.", "Give text"),
        ([], "The configuration is not a map but a list.", "Give keys and values"),
        (None, "The configuration is not a map but null.", "Give keys and values"),
        ("x", "The configuration is not a map but text.", "Give keys and values"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_as_meant_is_refused(desired: Any, message: str, hint: str) -> None:
    error = refusal(desired)
    assert message in error.message
    assert hint in str(error.hint)


@pytest.mark.parametrize(
    ("desired", "message", "hint"),
    [
        ({"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", "php_version": 8.1}]}]},
         "system_users[prod].vhosts[shop].php_version is the number 8.1, and a version loses digits",
         'Quote it: php_version: "8.1" (or the digits that are meant), or set allow_float_versions: true.'),
        ({"MySQL_Version": 8.0}, "MySQL_Version is the number 8.0", "Quote it"),
        ({"x_version": [8.1]}, "x_version[8.1] is the number 8.1", "Quote it"),
        ({"token_version": 8.1}, "token_version is the number ********", '"********"'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("state", ["merged", "replaced"])
def test_a_version_that_yaml_has_damaged_is_refused(
    state: str, desired: Any, message: str, hint: str
) -> None:
    with pytest.raises(PlanError) as refused:
        plan({"x_version": ["8.1"], "other": 1}, desired, state)
    assert message in refused.value.message
    assert hint in str(refused.value.hint)
    # Where that very number is stored already, there is nothing left to damage.
    assert not plan(desired, desired, state).changed


def test_floats_elsewhere_and_with_their_digits_are_fine() -> None:
    for desired in ({"x_vers": 8.1}, {"a_version": {"x": 8.1}}, {"a_version": Number("8.10")},
                    {"a_version": 8}):  # fmt: skip
        assert plan({}, desired, "merged").payload == desired
    allowed = plan({}, {"a_version": 8.1}, "merged", Policy(allow_float_versions=True))
    assert allowed.payload == {"a_version": 8.1}


def test_numbers_keep_their_digits() -> None:
    number, big = Number("8.10"), 2**62 + 1
    payload = plan({"a": number}, {"b": Number("1.50"), "c": big}, "merged").payload
    assert payload["a"] is number
    assert payload["b"].literal == "1.50"
    assert payload["c"] is big


def test_what_is_given_is_copied_and_tuples_are_lists() -> None:
    desired = {"m": {"l": (1, (2,))}}
    payload = plan({}, desired, "merged").payload
    assert payload == {"m": {"l": [1, [2]]}}
    assert payload["m"] is not desired["m"]


def nested(levels: int) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for level in range(levels):
        document = {"k": [document]} if level % 2 else {"k": document}
    return document


def test_what_is_nested_too_deeply_is_refused() -> None:
    assert plan({}, nested(50), "merged").changed
    assert "nested too deeply" in refusal(nested(120)).message
    with pytest.raises(PlanError, match="stored configuration is nested too deeply"):
        plan(nested(120), {}, "merged")


def test_what_contains_itself_is_refused() -> None:
    cycle: dict[str, Any] = {}
    cycle["a"] = [cycle]
    assert "contains itself" in refusal(cycle).message


def test_the_limit_counts_levels() -> None:
    flat: dict[str, Any] = {}
    for _level in range(100):
        flat = {"k": flat}
    assert plan(flat, flat, "merged").changed is False
    with pytest.raises(PlanError):
        plan({"k": flat}, {}, "merged")
    with pytest.raises(PlanError):
        plan({}, {"k": flat}, "merged")


def test_a_short_stack_gives_a_clear_error() -> None:
    document = nested(60)

    def deeper(frames: int) -> None:
        if frames:
            deeper(frames - 1)
        else:
            plan(document, nested(60), "merged")

    with pytest.raises(PlanError, match=r"^The configuration is nested too deeply"):
        deeper(780)


def test_a_list_that_is_stored_as_given_is_not_looked_into() -> None:
    """Nor what it contains; a list beside it is."""
    twice = [{"app_name": "shop"}, {"app_name": "shop"}]
    policy = Policy(lists={"system_users": "replace"})
    users = [{"username": "prod", "vhosts": twice}, {"username": "prod"}]
    assert plan({}, {"system_users": users}, "merged", policy).payload == {"system_users": users}
    with pytest.raises(PlanError, match="have the same app_name"):
        plan({}, {"system_users": users, "vhosts": twice}, "merged", policy)
    with pytest.raises(PlanError, match="have the same app_name"):
        plan({}, {"system_users": users}, "merged")
