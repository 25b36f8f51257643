# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what is stored is in effect, as turbostack_deploy_info and turbostack_host_info tell it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    deploy_info,
    host_info,
)
from simulator import Fault, Simulator


@pytest.fixture(params=["turbostack_deploy_info", "turbostack_host_info"])
def sync(request: pytest.FixtureRequest, task: Callable[..., Any]) -> Callable[..., Any]:
    """The sync status of one host, as either module tells it."""
    operation = {one.OPERATION.name: one.OPERATION for one in (deploy_info, host_info)}
    run = task(operation[request.param])

    def sync(number: int, **options: Any) -> Any:
        result = run(id=number, include_sync=True, **options)
        (entry,) = result.get("deployments") or result["hosts"]
        return entry["sync_status"]

    return sync


@pytest.fixture
def number(simulator: Simulator) -> int:
    return min(int(host) for host in simulator.fleet.hosts)


def change(simulator: Simulator, number: int) -> None:
    simulator.fleet.hosts[number].document = {"webserver": "apache"}


def deploy(simulator: Simulator, number: int) -> None:
    host = simulator.fleet.hosts[number]
    simulator.deployments.start(host, "deploy", simulator.switches)


@pytest.fixture
def quick(simulator: Simulator) -> Simulator:
    simulator.switches.deploy_queued_seconds = simulator.switches.deploy_running_seconds = 0
    return simulator


def test_a_host_at_rest(sync: Any, quick: Simulator, number: int) -> None:
    quick.switches.deploy_history = "succeeded"
    assert sync(number) == "in_effect"
    assert not [request for request in quick.requests if request.method != "GET"]


def test_changed_since(sync: Any, quick: Simulator, number: int) -> None:
    quick.switches.deploy_history = "succeeded"
    sync(number)
    change(quick, number)
    assert sync(number) == "stored_not_deployed"


@pytest.mark.parametrize(
    ("switches", "status"),
    [
        ({"deploy_history": "failed"}, "failed"),
        ({"deploy_history": "none"}, "unknown"),
        ({"deploy_history": "succeeded", "deploy_timestamps": False}, "unknown"),
        ({"deploy_history": "succeeded", "timestamps": "null"}, "unknown"),
        ({"deploy_history": "succeeded", "timestamps": "sql"}, "in_effect"),
        ({"deploy_history": "succeeded", "timestamps": "epoch"}, "in_effect"),
        ({"deploy_history": "succeeded", "timestamps": "offset"}, "in_effect"),
        ({"deploy_history": "succeeded", "deploy_status": "last-deploy"}, "in_effect"),
        ({"deploy_history": "succeeded", "deploy_status": "text"}, "unknown"),
        # The end of the deployment hides what was changed while it ran.
        ({"deploy_history": "succeeded", "deploy_touches_row": True}, "unknown"),
    ],
)
def test_what_the_platform_says(
    switches: dict[str, Any], status: str, sync: Any, quick: Simulator, number: int
) -> None:
    quick.switches.update(**switches)
    assert sync(number) == status


def test_while_it_runs(sync: Any, simulator: Simulator, number: int) -> None:
    simulator.switches.deploy_outcome = "stuck"
    deploy(simulator, number)
    assert sync(number) == "deploying"


def test_the_platforms_own_words(sync: Any, quick: Simulator, number: int) -> None:
    quick.switches.update(deploy_history="succeeded", deploy_words="unknown")
    assert sync(number) == "unknown"
    assert sync(number, status_words={"consolidated": "succeeded"}) == "in_effect"


def test_a_write_and_a_start_that_are_apart_tell_for_good(
    sync: Any, quick: Simulator, number: int
) -> None:
    change(quick, number)
    # The next second of the platform's clock.
    while int(time.time()) == quick.fleet.hosts[number].updated_at:
        time.sleep(0.01)
    deploy(quick, number)
    assert sync(number) == "in_effect"


def test_what_a_row_says_is_not_asked_for(task: Callable[..., Any], quick: Simulator) -> None:
    quick.switches.update(deploy_history="succeeded", rows_show_deployment=True)
    result = task(host_info.OPERATION)(include_sync=True, include_config=False)
    assert {entry["sync_status"] for entry in result["hosts"]} == {"in_effect"}
    assert all("began after the last" in entry["sync_reason"] for entry in result["hosts"])
    assert not [request for request in quick.requests if request.path.endswith("/deploy")]


def test_what_no_row_says_takes_one_request_each(
    task: Callable[..., Any], quick: Simulator
) -> None:
    quick.switches.deploy_history = "succeeded"
    for operation, noun in (
        (host_info.OPERATION, "hosts"),
        (deploy_info.OPERATION, "deployments"),
    ):
        quick.requests.clear()
        result = task(operation)(include_sync=True, name_pattern="*")
        assert {entry["sync_status"] for entry in result[noun]} == {"in_effect"}
        asked = [request.path for request in quick.requests if request.path.endswith("/deploy")]
        assert len(asked) == len(set(asked)) == len(quick.fleet.hosts)


def test_one_that_cannot_be_read_is_told(
    task: Callable[..., Any], quick: Simulator, number: int
) -> None:
    quick.switches.deploy_history = "succeeded"
    for operation, noun in (
        (host_info.OPERATION, "hosts"),
        (deploy_info.OPERATION, "deployments"),
    ):
        quick.fail("GET", f"/hosts/{number}/deploy$", with_=Fault.forbidden())
        result = task(operation)(include_sync=True, name_pattern="*")
        entries = {entry["id"]: entry for entry in result[noun]}
        assert entries[number]["sync_status"] is None
        assert entries[number]["error"]["status"] == 403
        assert all(entry["sync_status"] for other, entry in entries.items() if other != number)


def test_without_the_option_there_is_nothing_of_it(
    task: Callable[..., Any], quick: Simulator, number: int
) -> None:
    (entry,) = task(host_info.OPERATION)(id=number)["hosts"]
    assert "sync_status" not in entry
    assert [request.path for request in quick.requests] == [f"/api/v1/hosts/{number}"]
