# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON becomes data that can be written down again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.json_data import (
    decode,
)

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_data_stays_as_it_is(value: object, escaped: bool) -> None:
    assert decode(json.dumps(value, ensure_ascii=escaped)) == value


def test_halves_of_characters_are_replaced() -> None:
    assert decode(r'{"a\ud800": ["x\udc00", "\ud83e\udd84", "\\ud800"]}') == {
        "a\ufffd": ["x\ufffd", "🦄", "\\ud800"]
    }


@pytest.mark.parametrize(
    "key", ["__ansible_unsafe", r"\u005f_ansible_unsafe", r"__ansi\u0062le_unsafe"]
)
def test_ansibles_own_keys_are_taken_out_of_its_way(key: str) -> None:
    assert decode(f'{{"a": [{{"{key}": "x", "___ansible_unsafe": 1}}]}}') == {
        "a": [{"____ansible_unsafe": "x", "___ansible_unsafe": 1}]
    }


def test_bytes_in_any_of_jsons_encodings() -> None:
    assert decode('{"a": "é"}'.encode()) == {"a": "é"}
    assert decode(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    with pytest.raises(ValueError, match="utf-8"):
        decode(b'{"a": "\xe9"}')


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"a": -Infinity}', "[" * 100_000])
def test_what_is_not_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        decode(text)
