# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write, deploy, wait, with a fault at each request; then twice more without one.

Whatever the first run came to, the host is in effect in the end, nothing that was stored is lost, no two deployments
ran at once, and the third run sends no POST. The table that this makes stands in C(docs/fault-injection.md).
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Simulator

pytestmark = pytest.mark.newest_core

DOCUMENT = Path(__file__).parents[2] / "docs" / "fault-injection.md"

BEFORE = {"webserver": "nginx", "note": "somebody else's", "mysql_version": "8.0"}
WANTED = {"redis_memory": "3gb"}
AFTER = {**BEFORE, **WANTED}

# What the simulator numbers its own deployments from.
FIRST_ID = 5001

# The requests of a run in which nothing goes wrong, in their order.
REQUESTS = (
    ("read", "GET", r"/hosts/\d+$"),
    ("write", "POST", r"/hosts/\d+$"),
    ("read back", "GET", r"/hosts/\d+$"),
    ("read again", "GET", r"/hosts/\d+$"),
    ("status", "GET", r"/deploy$"),
    ("status once more", "GET", r"/deploy$"),
    ("start", "POST", r"/deploy$"),
    ("first poll", "GET", r"/deploy$"),
    ("second poll", "GET", r"/deploy$"),
)

# One run as a process of its own, since some of them are killed: what the two tasks say, as JSON.
RUN = """
import json, sys
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import TurboStackError
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import Settings
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import deploy, host
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import TaskContext

connection, tasks = json.loads(sys.argv[1]), json.loads(sys.argv[2])
api = Api(Settings.resolve(connection))
said = []
try:
    for operation, options in zip((host.OPERATION, deploy.OPERATION), tasks):
        defaults = {name: one.get("default") for name, one in operation.arguments.items()}
        said.append(operation.run(operation.given({**defaults, **options}), api, TaskContext()))
except TurboStackError as error:
    said.append(str(error))
print(json.dumps(said))
"""


@dataclass
class Cell:
    """One fault at one request, and what three runs made of it."""

    request: int
    name: str
    fault: Fault | None = None
    times: int = 1
    killed: str = ""
    runs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(self.runs)


def cells() -> Iterator[Cell]:
    for number, (_name, method, _path) in enumerate(REQUESTS):
        yield Cell(number, "fails before", Fault.status(500))
        if method == "POST":
            yield Cell(number, "fails after", Fault.status(500, after=True))
        yield Cell(number, "cut", Fault.truncated())
        yield Cell(number, "slow", Fault.slow(3.0))
        yield Cell(number, "fails twice", Fault.status(500), times=2)
        yield Cell(number, "always fails", Fault.status(500), times=9)
        yield Cell(number, "killed before", killed="before")
        yield Cell(number, "killed after", killed="after")


class Platform:
    """A simulated platform with one host that matters, deployed long ago and not changed since."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        simulator.switches.update(
            deploy_history="succeeded", deploy_queued_seconds=0.2, deploy_running_seconds=0.4
        )
        self.host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
        self.host.document = dict(BEFORE)
        self.host.updated_at = int(self.host.updated_at) - 7200
        simulator.deployments.seen_by_status_read(self.host, simulator.switches)
        self.host.updated_at -= 3600

    def run(self, cell: Cell | None = None) -> str:
        """One run; what it came to."""
        connection = {
            "api_url": self.simulator.url,
            "api_token": self.simulator.token,
            "api_timeout": 2,
            "api_retries": 2,
            "api_retry_max_delay": 0.05,
        }
        number = int(self.host.id)
        tasks = (
            {"id": number, "config": WANTED},
            {"id": number, "poll_interval": 0.3, "wait_timeout": 60},
        )
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, json.dumps(connection), json.dumps(tasks)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        if cell is not None:
            self._harm(cell, process.pid)
        out, _err = process.communicate(timeout=120)
        self.simulator.faults.clear()
        self.simulator.on_request = self.simulator.on_answer = None
        if process.returncode == -signal.SIGKILL:
            return "killed"
        *_written, last = json.loads(out)
        if isinstance(last, str):
            return "failed"
        if "status" not in last:
            return "failed"
        return "deployed" if last["changed"] else "at rest"

    def _harm(self, cell: Cell, process: int) -> None:
        seen = 0

        def reached(request: Any) -> None:
            nonlocal seen
            if seen == cell.request:
                if cell.killed == "before":
                    self.simulator.fail(request.method, request.path, with_=Fault.dropped())
                os.kill(process, signal.SIGKILL)
            seen += 1

        if cell.killed == "before":
            self.simulator.on_request = reached
        elif cell.killed == "after":
            self.simulator.on_answer = reached
        elif cell.fault is not None:
            same = [request[1:] for request in REQUESTS[: cell.request]]
            wanted = REQUESTS[cell.request][1:]
            self.simulator.fail(
                wanted[0], wanted[1], skip=same.count(wanted), times=cell.times, with_=cell.fault
            )

    def check(self, cell: Cell) -> None:
        """What has to be true after three runs, whatever the first came to."""
        number = int(self.host.id)
        if self.host.document != AFTER:
            cell.wrong.append(f"stored: {self.host.document}")
        started = [one for one in self.simulator.deployments.of(number) if one.id >= FIRST_ID]
        if not started or started[-1].state() != "succeeded":
            cell.wrong.append("not deployed with success")
        elif int(started[-1].created) <= int(self.host.updated_at):
            cell.wrong.append("the deployment is not later than the write")
        for one, next_one in pairwise(started):
            if next_one.created < one.ends:
                cell.wrong.append("two deployments at once")
        if len(started) > 1:
            cell.wrong.append(f"{len(started)} deployments")
        writes = [
            request
            for request in self.simulator.requests.matching("POST", rf"/hosts/{number}$")
            if json.loads(request.body)["json"] != AFTER
        ]
        if writes:
            cell.wrong.append("a write without what was there")


def three_runs(cell: Cell) -> Cell:
    with Simulator() as simulator:
        platform = Platform(simulator)
        cell.runs.append(platform.run(cell))
        cell.runs.append(platform.run())
        before = len(simulator.requests.matching("POST"))
        cell.runs.append(platform.run())
        if len(simulator.requests.matching("POST")) > before:
            cell.wrong.append("the third run sends a POST")
        platform.check(cell)
    return cell


def table(done: list[Cell]) -> str:
    names = list(dict.fromkeys(cell.name for cell in done if REQUESTS[cell.request][1] == "POST"))
    lines = [
        "| request | " + " | ".join(names) + " |",
        "| --- |" + " --- |" * len(names),
    ]
    for number, (name, method, _path) in enumerate(REQUESTS):
        row = {cell.name: str(cell) for cell in done if cell.request == number}
        told = " | ".join(row.get(column, "") for column in names)
        lines.append(f"| {number + 1}. {name} ({method}) | {told} |")
    return "\n".join(lines)


def test_a_run_in_which_nothing_goes_wrong_sends_these_requests() -> None:
    with Simulator() as simulator:
        assert Platform(simulator).run() == "deployed"
        sent = [(request.method, request.path) for request in simulator.requests]
    for (method, path), (name, wanted, pattern) in zip(sent, REQUESTS, strict=False):
        assert method == wanted, name
        assert re.search(pattern, path), name
    assert len(sent) >= len(REQUESTS)


@pytest.mark.timeout(900)
def test_whatever_goes_wrong_the_host_is_in_effect_in_the_end() -> None:
    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(three_runs, cells()))
    made = table(done)
    print(made)
    wrong = [
        f"{REQUESTS[cell.request][0]}, {cell.name}: {cell} ({'; '.join(cell.wrong)})"
        for cell in done
        if cell.wrong
    ]
    assert not wrong, "\n".join(wrong)
    assert made in DOCUMENT.read_text(encoding="utf-8"), made
