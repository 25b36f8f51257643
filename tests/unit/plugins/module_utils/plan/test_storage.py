# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What PHP would store as something else is refused before it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number


@pytest.mark.parametrize("state", ["merged", "replaced"])
@pytest.mark.parametrize(
    ("desired", "said"),
    [
        ({"a": {"0": "x", "1": "y"}}, "a is a map whose keys count from 0"),
        ({"a": [{"b": {"0": None}}]}, "b is a map whose keys count from 0"),
        ({"0": "x"}, "the document is a map whose keys count from 0"),
        ({"a": 2**63}, "a is an integer beyond 64 bits"),
        ({"a": [-(2**63) - 1]}, "an integer beyond 64 bits"),
        ({"a": Number("0.12345678901234567890123")}, "a number of more digits than are stored"),
        ({"a": Number("1e400")}, "a number of more digits than are stored"),
        ({"a": "x\ud800"}, "a holds half of a character"),
        ({"a": {"\udfff": 1}}, "a holds half of a character"),
    ],
)
def test_what_would_be_stored_as_something_else_is_refused(
    state: str, desired: Any, said: str
) -> None:
    with pytest.raises(PlanError) as refused:
        plan({}, desired, state)
    assert said in refused.value.message
    assert refused.value.hint
    # What is stored like that already, and stays, was stored.
    assert not plan(desired, desired, state).changed


def test_a_map_that_comes_to_count_from_0_by_a_removal_is_refused() -> None:
    with pytest.raises(PlanError, match="a is a map whose keys count from 0"):
        plan({"a": {"0": 1, "x": 2}}, {"a": {"0": 1}}, "replaced")


@pytest.mark.parametrize(
    "desired",
    [
        {"a": {"1": "x", "0": "y"}},
        {"a": {"0": "x", "y": "z"}},
        {"a": {"00": "x"}},
        {"a": 2**63 - 1},
        {"a": -(2**63)},
        {"a": Number("8.10")},
        {"a": "\U0001f600"},
    ],
)
def test_what_is_kept_is_not(desired: Any) -> None:
    assert plan({}, desired, "merged").payload == desired


def test_a_secret_is_not_shown() -> None:
    with pytest.raises(PlanError) as refused:
        plan({}, {"db_password": 2**64}, "merged")
    assert str(2**64) not in str(refused.value)
