# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many forks under a rate limit: none fails, and none asks while all know that it is of no use."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator, Switches

from .controller import Controller

HOSTS, FORKS = 130, 50
WINDOW = 3.0
#: Requests that set out at once before anything is known of a limit.
UNKNOWN = 8


pytestmark = pytest.mark.newest_core


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=HOSTS, seed=3)


@pytest.fixture
def inventory(ansible: Controller, simulator: Simulator) -> Path:
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": str(ansible._programs / "python"),
    }
    hosts = {f"host{number}": {"turbostack_id": number} for number in simulator.fleet.hosts}
    return ansible.write("fleet.yml", {"all": {"hosts": hosts, "vars": local}})


def task_for_all(ansible: Controller, config: dict[str, Any]) -> list[Any]:
    task = {"name": "It", "hosted_power.turbostack.turbostack_host": {"config": config}}
    return ansible.tasks(task, hosts="all")


def test_no_fork_fails_and_none_asks_in_vain(
    ansible: Controller, simulator: Simulator, inventory: Path
) -> None:
    simulator.switches = Switches(rate_limit=60, rate_window=WINDOW)
    plays = task_for_all(ansible, {})
    run = ansible.playbook(plays, "--forks", str(FORKS), inventory=inventory)
    assert [one.status for one in run.results] == ["ok"] * HOSTS
    assert len([one for one in run.requests if one.status == 200]) == HOSTS
    refused = [one for one in run.requests if one.status == 429]
    windows = math.ceil((run.requests[-1].time - run.requests[0].time) / WINDOW)
    # One asks for all when a window is used up. A few may race it for the last place.
    assert len(refused) <= UNKNOWN + 3 * windows


def test_writes_come_through_and_once_each(
    ansible: Controller, simulator: Simulator, inventory: Path
) -> None:
    numbers = sorted(simulator.fleet.hosts)[:20]
    for number in numbers:
        simulator.fleet.hosts[number].document = {"webserver": "nginx"}
    simulator.switches = Switches(rate_limit=30, rate_window=WINDOW)
    chosen = ("--limit", ",".join(f"host{number}" for number in numbers), "--forks", str(FORKS))
    plays = task_for_all(ansible, {"webserver": "apache"})
    run = ansible.playbook(plays, *chosen, inventory=inventory)
    assert [one.changed for one in run.results] == [True] * len(numbers)
    stored = [one for one in run.writes if one.status == 200]
    assert sorted(one.path for one in stored) == sorted(f"/api/v1/hosts/{n}" for n in numbers)
    again = ansible.playbook(plays, *chosen, inventory=inventory)
    assert [one.changed for one in again.results] == [False] * len(numbers)
    assert not again.writes
