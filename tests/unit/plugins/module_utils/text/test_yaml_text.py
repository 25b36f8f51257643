# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML that loads again as what was written, and cannot drive a terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st
from unit.plugins.module_utils.plan.documents import JSON, TEXT, documents, patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    exactly_equal,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.yaml_text import (
    BARE,
    to_yaml,
)

LINES = st.lists(
    st.sampled_from(["", " ", "a", " a", "a ", "\ta", "- a", "# a", "a: b", "é", "---", "...", "|"])
)


@patiently
@given(st.one_of(JSON, documents(), LINES.map("\n".join), TEXT))
def test_what_is_written_loads_again(value: Any) -> None:
    text = to_yaml(value)
    loaded = yaml.safe_load(text) if text else {}
    assert exactly_equal(loaded, value)


@patiently
@given(st.dictionaries(st.text(max_size=4), st.text(max_size=4)))
def test_no_character_can_drive_a_terminal(document: dict[str, str]) -> None:
    forging = {unicodedata.category(character) for character in to_yaml(document).replace("\n", "")}
    assert forging.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, ""),
        ({"a": {}, "b": [], "c": None, "d": True, "e": False, "f": 1},
         "a: {}\nb: []\nc: null\nd: true\ne: false\nf: 1\n"),
        ({"a": {"b": {"c": 1}}, "d": 2}, "a:\n  b:\n    c: 1\nd: 2\n"),
        ({"a": [1, {"b": 2, "c": [3]}, [4, [5]], {}, []]},
         "a:\n  - 1\n  - b: 2\n    c:\n      - 3\n  - - 4\n    - - 5\n  - {}\n  - []\n"),
        ([{"a": 1}], "- a: 1\n"),
        ({"a": "8.2", "b": "yes", "c": "", "d": "x: y", "e": "a #b", "f": "it's"},
         "a: '8.2'\nb: 'yes'\nc: ''\nd: 'x: y'\ne: 'a #b'\nf: 'it''s'\n"),
        ({"a": "plain text", "b": "a:b", "c": "a#b", "d": "/var/www", "e": "müller", "f": "x ", "g": "k:"},
         "a: plain text\nb: a:b\nc: 'a#b'\nd: /var/www\ne: müller\nf: 'x '\ng: 'k:'\n"),
        ({"a": "one\ntwo"}, "a: |-\n  one\n  two\n"),
        ({"a": "one\n\ntwo\n"}, "a: |\n  one\n\n  two\n"),
        ({"a": "one\n\n", "b": 1}, "a: |+\n  one\n\nb: 1\n"),
        ({"l": ["one\ntwo\n"]}, "l:\n  - |\n    one\n    two\n"),
        ({"m": {"k": "a\tb\n  c"}}, "m:\n  k: |-\n    a\tb\n      c\n"),
        ({"a": " one\ntwo"}, "a: \" one\\ntwo\"\n"),
        ({"a": "\none"}, 'a: "\\none"\n'),
        ({"a": "one\n  \ntwo"}, 'a: "one\\n  \\ntwo"\n'),
        ({"a": "one\r\ntwo"}, 'a: "one\\r\\ntwo"\n'),
        ({"a": "\x1b[31m\0\t\x85\u202e\U000e0001\ufeff\ufffe\\\"é"},
         'a: "\\x1b[31m\\0\\t\\x85\\u202e\\U000e0001\\ufeff\\ufffe\\\\\\"é"\n'),
        ({"a": "\ud800"}, 'a: "\\ud800"\n'),
        ({"1": 1, "null": 2, "a b": 3, "": 4, "x\ny": 5},
         "'1': 1\n'null': 2\na b: 3\n'': 4\n\"x\\ny\": 5\n"),
        ({"k" * 101: {"a": 1}, "k" * 100: 2}, f"? {'k' * 101}\n:\n  a: 1\n{'k' * 100}: 2\n"),
        ({"k" * 101: "v"}, f"? {'k' * 101}\n: v\n"),
        ({"a": 1.5, "b": 1e16, "c": 1e-7, "d": Number("8.10"), "e": Number("1E5"), "f": Number("1.0E+5")},
         "a: 1.5\nb: 1.0e+16\nc: 1.0e-07\nd: 8.10\ne: 1.0e+5\nf: 1.0e+5\n"),
        ({"a": BARE, "l": [BARE, 1]}, "a:\nl:\n  -\n  - 1\n"),
    ],
)  # fmt: skip
def test_the_style(value: Any, text: str) -> None:
    assert to_yaml(value) == text


@pytest.mark.parametrize(
    "word", ["true", "False", "YES", "no", "On", "off", "y", "N", "null", "None", "NaN", "inf"]
)
def test_words_with_a_meaning_are_quoted(word: str) -> None:
    assert to_yaml([word]) == f"- '{word}'\n"


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x\n"), (1, "1\n"), ("a\nb\n", "|\n  a\n  b\n"), ([], "[]\n")]
)
def test_a_value_may_stand_alone(value: Any, text: str) -> None:
    assert to_yaml(value) == text
