# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import pickle
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import (
    Number,
    decode,
    encode,
)

NUMBERS = [
    "8.10",
    "8.0",
    "0.1000000000000000055511151231257827",
    "1E5",
    "1e400",
    "-0.0",
    "9007199254740993",
    "123456789012345678901234567890",
    "1.0",
]


@pytest.mark.parametrize("literal", NUMBERS)
def test_a_number_keeps_its_digits(literal: str) -> None:
    text = f'{{"deep":[{{"version":{literal}}},true]}}'
    assert encode(decode(text)) == text
    assert encode(deepcopy(decode(text))) == text


def test_a_number_is_a_float_to_everybody_else() -> None:
    number = decode("8.10")
    assert isinstance(number, Number)
    assert number == 8.1
    assert json.dumps(number) == "8.1"
    assert pickle.loads(pickle.dumps(number)).literal == "8.10"  # noqa: S301


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_what_is_encoded_is_decoded_again(value: Any) -> None:
    assert decode(encode(value)) == value
    # With and without a number that remembers its text: two ways through the encoder, one result.
    assert encode([value, Number("8.10")]) == f"[{encode(value)},8.10]"


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"a": Infinity}', "[1,]", b"\xff", "[" * 100000])
def test_what_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (several kinds, one base)
        decode(text)


def test_byte_order_marks_are_read_over() -> None:
    assert decode(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf"), Number("1.0")]])
def test_numbers_that_json_does_not_have_are_refused(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        encode(value)


def test_nesting_beyond_all_bounds_is_refused_when_written() -> None:
    deep: list[Any] = []
    for _level in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="deep"):
        encode(deep)
