# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole rollout against the simulated platform: in this process, killed in one of its own, and two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.claims import (
    Busy,
    claimed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.job import (
    this_run,
)
from simulator import Fleet, Simulator
from simulator.request_log import LoggedRequest

from .one_rollout import OneRun, ended

pytestmark = pytest.mark.newest_core

BEFORE = {"webserver": "nginx", "ftp_password": "TScanaryPASSWORDone"}
WANTED = {"redis_memory": "5gb"}
AFTER = {**BEFORE, **WANTED}
WELL = {"disk": {"used_percent": 40}}
SICK = {"disk": {"used_percent": 99}}
LIMITS = {"disk_percent": 90.0}
# Seconds between two runs that are begun one after the other.
GAPS = [step * 0.3 for step in range(11)]


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    fleet = Fleet()
    for number in range(40):
        fleet.new_host(f"shop-{number}.example", BEFORE).monitoring = WELL
    with Simulator(fleet) as simulator:
        simulator.switches.deploy_running_seconds = 0.5
        yield simulator


@pytest.fixture
def hosts(simulator: Simulator) -> list[Any]:
    return list(simulator.fleet.hosts.values())


@pytest.fixture
def of(simulator: Simulator, tmp_path: Path) -> Callable[..., OneRun]:
    """A run over some hosts."""

    def of(*hosts: Any, **others: Any) -> OneRun:
        return OneRun(
            url=simulator.url,
            token=simulator.token,
            hosts={str(host.id): str(host.name) for host in hosts},
            **{"folder": str(tmp_path / "journal"), "config": WANTED, **others},
        )

    return of


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    return {
        **dict.fromkeys(result["unchanged"], "unchanged"),
        **{name: entry["outcome"] for name, entry in result["hosts"].items()},
    }


def journals(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if path.is_file())


def posts(requests: list[LoggedRequest]) -> int:
    return sum(request.method == "POST" for request in requests)


def test_a_fleet_in_batches(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    """One plan, one list, every host deployed once; and then nothing is left to do."""
    shown: list[str] = []
    run = of(*hosts, serial=("1", "10%", "50%"))
    result = run.run(shown=shown)
    assert set(outcomes(result).values()) == {"done"}
    assert all(host.document == AFTER for host in hosts)
    assert [simulator.deployments[host.id] for host in hosts] == [1] * len(hosts)
    assert shown[0] == "40 of 40 hosts, in 4 batches"
    assert shown[1].startswith("40 hosts: redis_memory: added ")
    assert "and 28 more" in shown[1]
    assert any(line.startswith("shop-3.example: writing") for line in shown)
    assert journals(run.folder) == []
    before = len(simulator.requests)
    assert set(outcomes(run.run()).values()) == {"unchanged"}
    asked = simulator.requests[before:]
    assert posts(asked) == 0
    # The status of each host, and one page of all of them.
    assert len(asked) == len(hosts) + 1


def test_check_mode_writes_nothing_anywhere(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    run = of(*hosts[:5])
    result = run.run(check_mode=True)
    assert set(outcomes(result).values()) == {"planned"}
    assert posts(simulator.requests) == 0
    assert not Path(run.folder).exists()


def test_the_first_failures_stop_it(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    some = hosts[:10]
    simulator.deployments.fail_for(some[1].id, "certbot")
    result = of(*some, serial=("2",)).run()
    assert list(outcomes(result).values()) == ["done", "stuck", *["not_begun"] * 8]
    assert all(host.document == BEFORE for host in some[1:])
    assert "certbot" in result["hosts"][some[1].name]["msg"]
    assert "not begun: 8" in "\n".join(result["standing"])


def test_no_batch_is_begun_after_the_hour(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    """The batch that is under way then goes on; the others are not begun, and the next rollout does them."""
    some = hosts[:5]
    simulator.switches.deploy_running_seconds = 4
    shown: list[str] = []
    until = datetime.now(timezone.utc) + timedelta(seconds=3)
    result = of(*some, serial=("2",), until=until.isoformat()).run(shown=shown)
    assert list(outcomes(result).values()) == ["done", "done", *["not_begun"] * 3]
    assert [host.document for host in some] == [AFTER, AFTER, BEFORE, BEFORE, BEFORE]
    assert any(line.startswith("no batch is begun after 20") for line in shown)
    told = result["hosts"][some[3].name]
    assert told["failed"]
    assert not told["changed"]
    assert "rollout_until ends the rollout" in told["msg"]
    simulator.switches.deploy_running_seconds = 0.2
    assert list(outcomes(of(*some).run()).values()) == ["unchanged"] * 2 + ["done"] * 3


def test_what_may_fail_does_not_stop_it(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    some = hosts[:4]
    some[0].monitoring = SICK
    result = of(*some, serial=("2",), max_fail=50, limits=LIMITS).run()
    assert list(outcomes(result).values()) == ["untouched", "done", "done", "done"]


def test_a_plan_that_cannot_be_made_stops_it_before_it_begins(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    hosts[2].json = "[1]"
    result = of(*hosts[:5]).run()
    assert outcomes(result)[hosts[2].name] == "untouched"
    assert set(outcomes(result).values()) == {"untouched", "not_begun"}
    assert posts(simulator.requests) == 0


def test_no_secret_is_shown(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    shown: list[str] = []
    simulator.deployments.fail_for(hosts[0].id, f"it says {BEFORE['ftp_password']}")
    of(hosts[0]).run(shown=shown)
    assert not any("TScanary" in line for line in shown)


# Whether an unchanged host is in effect


def settled(simulator: Simulator, host: Any, of: Any) -> OneRun:
    """A host that is deployed with what it should hold, by a run that has left nothing behind."""
    elsewhere = of(host, folder=of(host).folder + "-elsewhere")
    assert outcomes(elsewhere.run()) == {host.name: "done"}
    run: OneRun = of(host)
    return run


@pytest.mark.parametrize(
    ("how", "outcome", "started"),
    [("in effect", "unchanged", 0), ("failed", "done", 1), ("edited", "done", 1)],
)
def test_an_unchanged_host_is_green_only_if_in_effect(
    simulator: Simulator, hosts: list[Any], of: Any, how: str, outcome: str, started: int
) -> None:
    """Its journal is lost: that of a container, or of another operator's machine."""
    host = hosts[0]
    run = settled(simulator, host, of)
    if how == "failed":
        simulator.deployments.fail_for(host.id, "no")
        of(host, folder=run.folder + "-2", config={"redis_memory": "6gb"}).run()
        simulator.deployments.reasons.clear()
        host.document = AFTER
    if how == "edited":
        time.sleep(1.1)
        host.document = {**AFTER, "webserver": "apache"}
    before, requests = simulator.deployments[host.id], len(simulator.requests)
    assert outcomes(run.run()) == {host.name: outcome}
    assert simulator.deployments[host.id] - before == started
    if not started:
        assert len(simulator.requests) - requests == 2


def test_a_host_whose_row_says_enough_is_not_asked_about(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    some = hosts[:10]
    of(*some).run()
    simulator.switches.rows_show_deployment = True
    before = len(simulator.requests)
    assert set(outcomes(of(*some).run()).values()) == {"unchanged"}
    # One page of all of them.
    assert len(simulator.requests) - before == 1


def test_a_deployment_that_runs_is_waited_for(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    simulator.switches.deploy_running_seconds = 2.0
    host = hosts[0]
    host.document = AFTER
    host.updated_at -= 10
    with ThreadPoolExecutor() as pool:
        other = pool.submit(of(host, folder=of(host).folder + "-2").run)
        while not simulator.deployments[host.id]:
            time.sleep(0.05)
        assert outcomes(of(host).run()) == {host.name: "unchanged"}
        assert outcomes(other.result()) == {host.name: "done"}
    assert simulator.deployments[host.id] == 1


@pytest.mark.parametrize(
    ("doubt", "outcome", "again", "started"),
    [
        ("deploy", "done", "unchanged", 1),
        ("accept", "unchanged", "unchanged", 0),
        ("fail", "untouched", "untouched", 0),
    ],
)
def test_where_the_platform_does_not_tell(
    simulator: Simulator,
    hosts: list[Any],
    of: Any,
    doubt: str,
    outcome: str,
    again: str,
    started: int,
) -> None:
    """In doubt once, and not again: what the first rollout saw at its end is noted."""
    host = hosts[0]
    settled(simulator, host, of)
    simulator.switches.deploy_timestamps = False
    before = simulator.deployments[host.id]
    run = of(host, doubt=doubt)
    result = run.run()
    assert outcomes(result) == {host.name: outcome}
    if outcome == "untouched":
        assert "rollout_in_doubt" in result["hosts"][host.name]["msg"]
    assert outcomes(run.run()) == {host.name: again}
    assert simulator.deployments[host.id] - before == started


# What happens meanwhile


def test_a_slow_success_is_a_success(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    simulator.switches.deploy_running_seconds = 2.5
    host = hosts[0]
    run = of(host, timeout=1)
    result = run.run()
    assert outcomes(result) == {host.name: "left"}
    assert "rollout_deploy_timeout" in result["hosts"][host.name]["msg"]
    assert host.document == AFTER
    time.sleep(2.5)
    assert outcomes(run.run()) == {host.name: "done"}
    assert simulator.deployments[host.id] == 1
    assert journals(run.folder) == []


def test_an_empty_configuration_cannot_be_put_back(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    simulator.switches.refuse_empty_json = True
    host = hosts[0]
    host.json = None

    def spoil(request: LoggedRequest) -> None:
        if request.path.endswith("/deploy") and request.method == "POST":
            host.monitoring = SICK

    simulator.on_answer = spoil
    run = of(host, limits=LIMITS)
    result = run.run()
    assert outcomes(result) == {host.name: "kept"}
    assert "an empty one cannot be stored" in "\n".join(result["hosts"][host.name]["told"])
    assert host.document == WANTED
    assert journals(run.folder) == []
    simulator.on_answer = None
    host.monitoring = WELL
    assert outcomes(run.run()) == {host.name: "unchanged"}


def test_an_empty_configuration_cannot_be_put_in_place(
    simulator: Simulator, hosts: list[Any], of: Any
) -> None:
    simulator.switches.refuse_empty_json = True
    host = hosts[0]
    result = of(host, config={}, state="replaced", allow_empty=True).run()
    assert outcomes(result) == {host.name: "untouched"}
    assert "does not store an empty configuration" in result["hosts"][host.name]["msg"]
    assert host.document == BEFORE


@pytest.mark.parametrize(
    ("when", "times", "sync", "said"),
    [
        ("before", True, "in_effect", "in effect through this rollout"),
        ("during", True, "unknown", "stored; whether in effect is not known"),
        ("after", True, "stored_not_deployed", "stored, not in effect"),
        ("before", False, "unknown", "stored; whether in effect is not known"),
        ("after", False, "unknown", "stored; whether in effect is not known"),
    ],
)
def test_a_colleagues_edit_is_named(
    simulator: Simulator, hosts: list[Any], of: Any, when: str, times: bool, sync: str, said: str
) -> None:
    """Host and paths, and whether it is in effect: as far as the platform's times tell."""
    host = hosts[0]
    simulator.switches.deploy_timestamps = times

    def edit(request: LoggedRequest) -> None:
        moment = {
            "before": (f"GET /api/v1/hosts/{host.id}", AFTER, 0),
            "during": (f"POST /api/v1/hosts/{host.id}/deploy", AFTER, 0),
            # The times count whole seconds.
            "after": (f"GET /api/v1/hosts/{host.id}/deploy", AFTER, 1.1),
        }[when]
        latest = simulator.deployments.last(host.id)
        over = latest is not None and latest.state() == "succeeded"
        if (f"{request.method} {request.path}", host.document) == moment[:2] and (
            when != "after" or over
        ):
            time.sleep(moment[2])
            host.document = {**host.document, "webserver": "apache"}

    simulator.on_answer = edit
    shown: list[str] = []
    result = of(host).run(shown=shown)
    entry = result["hosts"][host.name]
    assert (entry["outcome"], entry["edited"]) == ("done", ["webserver"])
    assert entry["edited_sync"] == sync
    assert "SOMEBODY ELSE" in "\n".join(entry["told"])
    told = f"changed by somebody else meanwhile: {host.name}: webserver ({said})"
    assert told in shown
    simulator.on_answer = None
    # What is in effect is left as it is; what is not, or may not be, is deployed.
    again = "unchanged" if sync == "in_effect" else "done"
    assert outcomes(of(host).run()) == {host.name: again}


# Killed


@pytest.mark.timeout(600)
def test_killed_at_each_of_its_requests(simulator: Simulator, hosts: list[Any], of: Any) -> None:
    """One process for each request, killed by it: before the platform carries it out, or after."""
    count = 14
    some = hosts[: 2 * count]
    runs = {host.id: of(host, folder=f"{of(host).folder}-{host.id}") for host in some}
    processes: dict[int, subprocess.Popen[str]] = {}
    seen = dict.fromkeys(runs, 0)

    def killing(late: bool) -> Callable[[LoggedRequest], None]:
        concerned = some[late::2]

        def kill(request: LoggedRequest) -> None:
            for place, host in enumerate(concerned):
                if f"/hosts/{host.id}" in request.path and host.id in processes:
                    seen[host.id] += 1
                    if seen[host.id] == place + 1:
                        os.kill(processes[host.id].pid, signal.SIGKILL)

        return kill

    simulator.on_request, simulator.on_answer = killing(False), killing(True)
    with ThreadPoolExecutor(4) as pool:

        def first(host: Any) -> None:
            processes[host.id] = runs[host.id].started()
            ended(processes[host.id])

        list(pool.map(first, some))
        simulator.on_request = simulator.on_answer = None
        second = list(pool.map(lambda host: ended(runs[host.id].started()), some))
    assert {processes[host.id].returncode for host in some} <= {0, -signal.SIGKILL}
    assert sum(process.returncode == -signal.SIGKILL for process in processes.values()) >= count
    for host, result in zip(some, second, strict=True):
        assert outcomes(result)[host.name] in ("done", "unchanged")
        assert host.document == AFTER
        assert simulator.deployments[host.id] == 1
        assert journals(runs[host.id].folder) == []
    before = len(simulator.requests)
    for host in some:
        assert outcomes(runs[host.id].run()) == {host.name: "unchanged"}
    assert posts(simulator.requests[before:]) == 0


# Two at once


@pytest.mark.timeout(600)
@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("sharing", [True, False])
def test_two_runs_at_once(
    simulator: Simulator, hosts: list[Any], of: Any, sharing: bool, fails: bool
) -> None:
    """At whatever gap: the stored, the deployed and the reported ends agree, and nobody takes back another's."""
    some = hosts[: len(GAPS)]
    if fails:

        def fail(request: LoggedRequest) -> None:
            """What is wanted never deploys, and what was there before does."""
            for host in some:
                if request.path.endswith(f"/hosts/{host.id}/deploy"):
                    simulator.deployments.reasons.pop(host.id, None)
                    if host.document == AFTER:
                        simulator.deployments.fail_for(host.id, "certbot")

        simulator.on_request = fail

    def both(place: int) -> list[dict[str, Any]]:
        host, folder = some[place], of(some[place]).folder
        one = of(host, folder=f"{folder}-{place}").started()
        time.sleep(GAPS[place])
        other = of(host, folder=f"{folder}-{place}{'' if sharing else '-other'}").started()
        return [ended(one), ended(other)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(both, range(len(GAPS))))
    for host, results in zip(some, found, strict=True):
        busy = [result["msg"] for result in results if result.get("error") == "busy"]
        ends = [outcomes(result)[host.name] for result in results if "error" not in result]
        assert ends
        for said in busy:
            assert "another rollout is under way" in said
            assert "AWX job 7" in said
        assert not busy or sharing
        if fails:
            assert host.document == BEFORE
            assert set(ends) <= {"returned", "failed", "untouched", "overtaken"}, results
            assert ends.count("returned") >= 1
        else:
            assert host.document == AFTER
            assert set(ends) <= {"done", "unchanged"}
            assert simulator.deployments[host.id] <= 2
        latest = simulator.deployments.last(host.id)
        assert latest is not None
        assert latest.state() == "succeeded"


def test_a_claim_names_its_owner_and_ends_with_it(tmp_path: Path) -> None:
    folder = str(tmp_path)
    owner = this_run("42")
    with claimed(folder, {7: "shop", 8: "blog"}, owner):
        other = replace(owner, process=owner.process + 1)
        told = pytest.raises(Busy, match=r"shop: another rollout is under way, by .*AWX job 42")
        with told, claimed(folder, {7: "shop", 9: "wiki"}, other):
            pass
        with claimed(folder, {9: "wiki"}, other):
            pass
    # One that nobody holds any more.
    left = tmp_path / "runs" / "gone-1.json"
    left.write_text('{"hosts": [7]}')
    with claimed(folder, {7: "shop"}, owner):
        assert not left.exists()
