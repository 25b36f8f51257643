# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests it takes to read a fleet, and to look for drift on every host of it.

    PYTHONPATH=tests python3 benchmarks/drift_requests.py [--hosts 1000] [--core 2.21]

Each playbook runs once, in check mode, over the inventory plugin against a simulated platform in a process of
its own; what counts is what that process was asked for. Every playbook's count has the inventory's in it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from workshop import build_tree, environments, simulated_platform, surroundings

PREFIX = "hosted_power.turbostack."
SNAPSHOT = "{{ turbostack_config }}"
WANTED = {"webserver": "nginx"}
LOCAL = {"delegate_to": "localhost", "run_once": True}

Task = dict[str, Any]


def host(**options: Any) -> Task:
    return {f"{PREFIX}turbostack_host": options}


def uses_password() -> Task:
    user = "turbostack_config.system_users[0].username"
    lookup = f"lookup('{PREFIX}credentials', user={user}, kind='database')"
    return {
        "ansible.builtin.assert": {"that": [f"{lookup} | length > 0"], "quiet": True},
        # A host that was never configured has no user.
        "when": "turbostack_config.system_users | default([]) | length > 0",
    }


PLAYS: dict[str, list[Task]] = {
    "the inventory alone": [{"ansible.builtin.meta": "noop"}],
    "host_info of all": [{f"{PREFIX}turbostack_host_info": {"name_pattern": "*"}, **LOCAL}],
    "deploy_info of all": [{f"{PREFIX}turbostack_deploy_info": {"name_pattern": "*"}, **LOCAL}],
    "drift, without a snapshot": [host(config=WANTED)],
    "drift, with one": [host(config=WANTED, snapshot=SNAPSHOT)],
    "no drift, without a snapshot": [host(config={})],
    "no drift, with one": [host(config={}, snapshot=SNAPSHOT)],
    "a password, in three tasks": [uses_password()] * 3,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--core", default="2.21")
    parser.add_argument(
        "--ansible-bin", type=Path, help="instead of an environment of the workshop's"
    )
    parser.add_argument("--tools-bin", type=Path, help="the same, for the simulator")
    given = parser.parse_args()
    programs = given.ansible_bin or environments.ensure(f"core-{given.core}")
    tools = given.tools_bin or environments.ensure("tools")
    print(f"{given.hosts} hosts, ansible-core in {programs.parent.name}")
    print(f"{'play':32} {'requests':>8} {'writes':>6} {'changed':>7} {'seconds':>8}")
    with (
        tempfile.TemporaryDirectory() as folder,
        simulated_platform.started(tools, "--hosts", str(given.hosts)) as simulated,
    ):
        variables = surroundings.variables(programs) | {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.minimal",
            "TURBOSTACK_API_URL": simulated.url,
            "TURBOSTACK_API_TOKEN": simulated.token,
        }
        inventory = Path(folder) / "turbostack.yml"
        inventory.write_text(json.dumps({"plugin": f"{PREFIX}turbostack"}))
        for name, tasks in PLAYS.items():
            book = Path(folder) / "play.json"
            book.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]))
            command = [
                str(programs / "ansible-playbook"),
                "--check",
                "-i",
                str(inventory),
                str(book),
            ]
            forget(simulated)
            began = time.monotonic()
            ended = subprocess.run(
                command, env=variables, capture_output=True, text=True, check=False
            )
            seconds = time.monotonic() - began
            if ended.returncode != 0:
                raise SystemExit(
                    f"{name} did not do what it should:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}"
                )
            changed = ended.stdout.count("| CHANGED")
            print(
                f"{name:32} {count(simulated):8} {simulated.writes():6} {changed:7} {seconds:8.1f}",
                flush=True,
            )


def forget(simulated: simulated_platform.Platform) -> None:
    request = urllib.request.Request(f"{simulated.url}/_simulator/requests", method="DELETE")
    with urllib.request.urlopen(request):
        pass


def count(simulated: simulated_platform.Platform) -> int:
    with urllib.request.urlopen(f"{simulated.url}/_simulator/requests") as answer:
        return len(json.load(answer))


if __name__ == "__main__":
    main()
