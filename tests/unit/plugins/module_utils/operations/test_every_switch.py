# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations that read find the same, however the platform words it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    client_info,
    credentials_info,
    deploy_info,
    group_info,
    host_info,
)
from simulator import CANARY, Simulator, Switches
from simulator.credentials import accounts_of

ONE_BY_ONE = [
    pytest.param({name: value}, id=f"{name}={value}")
    for name, values in Switches.values().items()
    for value in values[1:]
]
TOGETHER = [
    pytest.param(setting, id=f"covering {number}")
    for number, setting in enumerate(Switches.covering())
]


@pytest.fixture(params=ONE_BY_ONE + TOGETHER)
def platform(request: pytest.FixtureRequest, simulator: Simulator) -> Simulator:
    """The platform, set in one of its ways."""
    simulator.switches.update(**request.param)
    if simulator.switches.paging_movement != "none":
        # Rows that come and go are told from rows that change their places by nothing but their places.
        simulator.switches.list_order = "stable"
    return simulator


def test_clients(platform: Simulator, task: Callable[..., Any]) -> None:
    found = {entry["id"]: entry for entry in task(client_info.OPERATION)()["clients"]}
    assert sorted(found) == sorted(platform.fleet.clients)
    for number, client in platform.fleet.clients.items():
        assert found[number]["email"] == client.email


@pytest.mark.parametrize("kind", ["host", "group"])
def test_what_has_a_configuration(platform: Simulator, task: Callable[..., Any], kind: str) -> None:
    info = task((host_info if kind == "host" else group_info).OPERATION)
    things: Any = getattr(platform.fleet, f"{kind}s")
    before = set(things)
    entries = info(include_secrets=True)[f"{kind}s"]
    found = {entry["id"]: entry for entry in entries}
    assert len(entries) == len(found)
    # While pages move, what came or went may be there or not; nothing else may be missing.
    assert before & set(things) <= set(found) <= before | set(things)
    for number in sorted(before & set(things))[:12]:
        thing, entry = things[number], found[number]
        if platform.switches.concurrent_write_after_get:
            entry = info(id=number, include_secrets=True)[f"{kind}s"][0]
            assert entry["fingerprint"] == fingerprint(entry["config"])
            continue
        assert (entry["name"], entry["client_id"]) == (thing.name, thing.client_id)
        assert entry["error"] is None
        assert entry["config"] == (thing.document or {})
        assert entry["fingerprint"] == fingerprint(thing.document or {})
    masked = json.dumps(info()[f"{kind}s"])
    assert not CANARY.search(masked)


def test_those_of_a_client(platform: Simulator, task: Callable[..., Any]) -> None:
    platform.switches.paging_movement = "none"
    client = min(platform.fleet.clients)
    for operation, things in (
        (host_info.OPERATION, platform.fleet.hosts),
        (group_info.OPERATION, platform.fleet.groups),
    ):
        (entries,) = (
            value
            for key, value in task(operation)(client_id=client).items()
            if key in ("hosts", "groups")
        )
        own = {number for number, thing in dict(things).items() if thing.client_id == client}
        assert own <= {entry["id"] for entry in entries}
        others = {entry["client_id"] for entry in entries} - {client}
        # A partner group spans clients, and some platforms list it under each of them.
        assert others <= {None}


def test_a_deployment(platform: Simulator, task: Callable[..., Any]) -> None:
    number = min(platform.fleet.hosts)
    (entry,) = task(deploy_info.OPERATION)(id=number)["deployments"]
    expected = {platform.switches.deploy_history}
    if platform.switches.deploy_words == "unknown" and expected != {"none"}:
        # Words that nobody knows are not guessed at.
        expected.add("unknown")
    assert entry["status"] in expected
    assert entry["running"] is (None if entry["status"] == "unknown" else False)


def test_credentials(platform: Simulator, task: Callable[..., Any]) -> None:
    host = next(
        host for host in platform.fleet.hosts.values() if accounts_of(host, platform.fleet.seed)
    )
    info = task(credentials_info.OPERATION)
    (entry,) = info(id=host.id, include_secrets=True)["credentials"]
    found = {
        (account["user"], account["password"])
        for kind in ("users", "databases", "ftp", "others")
        for account in entry[kind]
    }
    wanted = {
        (account.name, account.password) for account in accounts_of(host, platform.fleet.seed)
    }
    assert found == wanted
    assert bool(entry["addresses"]) is platform.switches.credentials_ips
    assert not CANARY.search(json.dumps(info(id=host.id)["credentials"]))
