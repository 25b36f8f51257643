# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do with jobs in AWX: relaunch, cancel, launch twice, slice, construct inventories, disable hosts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from simulator import Fleet, Simulator
from simulator.request_log import LoggedRequest

from .awx_node import Ended, Inventory, Node, configuration, without
from .controller import Controller

pytestmark = pytest.mark.outer_cores

SOURCE = "inventories/fleet.turbostack.yml"
BEFORE = {"webserver": "nginx", "ftp_password": "TScanaryPASSWORDone"}
# Seconds; longer than any test.
ENDLESS = 3600.0
WANTED = {"redis_memory": "5gb"}
QUICK: dict[str, Any] = {
    "rollout_serial": "1",
    "rollout_deploy_poll_interval": "0.2",
    "rollout_health_retries": "0",
}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in (1, 2, 3, 4):
        host = fleet.new_host(f"shop-{number}.example", BEFORE)
        host.monitoring = {"disk": {"used_percent": 40.0}}
    return fleet


@pytest.fixture
def hosts(simulator: Simulator) -> list[Any]:
    return list(simulator.fleet.hosts.values())


@pytest.fixture
def node(ansible: Controller, tmp_path_factory: pytest.TempPathFactory) -> Node:
    node = Node(ansible, tmp_path_factory.mktemp("node"))
    node.commit("fleet/all.yml", WANTED)
    return node


@pytest.fixture
def inventory(node: Node) -> Inventory:
    return node.synced(SOURCE)


def done(hosts: list[Any]) -> list[bool]:
    return [host.document == {**BEFORE, **WANTED} for host in hosts]


def at_deployment(
    simulator: Simulator, host: Any, then: Callable[[], object]
) -> Callable[[LoggedRequest], None]:
    """Have something happen as soon as a deployment of the host has started."""

    def happened(request: LoggedRequest) -> None:
        if request.method == "POST" and request.path.endswith(f"/hosts/{host.id}/deploy"):
            then()

    simulator.on_answer = happened
    return happened


def end_deployments(simulator: Simulator) -> None:
    """Those that run, and from now on each soon after it began."""
    simulator.switches.deploy_running_seconds = 0.1
    for host in simulator.fleet.hosts.values():
        if running := simulator.deployments.last(int(host.id)):
            running.ends = min(running.ends, time.time())


def numbers(job: Ended) -> dict[str, int]:
    return {name: some for name, some in job.artifacts["turbostack_rollout"].items() if some}


def test_relaunched_on_failed_hosts(
    node: Node, inventory: Inventory, simulator: Simulator, hosts: list[Any]
) -> None:
    one, two, *others = hosts
    simulator.deployments.fail_for(two.id)
    at_deployment(simulator, two, simulator.deployments.reasons.clear)
    failed = node.run("rollout", inventory, **QUICK)
    assert failed.status == "failed"
    assert done(hosts) == [True, False, False, False]
    assert numbers(failed) == {"done": 1, "returned": 1, "not_begun": 2}
    assert failed.failed_hosts == [two.name, *(host.name for host in others)]

    before = len(simulator.requests)
    again = node.run("rollout", inventory, limit=failed.failed_hosts, **QUICK)
    assert again.status == "successful", again.output
    assert done(hosts) == [True] * 4
    assert numbers(again) == {"done": 3}
    asked = {request.path for request in simulator.requests[before:]}
    assert not any(path.startswith(f"/api/v1/hosts/{one.id}") for path in asked)


def test_cancelled_and_launched_again(
    node: Node, inventory: Inventory, simulator: Simulator, hosts: list[Any]
) -> None:
    simulator.switches.deploy_running_seconds = ENDLESS
    started = threading.Event()
    at_deployment(simulator, hosts[0], started.set)
    job = node.launched("rollout", inventory, **QUICK)
    assert started.wait(60)
    job.cancel()
    cancelled = job.ended()
    assert cancelled.status == "canceled"
    assert cancelled.artifacts == {}
    assert list((node.volume / "rollout").glob("*.json"))

    end_deployments(simulator)
    before = len(simulator.requests)
    again = node.run("rollout", inventory, **QUICK)
    assert again.status == "successful", again.output
    assert "An earlier rollout was interrupted" in again.output
    assert done(hosts) == [True] * 4
    # The deployment that the first job had started is waited for, and there is no second one.
    assert [simulator.deployments[host.id] for host in hosts] == [1] * 4
    assert not any(
        request.method == "POST" and request.path == f"/api/v1/hosts/{hosts[0].id}"
        for request in simulator.requests[before:]
    )


def test_launched_twice_at_once(
    node: Node, inventory: Inventory, simulator: Simulator, hosts: list[Any]
) -> None:
    simulator.switches.deploy_running_seconds = ENDLESS
    started = threading.Event()
    at_deployment(simulator, hosts[0], started.set)
    given = {**QUICK, "rollout_serial": "4"}
    first = node.launched("rollout", inventory, **given)
    assert started.wait(60)
    second = node.run("rollout", inventory, **given)
    assert second.status == "failed"
    assert "job 1" in second.output
    end_deployments(simulator)
    assert first.ended().status == "successful"
    assert done(hosts) == [True] * 4
    assert [simulator.deployments[host.id] for host in hosts] == [1] * 4


def test_a_slice_is_refused(node: Node, inventory: Inventory, simulator: Simulator) -> None:
    for number in (1, 2, 3, 4):
        node.commit(f"fleet/hosts/shop-{number}.example.yml", WANTED)
    names = sorted(inventory["_meta"]["hostvars"])
    job = node.run("rollout", without(inventory, lambda name: name in names[::2]), **QUICK)
    assert job.status == "failed"
    said = " ".join(job.output.split())
    assert "No host of the inventory is meant by " in said
    assert "A slice of a job has only a part of the fleet: do not slice it" in said
    assert {request.method for request in simulator.requests} == {"GET"}


def test_hosts_that_are_disabled(
    node: Node, inventory: Inventory, simulator: Simulator, hosts: list[Any]
) -> None:
    disabled = hosts[3]
    node.commit(f"fleet/hosts/{disabled.name}.yml", WANTED)
    enabled = without(inventory, lambda name: name == disabled.name)
    refused = node.run("rollout", enabled, **QUICK)
    assert refused.status == "failed"
    assert "rollout_unused_files: warn" in " ".join(refused.output.split())
    given = {**QUICK, "rollout_serial": "3", "rollout_unused_files": "warn"}
    job = node.run("rollout", enabled, **given)
    assert job.status == "successful", job.output
    assert f"hosts/{disabled.name}.yml" in job.output
    assert done(hosts) == [True, True, True, False]


def test_a_constructed_inventory(node: Node, simulator: Simulator, hosts: list[Any]) -> None:
    """Its source is the inventory of the platform, as AWX keeps it."""
    script = node.repository / "inventories" / "platform.sh"
    found = node.synced(SOURCE)
    node.commit("inventories/found.json", found)
    script.write_text(f"#!/bin/sh\nexec cat {node.repository}/inventories/found.json\n")
    script.chmod(0o700)
    node.commit(
        "inventories/some.constructed.yml",
        {
            "plugin": "ansible.builtin.constructed",
            "strict": True,
            "groups": {"some": "turbostack_id in [101, 103]"},
        },
    )
    constructed = node.synced("inventories/platform.sh", "inventories/some.constructed.yml")
    assert len(constructed["some"]["hosts"]) == 2
    job = node.run("rollout", constructed, rollout_hosts="some", **QUICK)
    assert job.status == "successful", job.output
    assert done(hosts) == [True, False, True, False]


def test_a_credential_of_which_only_the_token_is_filled_in(
    node: Node, inventory: Inventory, ansible: Controller, tmp_path: Path
) -> None:
    """What nobody filled in arrives as an empty text, and not at all at the wrong platform."""
    (kind,) = configuration()["controller_credential_types"]
    certificates = tmp_path / "certificates"
    certificates.write_text("")
    jinja = SandboxedEnvironment(undefined=StrictUndefined)

    def injected(**inputs: Any) -> dict[str, str]:
        fields = {one["id"]: "" for one in kind["inputs"]["fields"] if one["type"] == "string"}
        known = {**fields, "insecure": False, **inputs, "tower": {"filename": {"ca": certificates}}}
        return {
            name: jinja.from_string(template).render(**known)
            for name, template in kind["injectors"]["env"].items()
        }

    url, token = (ansible._variables[f"TURBOSTACK_API_{name}"] for name in ("URL", "TOKEN"))
    filled = node.run(
        "drift", inventory, credential=injected(api_token=token, api_url=url), drift_fail="error"
    )
    assert filled.status == "successful", filled.output
    assert filled.artifacts["turbostack_drift"]["drifted"] == 4
    # Whatever would be asked is behind a proxy that is not there.
    nowhere = {"https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    empty = node.run(
        "drift", inventory, credential={**injected(api_token=token), **nowhere}, drift_fail="error"
    )
    assert empty.status == "failed"
    assert "my.turbostack.app" in empty.output
    nobody = node.run("drift", inventory, credential={**injected(api_url=url), **nowhere})
    assert nobody.status == "failed"
    assert "TURBOSTACK_API_TOKEN" in nobody.output
