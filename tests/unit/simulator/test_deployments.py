# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deployments: their course, their counts, failures of one host."""

from __future__ import annotations

import time
from typing import Any

import pytest


def statuses(api: Any, host_id: int) -> list[str]:
    """Every status seen until the deployment ended."""
    seen: list[str] = []
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        status = api.get(f"/hosts/{host_id}/deploy").json()["status"]
        if status not in seen:
            seen.append(status)
        if status in ("success", "failed"):
            return seen
    raise AssertionError(seen)


def test_course_of_a_deployment(api, simulator, host_id):
    started = api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"}).json()
    assert (started["host_id"], started["type"], started["status"]) == (host_id, "deploy", "queued")
    assert started["started_at"] is started["finished_at"] is None
    assert statuses(api, host_id) == ["queued", "running", "success"]
    ended = api.get(f"/hosts/{host_id}/deploy").json()
    assert ended["id"] == started["id"]
    assert ended["finished_at"] is not None


def test_counts(api, simulator, host_id):
    simulator.switches.update(deploy_queued_seconds=0, deploy_running_seconds=0)
    other = max(simulator.fleet.hosts)
    for kind in ("deploy", "fullDeploy", "fullResetDeploy"):
        api.post(f"/hosts/{host_id}/deploy", {"type": kind})
    api.post(f"/hosts/{other}/deploy", {"type": "deploy"})
    assert dict(simulator.deployments.started) == {host_id: 3, other: 1}
    assert dict(simulator.deployments.full_resets) == {host_id: 1}
    assert (simulator.deployments[host_id], simulator.deployments[-1]) == (3, 0)
    assert len(simulator.deployments) == 4
    assert [one.type for one in simulator.deployments.of(host_id)] == [
        "deploy",
        "fullDeploy",
        "fullResetDeploy",
    ]


@pytest.mark.parametrize("reason", [None, "TASK [mysql] fatal: disk full"])
def test_failure_of_one_host(api, simulator, host_id, reason):
    other = max(simulator.fleet.hosts)
    simulator.deployments.fail_for(host_id, reason)
    for number in (host_id, other):
        api.post(f"/hosts/{number}/deploy", {"type": "deploy"})
    assert statuses(api, host_id)[-1] == "failed"
    assert statuses(api, other)[-1] == "success"
    message = api.get(f"/hosts/{host_id}/deploy").json()["message"]
    assert message == reason if reason else "Let's Encrypt" in message


def test_next_deployment_may_start_when_the_first_ended(api, simulator, host_id):
    path = f"/hosts/{host_id}/deploy"
    assert api.post(path, {"type": "deploy"}).status_code == 200
    refused = api.post(path, {"type": "deploy"})
    assert refused.status_code == 409
    assert refused.json() == {"message": "A deployment is already running for this host."}
    statuses(api, host_id)
    assert api.post(path, {"type": "deploy"}).status_code == 200


def test_queued_deployments_run_one_after_the_other(api, simulator, host_id):
    simulator.switches.deploy_second = "queue"
    for _time in range(2):
        api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    first, second = simulator.deployments.of(host_id)
    assert second.state(first.ends) == "queued"
    assert second.state(second.starts) == "running"
    assert statuses(api, host_id) == ["queued", "running", "success"]
    assert first.finished
