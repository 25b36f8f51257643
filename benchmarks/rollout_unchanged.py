# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout over a fleet costs in which nothing is to be changed: seconds over Ansible's floor, and requests.

Run it with ``PYTHONPATH=tests python3 benchmarks/rollout_unchanged.py``. The floor is a play of the same shape: the
same batches over the same inventory plugin, a role with an argument spec and as many tasks, skipped where the
rollout skips one, that do nothing but set a fact. It fails where the rollout takes more than
``ALLOWED_SECONDS`` longer, or more requests than there are hosts (and pages of them in the inventory).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from workshop import build_tree, environments, simulated_platform, surroundings

HOSTS = 200
PAGES = 2
ROUNDS = 3
ALLOWED_SECONDS = 10.0

WANTED: dict[str, Any] = {"firewall_whitelist": ["198.51.100.24 # Office"]}
BATCHES = "{{ rollout_serial | default([1, '10%', '25%']) }}"

# As many tasks as `roles/rollout/tasks/main.yml`, and the check of the arguments before them.
FLOOR_TASKS = [
    {"ansible.builtin.set_fact": {"seen": True}, "run_once": True},
    {"ansible.builtin.set_fact": {"seen": True}, "run_once": True},
    {"ansible.builtin.set_fact": {"seen": True}},
    {"ansible.builtin.include_tasks": "more.yml", "when": "not seen"},
]


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
        # From here on there is nothing to be done.
        run(commands.pop("change"), variables, changes=True)
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        requests: dict[str, int] = {}
        for _round in range(ROUNDS):
            for name, command in commands.items():
                control(simulated.url, "DELETE")
                seconds[name].append(run(command, variables))
                requests[name] = len(control(simulated.url, "GET"))
    told(core, seconds, requests)


def prepared(folder: Path, programs: Path) -> dict[str, list[str]]:
    """The commands, and the files that they need."""
    (folder / "fleet").mkdir()
    (folder / "fleet" / "all.yml").write_text(json.dumps(WANTED))
    inventory = folder / "fleet.turbostack.yml"
    inventory.write_text(json.dumps({"plugin": "hosted_power.turbostack.turbostack"}))
    role = folder / "roles" / "floor"
    specs = Path("roles/rollout/meta/argument_specs.yml").read_text(encoding="utf-8")
    for name, text in {
        "meta/argument_specs.yml": specs,
        "tasks/main.yml": json.dumps(FLOOR_TASKS),
        "tasks/more.yml": "[]",
    }.items():
        (role / name).parent.mkdir(parents=True, exist_ok=True)
        (role / name).write_text(text)
    book = folder / "floor.json"
    play = {"hosts": "all", "gather_facts": False, "serial": BATCHES, "max_fail_percentage": 0}
    book.write_text(json.dumps([{**play, "roles": ["floor"]}]))
    common = [
        *(str(programs / "ansible-playbook"), "-i", str(inventory)),
        *("-e", f"rollout_directory={folder / 'fleet'}", "-e", f"rollout_journal={folder}/journal"),
    ]
    change = folder / "change.json"
    task = {"hosted_power.turbostack.turbostack_host": {"config": WANTED}}
    change.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [task]}]))
    return {
        "change": [*common, str(change)],
        "floor": [*common, str(book)],
        "rollout": [*common, "hosted_power.turbostack.rollout"],
    }


def run(command: list[str], variables: dict[str, str], *, changes: bool = False) -> float:
    """Seconds that the command took."""
    began = time.monotonic()
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if ended.returncode != 0 or (not changes and "changed=1 " in ended.stdout):
        raise SystemExit(f"{command[-1]} did not do what it should:\n{ended.stdout[-3000:]}")
    return took


def control(url: str, method: str) -> Any:
    """The simulator's record of requests."""
    request = urllib.request.Request(f"{url}/_simulator/requests", method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def told(core: str, seconds: dict[str, list[float]], requests: dict[str, int]) -> None:
    over = statistics.median(
        mine - floor for mine, floor in zip(seconds["rollout"], seconds["floor"], strict=True)
    )
    print(
        f"ansible-core {core}, {HOSTS} hosts, 5 forks, {platform.machine()}, {os.cpu_count()} cores"
    )
    print(f"{'':10} {'seconds':>8} {'requests':>9}")
    for name, times in seconds.items():
        print(f"{name:10} {statistics.median(times):8.2f} {requests[name]:9}")
    print(f"over the floor: {over:.2f} s; median of {ROUNDS} rounds")
    if requests["rollout"] > HOSTS + PAGES:
        raise SystemExit(
            f"{requests['rollout']} requests are more than {HOSTS} hosts and {PAGES} pages"
        )
    if over > ALLOWED_SECONDS:
        raise SystemExit(f"{over:.1f} s over the floor are more than {ALLOWED_SECONDS:g}")


if __name__ == "__main__":
    main()
