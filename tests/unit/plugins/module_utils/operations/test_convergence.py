# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tasks, turbostack_host and then turbostack_deploy: whatever happened before, a run ends in effect or says so."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    deploy,
    host,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deployment import (
    machine,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from simulator import Fault, Simulator

CONFIG = {"webserver": "apache", "redis_memory": "3gb"}


@pytest.fixture
def number(simulator: Simulator) -> int:
    """A host that was deployed long ago, and not changed since."""
    number = min(simulator.fleet.hosts)
    simulator.switches.update(deploy_history="succeeded", deploy_queued_seconds=0)
    stored = simulator.fleet.hosts[number]
    stored.document = {"webserver": "nginx"}
    stored.updated_at = int(time.time()) - 3600
    simulator.deployments.seen_by_status_read(stored, simulator.switches)
    stored.updated_at -= 3600
    return number


@pytest.fixture
def tasks(task: Any, number: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(machine, "SHORTEST_INTERVAL", 0.02)
    write, start = task(host.OPERATION), task(deploy.OPERATION)

    def run(write_only: bool = False, config: dict[str, Any] | None = None, **options: Any) -> Any:
        written = write(id=number, config=CONFIG if config is None else config)
        if write_only:
            return written
        return start(**{"id": number, "poll_interval": 0.05, "wait_timeout": 10, **options})

    run.deploy = start  # type: ignore[attr-defined]
    return run


def into_the_next_second() -> None:
    """So that the platform's times tell what came first."""
    time.sleep(1.1)


def posts(simulator: Simulator) -> list[str]:
    return [request.path for request in simulator.requests.matching("POST")]


def test_written_deployed_and_at_rest(tasks: Any, simulator: Simulator, number: int) -> None:
    result = tasks()
    assert (result["changed"], result["status"]) == (True, "succeeded")
    assert result["sync_status"] == "in_effect"
    simulator.requests.clear()
    result = tasks()
    assert (result["changed"], result["sync_status"]) == (False, "in_effect")
    assert "began after the last known change" in result["sync_reason"]
    assert len(simulator.requests) == 3
    assert posts(simulator) == []
    assert simulator.deployments[number] == 1


def test_a_deployment_that_failed_is_started_again(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    simulator.deployments.fail_for(number, "no DNS")
    with pytest.raises(OperationFailed, match="no DNS") as failed:
        tasks()
    assert failed.value.result["sync_status"] == "failed"
    simulator.deployments.reasons.clear()
    simulator.requests.clear()
    assert tasks()["sync_status"] == "in_effect"
    assert posts(simulator) == [f"/api/v1/hosts/{number}/deploy"]
    simulator.requests.clear()
    assert tasks()["changed"] is False
    assert posts(simulator) == []


def test_killed_between_write_and_start(tasks: Any, simulator: Simulator, number: int) -> None:
    written = tasks(write_only=True)
    assert (written["changed"], written["sync_status"]) == (True, "stored_not_deployed")
    predicted = tasks(check_mode=True)
    assert predicted["changed"] is True
    assert predicted["sync_status"] == "stored_not_deployed"
    result = tasks()
    assert (result["changed"], result["sync_status"]) == (True, "in_effect")
    assert tasks()["changed"] is False
    assert simulator.deployments[number] == 1


def test_killed_while_it_waited(tasks: Any, simulator: Simulator, number: int) -> None:
    simulator.switches.deploy_running_seconds = 1
    assert tasks(wait=False)["sync_status"] == "deploying"
    assert tasks(check_mode=True)["changed"] is False
    result = tasks()
    assert (result["changed"], result["status"]) == (False, "succeeded")
    assert result["sync_status"] == "in_effect"
    assert simulator.deployments[number] == 1


def test_what_is_written_during_somebody_elses_deployment_is_deployed_after_it(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    simulator.switches.deploy_running_seconds = 2.5
    tasks.deploy(id=number, start="always", wait=False)
    assert simulator.fleet.hosts[number].document["webserver"] == "nginx"
    into_the_next_second()
    tasks(write_only=True)
    assert tasks(check_mode=True)["changed"] is True
    result = tasks()
    assert (result["changed"], result["sync_status"]) == (True, "in_effect")
    assert simulator.deployments[number] == 2


def test_a_task_with_a_condition_of_its_own_goes_on_working(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    for config in (CONFIG, {"webserver": "nginx"}):
        assert tasks(write_only=True, config=config)["deploy_required"] is True
        assert tasks.deploy(id=number, poll_interval=0.05)["changed"] is True
    assert simulator.deployments[number] == 2


@pytest.fixture
def without_times(simulator: Simulator) -> None:
    simulator.switches.deploy_timestamps = False


@pytest.mark.usefixtures("without_times")
def test_without_times_it_deploys_once_more_and_never_fails(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    assert tasks()["sync_status"] == "in_effect"
    result = tasks()
    assert (result["changed"], result["status"]) == (True, "succeeded")
    assert simulator.deployments[number] == 2


@pytest.mark.usefixtures("without_times")
def test_without_times_a_registered_result_tells(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    for changed in (True, False):
        written = tasks(write_only=True)
        required = written["deploy_required"]
        assert tasks.deploy(id=number, deploy_required=required)["changed"] is required is changed
    assert simulator.deployments[number] == 1


def test_what_is_said_to_be_required_is_done_though_the_row_lags(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    tasks()
    assert tasks(deploy_required=True)["changed"] is True
    assert tasks(deploy_required=False)["changed"] is False
    into_the_next_second()
    tasks(write_only=True, config={"webserver": "nginx"})
    # It counts only where the platform does not tell.
    assert tasks.deploy(id=number, deploy_required=False)["changed"] is True


@pytest.mark.parametrize("kind", ["fullDeploy", "fullResetDeploy"])
def test_what_asks_for_everything_is_done_in_any_case(
    kind: str, tasks: Any, simulator: Simulator, number: int
) -> None:
    tasks()
    assert tasks(type=kind, confirm="DELETE")["changed"] is True
    assert tasks(type=kind, confirm="DELETE", start="pending")["changed"] is False


def test_never_only_waits_and_reports(tasks: Any, simulator: Simulator, number: int) -> None:
    result = tasks(start="never")
    assert (result["changed"], result["status"]) == (False, "succeeded")
    assert result["sync_status"] == "stored_not_deployed"
    simulator.deployments.fail_for(number, "no DNS")
    simulator.switches.deploy_running_seconds = 0.5
    tasks(wait=False)
    with pytest.raises(OperationFailed, match="no DNS") as failed:
        tasks(start="never")
    assert failed.value.result["changed"] is False
    # It was over before, so nothing that was waited for has failed.
    assert tasks(start="never")["sync_status"] == "failed"
    assert simulator.deployments[number] == 1


def test_a_status_that_cannot_be_read_starts_nothing(
    tasks: Any, simulator: Simulator, number: int
) -> None:
    simulator.fail("GET", "/deploy", with_=Fault.wrong_type({"status": "sideways"}))
    with pytest.raises(OperationFailed, match="Nothing was started"):
        tasks()
    assert simulator.deployments[number] == 0
