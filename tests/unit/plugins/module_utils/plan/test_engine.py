# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's entry."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan


def test_a_plan_of_nothing() -> None:
    current = {"a": 1}
    made = plan(current, {}, "merged")
    assert made.payload is current
    assert (made.changes, made.warnings, made.changed) == ((), (), False)
    assert plan(current, {"b": 1}, "merged").changed is True


def test_a_plan_shows_no_values() -> None:
    assert "hunter2" not in repr(plan({"password": "hunter2"}, {"password": "hunter22"}, "merged"))


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(PlanError, match="There is no state 'absent'") as error:
        plan({}, {}, "absent")
    assert error.value.hint == "Choose one of merged, replaced, deleted."


@pytest.mark.parametrize("current", [[], None, "x"])
def test_a_stored_document_that_is_no_map_is_refused(current: Any) -> None:
    with pytest.raises(PlanError, match="stored configuration is not a map"):
        plan(current, {}, "merged")


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"comparison": "lax"}, "There is no comparison 'lax'"),
        ({"lists": {"a": "merge"}}, "What lists: says of a is no policy"),
        ({"lists": {"a": {"by": ""}}}, "is no policy"),
        ({"lists": {"a": {"by": ["x"]}}}, "is no policy"),
        ({"lists": {"a": {"by": "x", "and": "y"}}}, "is no policy"),
        ({"lists": {"a": {"from": "x"}}}, "is no policy"),
        ({"lists": {"a": None}}, "is no policy"),
        ({"lists": {"a[": "union"}}, "is not a path"),
        ({"secret_paths": ["a["]}, "is not a path"),
    ],
)
def test_a_policy_that_cannot_be_understood_is_refused(policy: dict[str, Any], told: str) -> None:
    with pytest.raises(PlanError, match=told.replace("[", "\\[")) as error:
        plan({}, {}, "merged", Policy(**policy))
    assert error.value.hint
