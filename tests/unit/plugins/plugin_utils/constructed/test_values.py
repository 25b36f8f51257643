# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys tell apart what an expression can tell apart, and stay small."""

from __future__ import annotations

import itertools
import sys
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed import values
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.expression import (
    Path,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.marks import (
    known_marks,
)

from .both_ways import HAS_TAGS, data, describe, trusted, with_origin

MARKS = known_marks(templates_are_recursive=not HAS_TAGS)

DIFFERENT: list[Any] = [
    None, True, False, 1, 0, 1.0, 0.0, -0.0, "1", "1.0", "", "None", "True", [], {}, [[]], [{}],
    [None], [1], [True], [1.0],
    ["1"], {"a": 1}, {"a": True}, {"a": "1"}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {1: "a"},
    {True: "a"}, ["a", "b"], ["ab"],
    ["a", ["b"]], "['a']", {"a": None}, {"a": {}}, {"a": []},
    "x" * 500, "x" * 501, "y" * 500, [0] * 100, [0] * 101,
    [False] * 100, {str(number): number for number in range(50)},
    {str(number): number for number in reversed(range(50))},
    [{"a": 1}] * 40, [{"a": True}] * 40, ["<class 'int'>", 1], "\ud800",
]  # fmt: skip


def _key(value: Any) -> Any:
    try:
        return values.key_of(value, MARKS)
    except values.NotShareable:
        return None


def test_different_values_have_different_keys() -> None:
    marked = [data("1"), data("x" * 500), [data("1")], {"a": data("1")}]
    if HAS_TAGS:
        marked = [
            trusted("1"),
            with_origin("1", 3),
            with_origin("1", 4),
            with_origin(1, 3),
            with_origin([1], 3),
        ]
        marked += [
            with_origin({"a": 1}, 3),
            [with_origin("1", 3)],
            with_origin(1.0, 3),
            trusted("1", line=3),
        ]
    for one, other in itertools.combinations([*DIFFERENT, *marked], 2):
        assert _key(one) != _key(other), (one, other)


@pytest.mark.parametrize("value", DIFFERENT, ids=lambda value: repr(value)[:20])
def test_equal_values_have_equal_keys(value: Any) -> None:
    copied = values.copy_of(value)
    assert _key(value) is not None
    assert _key(copied) == _key(value)
    assert hash(_key(copied)) == hash(_key(value))
    assert _key(data(value)) is not None
    assert _key(data(value)) == _key(data(copied))
    assert values.can_be_copied(value, MARKS)
    assert describe(copied) == describe(value)


def test_a_large_value_has_a_small_key() -> None:
    text = "-----BEGIN CERTIFICATE-----\n" * 20_000
    for value in (text, [text], {"cert": text, "more": list(range(3000))}):
        key = values.key_of(value, MARKS)
        assert len(repr(key)) < 300
        assert sys.getsizeof(key) < 1000


class Text(str):
    __slots__ = ()


class Mapping(dict[str, Any]):
    pass


def _nested(depth: int) -> Any:
    value: Any = "bottom"
    for _level in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        Text("a"),
        Mapping(a=1),
        object(),
        b"a",
        (1, 2),
        {1, 2},
        [Text("a")],
        {"a": object()},
        {Text("a"): 1},
        {(1, 2): 1},
        1j,
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_unknown_type_has_no_key(value: Any) -> None:
    assert _key(value) is None


@pytest.mark.parametrize(
    "value", [_nested(100), list(range(6000)), {"a": list(range(6000))}], ids=lambda value: ""
)
def test_what_is_too_large_has_no_key(value: Any) -> None:
    assert _key(value) is None


@pytest.mark.skipif(not HAS_TAGS, reason="there are no tags")
def test_a_template_has_no_key() -> None:
    assert _key(trusted("{{ x }}")) is None
    assert _key(["a", {"b": trusted("{{ x }}")}]) is None
    assert _key("{{ x }}") == "{{ x }}"


@pytest.mark.skipif(not HAS_TAGS, reason="there are no tags")
def test_a_value_whose_use_is_announced_has_no_key() -> None:
    from ansible.module_utils.datatag import deprecate_value

    # pylint: disable-next=collection-invalid-deprecated-version
    deprecated = deprecate_value("a", msg="not any more", version="9.0")
    assert _key(deprecated) is None
    assert _key({"a": deprecated}) is None


@pytest.mark.skipif(HAS_TAGS, reason="from 2.19 on it is the value that is used that counts")
def test_marks_of_a_variable() -> None:
    assert MARKS.of_variable({"a": [1, "text", None, 1.5]}) is False
    assert MARKS.of_variable({"a": [1, data("text"), "text"]}) is True
    for value in ({"a": data("x"), "b": ["{{ x }}"]}, "{% x %}", {"a": ("tuple",)}, [object()]):
        with pytest.raises(values.NotShareable):
            MARKS.of_variable(value)


VARIABLES = {"a": {"b": {"c": 1}, "n": None, "l": ["x", {"y": 2}], "s": "text"}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("b", "c"), ("b", "d")),
        (("b", "c"), ("b",)),
        (("n", "c"), ("n",)),
        (("l", 0), ("l", 1)),
        (("l", 2), ("l", 1, "y")),
        (("s", "nope"), ("s",)),
        (("x",), ("b", "x")),
        (("n",), ("x",)),
    ],
)
def test_places_have_different_keys(
    one: tuple[str | int, ...], other: tuple[str | int, ...]
) -> None:
    keys = [values.key_at(Path("a", steps), VARIABLES, MARKS, False) for steps in (one, other)]
    assert keys[0] != keys[1]


def test_what_a_path_passes_by_has_no_influence() -> None:
    changed = {"a": {**VARIABLES["a"], "s": "other"}, "z": 1}
    for steps in (("b", "c"), ("l", 1, "y"), ("x",), ("n", "c")):
        path = Path("a", steps)
        assert values.key_at(path, VARIABLES, MARKS, False) == values.key_at(
            path, changed, MARKS, False
        )
    missing = Path("a", ("x",))
    assert values.key_at(missing, VARIABLES, MARKS, True) != values.key_at(
        missing, changed, MARKS, True
    )
