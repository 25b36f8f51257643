# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page to look at, and what it is told; how it looks is for tests/browser."""

from __future__ import annotations

import re

import requests

from simulator import CANARY, Fleet, Simulator
from simulator.scenarios import scenario


def test_one_file_that_asks_this_server_alone(simulator):
    answer = requests.get(simulator.url, timeout=10)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<h1>Simulated TurboStack platform</h1>" in answer.text
    assert re.findall(r"""(?:src|href)=["']([^"']*)""", answer.text) == ["data:,"]
    assert "http" not in answer.text.replace("https://www.gnu.org/licenses/gpl-3.0.txt", "")


def test_what_it_is_told(api, simulator, host_id):
    simulator.deployments.fail_for(host_id, "The disk is full")
    simulator.switches.update(deploy_queued_seconds=0, deploy_running_seconds=0)
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    answer = api.control("GET", "overview")
    told = answer.json()
    assert (told["seed"], told["scenario"]) == (3, None)
    assert told["counts"]["requests"] == told["counts"]["deployments"] == 1
    assert len(told["hosts"]) == 40
    (host,) = [one for one in told["hosts"] if one["id"] == host_id]
    record = simulator.fleet.hosts[host_id]
    owner = simulator.fleet.clients[int(record.client_id)]
    assert (host["name"], host["client"]) == (record.name, f"{owner.firstname} {owner.lastname}")
    deployment = host.pop("deployment")
    assert (deployment["state"], deployment["reason"]) == ("failed", "The disk is full")
    # Some hosts of a generated fleet have no configuration, some are inactive.
    assert {one["configured"] for one in told["hosts"]} == {True, False}
    assert not CANARY.search(answer.text)


def test_it_names_the_scenario():
    with Simulator(Fleet.generate(5), scenario=scenario("bad-day")) as simulator:
        told = requests.get(f"{simulator.url}/_simulator/overview", timeout=10).json()
    assert (told["scenario"], told["description"][:16]) == ("bad-day", "Deployments fail")


def test_hosts_of_odd_rows_are_told():
    with Simulator(Fleet.hostile()) as simulator:
        told = requests.get(f"{simulator.url}/_simulator/overview", timeout=10).json()
        assert len(told["hosts"]) == len(simulator.fleet.hosts)
