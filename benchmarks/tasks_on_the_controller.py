# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs over 100 hosts: ours as an action, against Ansible's floor, its uri and our module.

Run it with ``make bench-tasks``. Each round runs every playbook once, in turn, against one simulated
platform in a process of its own; what counts is the ratio to set_fact within a round.
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

HOSTS = 100
ROUNDS = 5

TASKS: dict[str, dict[str, Any]] = {
    "set_fact": {"ansible.builtin.set_fact": {"seen": True}},
    "turbostack_host, unchanged": {"hosted_power.turbostack.turbostack_host": {"config": {}}},
    "ansible.builtin.uri, one GET": {
        "ansible.builtin.uri": {
            "url": "{{ lookup('env', 'TURBOSTACK_API_URL') }}/api/v1/hosts/{{ turbostack_id }}",
            "headers": {
                "Accept": "application/json",
                "Authorization": "Bearer {{ lookup('env', 'TURBOSTACK_API_TOKEN') }}",
            },
        },
    },
    # Delegation is what makes a module of it: one that does not know that the machine is this one.
    "turbostack_host as a module, unchanged": {
        "hosted_power.turbostack.turbostack_host": {"config": {}},
        "delegate_to": "elsewhere",
    },
}
# The slow ones need fewer rounds to be told apart from the others.
SLOW_ROUNDS = 1


def main() -> None:
    core = sys.argv[1] if len(sys.argv) > 1 else "2.21"
    programs = environments.ensure(f"core-{core}")
    tools = environments.ensure("tools")
    with (
        tempfile.TemporaryDirectory() as folder,
        simulated_platform.started(tools, "--hosts", str(HOSTS)) as simulated,
    ):
        variables = surroundings.variables(programs)
        variables |= {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "ANSIBLE_CONNECTION_PLUGINS": str(Path("tests/e2e/connection_plugins").resolve()),
            "TURBOSTACK_API_URL": simulated.url,
            "TURBOSTACK_API_TOKEN": simulated.token,
        }
        inventory = Path(folder) / "inventory.json"
        inventory.write_text(json.dumps(inventory_of(simulated, programs)))
        seconds = measure(Path(folder), inventory, programs, variables)
    floor = statistics.median(seconds["set_fact"])
    print(f"ansible-core {core}, {HOSTS} hosts, 5 forks, {platform.machine()}, {cores()} cores")
    print(f"{'task':42} {'seconds':>8} {'x set_fact':>10}")
    for name, times in seconds.items():
        ratios = [one / base for one, base in zip(times, seconds["set_fact"], strict=False)]
        print(f"{name:42} {statistics.median(times):8.2f} {statistics.median(ratios):10.2f}")
    print(f"floor: {floor:.2f} s; median of {ROUNDS} rounds (uri and module: {SLOW_ROUNDS})")


def measure(
    folder: Path, inventory: Path, programs: Path, variables: dict[str, str]
) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in TASKS}
    for number in range(-1, ROUNDS):
        for index, (name, task) in enumerate(TASKS.items()):
            if index > 1 and number >= SLOW_ROUNDS:
                continue
            book = folder / f"play-{index}.json"
            book.write_text(
                json.dumps([{"hosts": "fleet", "gather_facts": False, "tasks": [task]}])
            )
            command = [str(programs / "ansible-playbook"), "-i", str(inventory), str(book)]
            began = time.monotonic()
            ended = subprocess.run(
                command, env=variables, capture_output=True, text=True, check=False
            )
            if ended.returncode != 0 or " changed=1 " in ended.stdout:
                raise SystemExit(f"{name} did not do what it should:\n{ended.stdout[-2000:]}")
            # The first round fills caches and is not counted.
            if number >= 0:
                seconds[name].append(time.monotonic() - began)
    return seconds


def inventory_of(simulated: simulated_platform.Platform, programs: Path) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{simulated.url}/api/v1/hosts?size={HOSTS}",
        headers={"Authorization": f"Bearer {simulated.token}", "Accept": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        rows = json.load(answer)["data"]
    local = {"ansible_connection": "local", "ansible_python_interpreter": str(programs / "python")}
    fleet = {f"host{row['id']}": {"turbostack_id": row["id"]} for row in rows}
    return {
        "all": {
            "hosts": {"elsewhere": {**local, "ansible_connection": "bastion"}},
            "children": {"fleet": {"hosts": fleet, "vars": local}},
        }
    }


def cores() -> int:
    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
