# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_deploy_info."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    SettingsError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import deploy_info
from simulator import Fault, Simulator


@pytest.fixture
def info(task: Callable[..., Any]) -> Any:
    return task(deploy_info.OPERATION)


@pytest.fixture
def number(simulator: Simulator) -> int:
    return min(int(host) for host in simulator.fleet.hosts)


def test_of_one_host_takes_one_request(info: Any, simulator: Simulator, number: int) -> None:
    simulator.switches.deploy_history = "succeeded"
    (entry,) = info(id=number, check_mode=True)["deployments"]
    assert [request.path for request in simulator.requests] == [f"/api/v1/hosts/{number}/deploy"]
    assert (entry["id"], entry["name"], entry["error"]) == (number, None, None)
    assert (entry["status"], entry["running"], entry["with_warnings"]) == (
        "succeeded",
        False,
        False,
    )
    assert entry["platform_status"] == entry["deployment"]["status"] == "success"
    assert entry["marks"]["id"] == str(entry["deployment"]["id"])


def test_of_all_takes_one_each(info: Any, simulator: Simulator) -> None:
    result = info(name_pattern="*", workers=8)
    assert len(simulator.requests) >= 1 + len(simulator.fleet.hosts)
    names = {number: host.name for number, host in simulator.fleet.hosts.items()}
    assert {entry["id"]: entry["name"] for entry in result["deployments"]} == names
    assert {entry["status"] for entry in result["deployments"]} == {"none"}


@pytest.mark.parametrize(
    "never", ["404", "null", "empty-object", "empty-list", "204", "null-status"]
)
def test_never_deployed(info: Any, simulator: Simulator, number: int, never: str) -> None:
    simulator.switches.deploy_never = never
    (entry,) = info(id=number)["deployments"]
    assert (entry["status"], entry["running"]) == ("none", False)


def test_no_such_host(info: Any) -> None:
    with pytest.raises(TargetError, match="no host with id 99999"):
        info(id=99999)


def test_a_word_that_is_not_known(info: Any, simulator: Simulator, number: int) -> None:
    body = {"status": "hibernating", "reason": "password=TScanaryPWabc is wrong"}
    simulator.fail("GET", "/deploy$", times=2, with_=Fault.wrong_type(body=body))
    (entry,) = info(id=number)["deployments"]
    assert (entry["status"], entry["platform_status"]) == ("unknown", "hibernating")
    assert "TScanary" not in str(entry)
    (entry,) = info(id=number, status_words={"hibernating": "queued"})["deployments"]
    assert (entry["status"], entry["running"]) == ("queued", True)
    with pytest.raises(SettingsError, match="status_words maps 'x' to 'y'"):
        info(id=number, status_words={"x": "y"})


def test_errors_of_one_among_many(info: Any, simulator: Simulator, number: int) -> None:
    another = sorted(simulator.fleet.hosts)[1]
    simulator.fail("GET", f"/hosts/{number}/deploy$", with_=Fault.forbidden())
    simulator.fail("GET", f"/hosts/{another}/deploy$", with_=Fault.wrong_type(body={"x": 1}))
    result = {entry["id"]: entry for entry in info(name_pattern="*")["deployments"]}
    assert sorted(result) == sorted(simulator.fleet.hosts)
    assert result[number]["error"]["status"] == 403
    assert result[another]["error"]["kind"] == "body"
    assert (result[number]["status"], result[number]["running"]) == ("unknown", None)
    assert "2 of 30" in info.warnings[0]
    simulator.fail("GET", f"/hosts/{number}/deploy$", with_=Fault.wrong_type(body={"x": 1}))
    with pytest.raises(BodyError, match="no deployment status can be found"):
        info(id=number)
