# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios: each that comes along can be played, does what it says, and does it again."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from simulator import Fleet, Simulator
from simulator.scenarios import names, scenario

QUICK = {
    "latency_ms": 0,
    "rate_limit": 0,
    "deploy_queued_seconds": 0.0,
    "deploy_running_seconds": 0.0,
}


def played(name: str, hosts: int = 60, seed: int = 7, **switches: object) -> Simulator:
    simulator = Simulator(Fleet.generate(hosts, seed), scenario=scenario(name))
    simulator.switches.update(**switches)
    return simulator


def ask(simulator: Simulator, path: str, method: str = "GET") -> requests.Response | None:
    """The answer, None where the connection broke."""
    headers = {
        "Authorization": f"Bearer {simulator.token}",
        "Accept": "application/json",
        "Connection": "close",
    }
    body = {"json": {"type": "deploy"}} if method == "POST" else {}
    try:
        return requests.request(
            method, f"{simulator.url}/api/v1{path}", headers=headers, timeout=10, **body
        )
    except requests.RequestException:
        return None


def without_faults(simulator: Simulator) -> Simulator:
    simulator.faults.clear()
    return simulator


def test_those_that_come_along():
    assert names() == ["bad-day", "maintenance", "rate-limit", "rewriting"]
    for name in names():
        with played(name) as simulator:
            assert simulator.scenario.name == name
            assert simulator.scenario.description.endswith(".")


def test_on_a_bad_day_some_deployments_fail_and_one_host_in_fifty_is_hidden():
    with without_faults(played("bad-day", **QUICK)) as simulator:
        hosts = sorted(simulator.fleet.hosts)
        rows = ask(simulator, "/hosts?size=100").json()["data"]
        hidden = {hosts[4], hosts[54]}
        assert {row["id"] for row in rows} == set(hosts) - hidden
        assert {ask(simulator, f"/hosts/{number}").status_code for number in hidden} == {403}
        ended = {}
        for number in set(hosts) - hidden:
            assert ask(simulator, f"/hosts/{number}/deploy", "POST").status_code == 200
            ended[number] = ask(simulator, f"/hosts/{number}/deploy").json()["status"]
        assert {number for number, word in ended.items() if word == "failed"} == {
            *hosts[2::10]
        } - hidden
        # Also for who sees little anyhow.
        agency = simulator.fleet.tokens["agency"]
        assert not any(agency.sees_host(simulator.fleet.hosts[number]) for number in hidden)


def test_a_bad_day_is_the_same_again_in_whatever_order_its_requests_come():
    def day(workers: int) -> dict[str, list[str | None]]:
        with played("bad-day", **QUICK) as simulator:
            # Those that depend on the order, and those that take long.
            simulator.faults.rules = [
                rule for rule in simulator.faults.rules if rule.rate < 1 and rule.fault.delay == 0
            ]
            paths = [f"/hosts/{number}" for number in simulator.fleet.hosts] * 3
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(lambda path: ask(simulator, path), paths))
            seen: dict[str, list[str | None]] = {}
            for request in simulator.requests:
                seen.setdefault(request.path, []).append(request.fault)
            return seen

    first = day(1)
    assert sum(fault is not None for faults in first.values() for fault in faults) > 2
    assert day(8) == first


def test_another_seed_is_another_day():
    def day(seed: int) -> list[bool]:
        with played("bad-day", seed=seed, **QUICK) as simulator:
            simulator.faults.rules = [
                rule for rule in simulator.faults.rules if rule.fault.name == "bad_gateway"
            ]
            return [ask(simulator, "/clients").status_code == 502 for _time in range(100)]

    one, other = day(1), day(2)
    assert sum(one) > 0
    assert one != other


def test_maintenance_comes_and_goes():
    with played("maintenance") as simulator:
        statuses = [ask(simulator, "/clients?size=1").status_code for _time in range(82)]
        assert statuses == [200] * 50 + [503] * 30 + [200] * 2


def test_a_host_of_its_own_trouble():
    with played("bad-day", **QUICK) as simulator:
        simulator.faults.rules = [
            rule for rule in simulator.faults.rules if rule.fault.name == "status-500"
        ]
        hosts = sorted(simulator.fleet.hosts)
        assert [rule.path.pattern for rule in simulator.faults.rules] == [
            f"/hosts/{number}/deploy$" for number in hosts[7::25]
        ]
        statuses = [ask(simulator, f"/hosts/{hosts[7]}/deploy").status_code for _time in range(4)]
        assert statuses == [500, 500, 500, 404]
        assert ask(simulator, f"/hosts/{hosts[8]}/deploy").status_code == 404


def test_a_reset_begins_the_day_anew():
    with played("maintenance") as simulator:
        before = [(rule.fault.name, rule.skip, rule.times) for rule in simulator.faults.rules]
        for _time in range(60):
            ask(simulator, "/clients?size=1")
        simulator.switches.size_cap = 3
        simulator.reset()
        after = [(rule.fault.name, rule.skip, rule.times) for rule in simulator.faults.rules]
        assert before == after
        assert simulator.switches.size_cap == 100
    with played("bad-day") as simulator:
        reasons = dict(simulator.deployments.reasons)
        simulator.reset()
        assert simulator.deployments.reasons == reasons != {}
        assert simulator.switches.rate_limit == 300


def test_one_of_ones_own(tmp_path):
    file = tmp_path / "slow.json"
    file.write_text(
        json.dumps(
            {
                "description": "Mine.",
                "switches": {"size_cap": 2},
                "faults": [{"fault": "status", "options": {"status": 418}, "path": "/groups"}],
                "hosts": [{"every": 2, "deployments_fail": "The disk is full"}],
            }
        )
    )
    with played(str(file), hosts=4) as simulator:
        assert simulator.scenario.name == "slow"
        assert len(ask(simulator, "/hosts").json()["data"]) == 2
        assert ask(simulator, "/groups").status_code == 418
        first, _second, third, _fourth = sorted(simulator.fleet.hosts)
        assert simulator.deployments.reasons == dict.fromkeys((first, third), "The disk is full")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "is not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "no description"),
        ('{"description": "x", "fault": []}', "there is no fault in it"),
        ('{"description": "x", "switches": {"colour": 1}}', "colour"),
        ('{"description": "x", "switches": {"size_cap": "many"}}', "size_cap is a number"),
        ('{"description": "x", "faults": [{"fault": "flood"}]}', "there is no fault 'flood'"),
        ('{"description": "x", "hosts": [{"every": 0}]}', "at least 1"),
        ('{"description": "x", "hosts": [{"from": 1}]}', "at least 1"),
        ('{"description": "x", "hosts": [{"every": 1, "colour": 1}]}', "there is no colour in it"),
        (
            '{"description": "x", "hosts": [{"every": 1, "faults": [{"fault": "flood"}]}]}',
            "there is no fault 'flood'",
        ),
    ],
)
def test_what_is_wrong_with_one_is_said(tmp_path, content, complaint):
    file = tmp_path / "mine.json"
    file.write_text(content)
    with pytest.raises(ValueError, match=r"mine\.json.*") as refused:
        scenario(str(file))
    assert complaint in str(refused.value)


def test_one_that_is_not_there(tmp_path):
    with pytest.raises(ValueError, match="there are: bad-day, maintenance"):
        scenario("good-day")
    with pytest.raises(ValueError, match="No such file"):
        scenario(str(tmp_path / "none.json"))
