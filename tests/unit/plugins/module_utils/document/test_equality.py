# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two values mean the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from unit.plugins.module_utils.plan.documents import JSON, deeply_rewritten, patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    comparing,
    content_key,
    differ_only_in_type,
    exactly_equal,
    is_blank,
    platform_equal,
    rewritten,
    type_name,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number

EXACT = [
    (1, 1),
    (8.0, 8.0),
    (Number("1.10"), 1.1),
    (Number("1.10"), Number("1.1")),
    (Number("1E5"), 100000.0),
    (Number("1e999999999999999999999"), Number("1e999999999999999999999")),
    ("a", "a"),
    (None, None),
    (True, True),
    ({"a": 1, "b": [None]}, {"b": [None], "a": 1}),
    ([], []),
    ({}, {}),
    ([[1], {"a": []}], [[1], {"a": []}]),
]
PLATFORM = [
    (8.0, 8),
    (Number("8.0"), 8),
    (Number("9007199254740993.0"), 9007199254740993),
    (-0.0, 0),
    ("a ", "a"),
    ("\n\ta\r\n", "a"),
    ("\u00a0a\u200b\ufeff\0", "a"),
    ("", None),
    (" \n", None),
    ({}, []),
    ({"a": {}}, {"a": []}),
    ([" a", {"b": ""}], ["a", {"b": None}]),
]
DIFFERENT = [
    (1, True),
    (0, False),
    (1.0, True),
    ("1", 1),
    ("8.3", 8.3),
    (None, 0),
    (None, False),
    (None, {}),
    (None, []),
    ("", 0),
    (2**53, 2**53 + 1),
    (9007199254740993, 9007199254740992.0),
    (Number("0.10000000000000000001"), Number("0.1")),
    (1e300, 10**300),
    (8.5, 8),
    ("a b", "a  b"),
    ("a", "A"),
    ([1, 2], [2, 1]),
    ([1], [1, 1]),
    ([1, 1], [1]),
    ([[]], []),
    ({"a": None}, {}),
    ({"a": 1}, {"b": 1}),
    ({"a": 1}, {"a": 1, "b": 1}),
    ({"a": 1}, [1]),
    ({"a": 1}, "a"),
    ([1], 1),
    ({"a ": 1}, {"a": 1}),
    ({"": 1}, {}),
]


@pytest.mark.parametrize(("left", "right"), EXACT)
def test_exactly_equal(left: Any, right: Any) -> None:
    for one, other in ((left, right), (right, left)):
        assert exactly_equal(one, other)
        assert platform_equal(one, other)
        assert content_key(one) == content_key(other)


@pytest.mark.parametrize(("left", "right"), PLATFORM)
def test_equal_to_the_platform(left: Any, right: Any) -> None:
    for one, other in ((left, right), (right, left)):
        assert not exactly_equal(one, other)
        assert platform_equal(one, other)
        assert content_key(one) == content_key(other)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different(left: Any, right: Any) -> None:
    for one, other in ((left, right), (right, left)):
        assert not exactly_equal(one, other)
        assert not platform_equal(one, other)


@pytest.mark.parametrize(
    ("left", "right"), [pair for pair in DIFFERENT if not isinstance(pair[0], Number)]
)
def test_what_is_different_has_another_key(left: Any, right: Any) -> None:
    assert content_key(left) != content_key(right)


@patiently
@given(JSON)
def test_rewriting_is_what_platform_equality_allows(value: Any) -> None:
    again = deeply_rewritten(value)
    assert platform_equal(value, again)
    assert exactly_equal(deeply_rewritten(again), again)
    assert content_key(value) == content_key(again)


def test_rewriting_keeps_the_rest() -> None:
    number = Number("8.10")
    assert rewritten(number) is number
    assert rewritten(1e30) == 1e30
    assert isinstance(rewritten(1e30), float)
    assert isinstance(rewritten(float(2**63)), float)
    assert isinstance(rewritten(float(2**62)), int)
    assert isinstance(rewritten(-float(2**62)), int)
    assert rewritten(float("inf")) == float("inf")
    assert rewritten({"a": " "}) == {"a": " "}
    assert deeply_rewritten({"a": " ", "b": [{}]}) == {"a": None, "b": [[]]}


def test_the_policy_names_the_comparison() -> None:
    assert comparing("platform") is platform_equal
    assert comparing("strict") is exactly_equal


def test_kinds_of_values() -> None:
    values = ["", 1, 1.0, True, None, {}, []]
    names = ["text", "integer", "float", "boolean", "null", "map", "list"]
    assert [type_name(value) for value in values] == names


@pytest.mark.parametrize(("value", "blank"), [(None, True), ("", True), (" \n", True), ({}, True), ([], True),
                                              (0, False), (False, False), ("x", False), ([None], False)])  # fmt: skip
def test_blank(value: Any, blank: bool) -> None:
    assert is_blank(value) is blank


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("8.3", 8.3, True),
        ("8.10", Number("8.10"), True),
        ("8.1", Number("8.10"), True),
        ("8", 8.0, True),
        (8, 8.0, True),
        (" 1 ", 1, True),
        (True, "TRUE", True),
        (True, "on", True),
        (False, "no", True),
        (False, 0, True),
        (True, 1, True),
        (None, "~", True),
        (None, "None", True),
        (None, "", True),
        ("1", "1", False),
        (1, 1, False),
        (1, "2", False),
        (None, False, False),
        (True, "false", False),
        ([], "[]", False),
        ("x", ["x"], False),
    ],
)
def test_values_that_differ_only_in_type(left: Any, right: Any, alike: bool) -> None:
    assert differ_only_in_type(left, right) is alike
    # pylint: disable-next=arguments-out-of-order
    assert differ_only_in_type(right, left) is alike
