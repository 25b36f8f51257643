# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import BodyError
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


def test_no_field_is_not_the_same_as_no_configuration() -> None:
    assert stored_in({"id": 1, "json": None}, "/x") is None
    with pytest.raises(BodyError, match="no field json"):
        stored_in({"id": 1, "name": "shop"}, "/x")
