# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout over a fleet costs in which nothing is to be changed: work over Ansible's floor, and requests.

Run it with ``PYTHONPATH=tests python3 benchmarks/rollout_unchanged.py``. The graph is ``ansible-inventory --graph``. A
play over the same inventory plugin has one task for each host that does nothing but set a fact; the floor is that task
in a role, as a rollout is one task in a role that reports for each host. What the rollout takes over the floor is its
job: the pages of one list, every plan, and the status of each host. It fails where that is more than ``ALLOWED_RATIO``
times the graph, or more requests than one for each host and the pages. Seconds of the processor are compared, as they
depend less on what else the machine has to do.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from workshop import build_tree, environments, simulated_platform, surroundings

HOSTS = 1000
# Of the inventory, and of the job.
PAGES = 2 * HOSTS // 100
ROUNDS = 3
ALLOWED_RATIO = 3.0

WANTED: dict[str, Any] = {"firewall_whitelist": ["198.51.100.24 # Office"]}


def main() -> None:
    core = sys.argv[1] if len(sys.argv) > 1 else "2.21"
    programs = environments.ensure(f"core-{core}")
    tools = environments.ensure("tools")
    with (
        tempfile.TemporaryDirectory() as temporary,
        simulated_platform.started(tools, "--hosts", str(HOSTS)) as simulated,
    ):
        folder = Path(temporary)
        variables = surroundings.variables(programs)
        variables |= {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "TURBOSTACK_API_URL": simulated.url,
            "TURBOSTACK_API_TOKEN": simulated.token,
        }
        commands = prepared(folder, programs)
        # From here on all is as it should be, and in effect.
        run(commands["rollout"], variables, changes=True)
        costs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        requests: dict[str, int] = {}
        for _round in range(ROUNDS):
            for name, command in commands.items():
                control(simulated.url, "DELETE")
                costs[name].append(run(command, variables))
                requests[name] = len(control(simulated.url, "GET"))
    told(core, costs, requests)


def prepared(folder: Path, programs: Path) -> dict[str, list[str]]:
    """The commands, and the files that they need."""
    (folder / "fleet").mkdir()
    (folder / "fleet" / "all.yml").write_text(json.dumps(WANTED))
    inventory = folder / "fleet.turbostack.yml"
    inventory.write_text(json.dumps({"plugin": "hosted_power.turbostack.turbostack"}))
    task = {"ansible.builtin.set_fact": {"seen": True}}
    (folder / "roles" / "empty" / "tasks").mkdir(parents=True)
    (folder / "roles" / "empty" / "tasks" / "main.yml").write_text(json.dumps([task]))
    role = {"ansible.builtin.import_role": {"name": "empty"}}
    books = {"play": folder / "play.json", "floor": folder / "floor.json"}
    for name, only in (("play", task), ("floor", role)):
        books[name].write_text(
            json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [only]}])
        )
    given = {
        "rollout_directory": str(folder / "fleet"),
        "rollout_journal": str(folder / "journal"),
        "rollout_serial": ["100%"],
        "rollout_health_limits": {},
        "rollout_deploy_poll_interval": 1,
    }
    playbook = [str(programs / "ansible-playbook"), "-i", str(inventory), "-e", json.dumps(given)]
    graph = [str(programs / "ansible-inventory"), "-i", str(inventory), "--graph"]
    return {
        "graph": graph,
        **{name: [*playbook, str(book)] for name, book in books.items()},
        "rollout": [*playbook, "hosted_power.turbostack.rollout"],
    }


def run(
    command: list[str], variables: dict[str, str], *, changes: bool = False
) -> tuple[float, float]:
    """Seconds that the command took, and those of the processor."""
    began, worked = time.monotonic(), processor()
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if ended.returncode != 0 or (not changes and "changed=1 " in ended.stdout):
        said = ended.stdout[-3000:] + ended.stderr[-3000:]
        raise SystemExit(f"{command[-1]} did not do what it should:\n{said}")
    return took, processor() - worked


def processor() -> float:
    """Seconds of the processor that the commands have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def control(url: str, method: str) -> Any:
    """The simulator's record of requests."""
    request = urllib.request.Request(f"{url}/_simulator/requests", method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def told(core: str, costs: dict[str, list[tuple[float, float]]], requests: dict[str, int]) -> None:
    over = statistics.median(
        mine - floor
        for (_wall, mine), (_other, floor) in zip(costs["rollout"], costs["floor"], strict=True)
    )
    graph = statistics.median(worked for _wall, worked in costs["graph"])
    ratio = over / graph
    print(
        f"ansible-core {core}, {HOSTS} hosts, 5 forks, {platform.machine()}, {os.cpu_count()} cores"
    )
    print(f"{'':10} {'seconds':>8} {'processor':>10} {'of the graph':>13} {'requests':>9}")
    for name, found in costs.items():
        took, worked = map(statistics.median, zip(*found, strict=True))
        print(f"{name:10} {took:8.2f} {worked:10.2f} {worked / graph:13.1f} {requests[name]:9}")
    print(
        f"over the floor: {over:.2f} s of the processor, {ratio:.1f} times the graph; median of {ROUNDS} rounds"
    )
    if requests["rollout"] > HOSTS + PAGES:
        raise SystemExit(
            f"{requests['rollout']} requests are more than {HOSTS} hosts and {PAGES} pages"
        )
    if ratio > ALLOWED_RATIO:
        raise SystemExit(f"{ratio:.1f} times the graph are more than {ALLOWED_RATIO:g}")


if __name__ == "__main__":
    main()
