# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Doubts about a configuration in a task: warned of, refused before anything is written, or not looked for."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import host
from simulator import Simulator

WANTED = {"webserver": "ngnix", "php_main_verison": "8.3"}


@pytest.fixture
def run(simulator: Simulator, task: Any) -> Any:
    stored = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    stored.document = {"webserver": "nginx"}
    made = task(host.OPERATION)

    def run(config: dict[str, Any], **options: Any) -> Any:
        return made(**{"id": stored.id, "config": config, **options})

    run.task = made  # type: ignore[attr-defined]
    return run


def writes(simulator: Simulator) -> int:
    return len(simulator.requests.matching("POST"))


def test_a_task_warns_and_goes_on(run: Any, simulator: Simulator) -> None:
    result = run(WANTED)
    assert result["changed"] is True
    assert [finding["code"] for finding in result["findings"]] == ["unknown-key", "wrong-value"]
    assert sum("Did you mean" in warning for warning in run.task.warnings) == 2
    assert writes(simulator) == 1


def test_strict_refuses_everything_at_once_and_writes_nothing(
    run: Any, simulator: Simulator
) -> None:
    with pytest.raises(PlanError) as refused:
        run(WANTED, validate="strict")
    assert "2 doubts" in refused.value.message
    assert "Did you mean nginx?" in refused.value.message
    assert "Did you mean php_main_version?" in refused.value.message
    assert "validate_except" in str(refused.value.hint)
    assert writes(simulator) == 0


@pytest.mark.parametrize(
    "options",
    [
        {"validate": "off"},
        {"validate": "strict", "validate_except": ["webserver", "**.php_main_verison"]},
    ],
)
def test_places_can_be_left_out_and_all_of_it_switched_off(
    options: dict[str, Any], run: Any, simulator: Simulator
) -> None:
    assert run(WANTED, **options)["findings"] == []
    assert writes(simulator) == 1


def test_places_that_are_none_are_refused(run: Any, simulator: Simulator) -> None:
    with pytest.raises(PlanError, match="is not a path"):
        run({"webserver": "nginx"}, validate_except=["[["])
    assert writes(simulator) == 0


def test_a_snapshot_is_doubted_as_well(run: Any, simulator: Simulator) -> None:
    stored = {"webserver": "ngnix"}
    with pytest.raises(PlanError, match="one doubt"):
        run(stored, snapshot=stored, validate="strict")
    assert run(stored, snapshot=stored)["findings"][0]["path"] == "webserver"
