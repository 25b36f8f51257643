# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.outline import outline


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "null"),
        (True, "boolean"),
        (7, "number"),
        (7.5, "number"),
        ("s3cret", "string"),
        ("", "empty string"),
        ([], "[]"),
        ({}, "{}"),
        ([{"id": 1}, {"id": 2}], "[2 x {id: number}]"),
        ({"data": {"a": {"b": {"c": 1}}}}, "{data: {a: {b: {…}}}}"),
        ({"\x1b[2J": 1}, "{\\x1b[2J: number}"),
    ],
)
def test_an_outline_shows_kinds_and_keys(value: Any, said: str) -> None:
    assert outline(value) == said


def test_an_outline_stays_short() -> None:
    shown = outline({f"{number}{'x' * 500}": number for number in range(500)})
    assert len(shown) < 1000
    assert "and 488 more" in shown


def test_no_value_is_ever_in_an_outline() -> None:
    assert "s3cret" not in outline({"a": ["s3cret", {"b": "s3cret"}], "c": "s3cret"})
