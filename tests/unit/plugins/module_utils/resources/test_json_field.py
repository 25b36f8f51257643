# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import BodyError
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.depth import DEEPEST
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.json_field import (
    UnreadableDocument,
    decode,
    stored_in,
)


@pytest.mark.parametrize(
    ("stored", "document"),
    [
        ('{"a": {"b": [1]}}', {"a": {"b": [1]}}),
        ({"a": 1}, {"a": 1}),
        ("{}", {}),
        ("[]", {}),
        ("null", {}),
        ("", {}),
        (" \n", {}),
        (None, {}),
        ([], {}),
        ({}, {}),
    ],
)
def test_a_document_comes_in_several_forms(stored: Any, document: dict[str, Any]) -> None:
    assert decode(stored, "host shop") == document


@pytest.mark.parametrize(
    "stored", ["s3cret: yaml", '{"s3cret": ', '"s3cret"', "7", 7, True, ["s3cret"], '["s3cret"]']
)
def test_what_is_no_document_is_refused_without_a_word_of_it(stored: Any) -> None:
    with pytest.raises(UnreadableDocument, match="host shop") as refused:
        decode(stored, "host shop")
    assert "s3cret" not in str(refused.value)
    assert "state: replaced" in str(refused.value)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ("{not json", "text that is not JSON (line 1, column 2)"),
        ("webserver: nginx", "text that is not JSON (line 1, column 1)"),
        ('{"a": NaN}', "text that is not JSON (NaN is not JSON)"),
        ("[" * 100_000, "text that is not JSON (nested too deeply)"),
        ("42", "not an object but number"),
        ([1, 2], "not an object but [2 x number]"),
    ],
)
def test_the_reason_says_what_it_is_instead(stored: Any, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        decode(stored, "host shop")
    assert refused.value.reason == reason


@pytest.mark.parametrize("form", [json.dumps, lambda value: value])
def test_there_is_an_end_to_nesting(form: Any) -> None:
    deep: dict[str, Any] = {}
    for _level in range(DEEPEST):
        deep = {"below": deep}
    assert decode(form(deep), "host shop") == deep
    with pytest.raises(UnreadableDocument, match=f"more than {DEEPEST} levels"):
        decode(form({"below": deep}), "host shop")


def test_whoever_asks_may_read_the_text_otherwise() -> None:
    assert decode('{"a": 8.10}', "host shop", lambda text: {"read": text}) == {
        "read": '{"a": 8.10}'
    }


def test_no_field_is_not_the_same_as_no_configuration() -> None:
    assert stored_in({"id": 1, "json": None}, "/x") is None
    with pytest.raises(BodyError, match="no field json"):
        stored_in({"id": 1, "name": "shop"}, "/x")
