# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stored configurations become plain data, or an error that says why not."""

from __future__ import annotations

import json

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.configuration import (
    UNKNOWN,
    Unreadable,
    stored,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.nesting import (
    DEEPEST,
)


@pytest.mark.parametrize("value", [None, "", " \n", "[]", "{}", "null", [], {}])
def test_empty_ones(value: object) -> None:
    assert stored({"json": value}) == {}


@pytest.mark.parametrize("value", ['{"a": 8.0}', {"a": 8.0}])
def test_text_and_objects(value: object) -> None:
    config = stored({"json": value})
    assert config == {"a": 8.0}
    assert config["a"].__class__ is float


def test_a_row_without_one_says_nothing() -> None:
    assert stored({"id": 1}) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{not json", "line 1, column 2"),
        ("webserver: nginx", "line 1, column 1"),
        ('{"a": NaN}', "NaN is not JSON"),
        ("42", "not an object but number"),
        ("[1, 2]", r"not an object but \[2 x number\]"),
        ('"text"', "not an object but string"),
        ("[" * 100_000, "nested too deeply|line 1"),
        (json.dumps({"a": "b"})[:-1] + ', "deep": ' + "[" * 400 + "]" * 400 + "}", "levels deep"),
    ],
)
def test_unreadable_ones(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        stored({"json": text})


def test_the_text_itself_is_not_quoted() -> None:
    with pytest.raises(Unreadable) as failure:
        stored({"json": '{"password": "hunter2", oops'})
    assert "hunter2" not in str(failure.value)


def test_deep_ones_may_be_as_deep_as_ansible_takes_them() -> None:
    deep: object = 1
    for _level in range(DEEPEST):
        deep = {"below": deep}
    assert stored({"json": json.dumps(deep)}) == deep
    with pytest.raises(Unreadable):
        stored({"json": {"below": deep}})
