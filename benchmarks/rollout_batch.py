# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a batch of deployments costs beyond the longest of them: all hosts at once, whatever the forks.

Run it with ``PYTHONPATH=tests python3 benchmarks/rollout_batch.py``. A hundred hosts are written, deployed for 20
seconds each, and looked at, in one batch and with Ansible's 5 forks. A play of one task that does nothing is what
Ansible itself takes. It fails where the rollout takes more than ``ALLOWED_SECONDS`` beyond that.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workshop import build_tree, environments, simulated_platform, surroundings

HOSTS = 100
DEPLOYMENT = 20.0
ALLOWED_SECONDS = 30.0


def main() -> None:
    core = sys.argv[1] if len(sys.argv) > 1 else "2.21"
    programs = environments.ensure(f"core-{core}")
    tools = environments.ensure("tools")
    switches = ["--switch", f"deploy_running_seconds={DEPLOYMENT}"]
    with (
        tempfile.TemporaryDirectory() as temporary,
        simulated_platform.started(tools, "--hosts", str(HOSTS), *switches) as simulated,
    ):
        folder = Path(temporary)
        variables = surroundings.variables(programs)
        variables |= {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "TURBOSTACK_API_URL": simulated.url,
            "TURBOSTACK_API_TOKEN": simulated.token,
        }
        (folder / "fleet").mkdir()
        wanted = {"firewall_whitelist": ["198.51.100.24 # Office"]}
        (folder / "fleet" / "all.yml").write_text(json.dumps(wanted))
        inventory = folder / "fleet.turbostack.yml"
        inventory.write_text(json.dumps({"plugin": "hosted_power.turbostack.turbostack"}))
        book = folder / "floor.json"
        task = {"ansible.builtin.set_fact": {"seen": True}}
        book.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [task]}]))
        given = {
            "rollout_directory": str(folder / "fleet"),
            "rollout_journal": str(folder / "journal"),
            "rollout_serial": ["100%"],
            "rollout_health_limits": {},
        }
        command = [str(programs / "ansible-playbook"), "-i", str(inventory)]
        floor = run([*command, str(book)], variables)
        rollout = "hosted_power.turbostack.rollout"
        took = run([*command, "-e", json.dumps(given), rollout], variables)
        started = simulated.writes()
    print(
        f"ansible-core {core}, {HOSTS} hosts, deployments of {DEPLOYMENT:g} s, 5 forks, {platform.machine()}, "
        f"{os.cpu_count()} cores"
    )
    print(f"floor {floor:.1f} s, rollout {took:.1f} s, over the floor {took - floor:.1f} s")
    if started != 2 * HOSTS:
        raise SystemExit(f"{started} requests that change something are not {2 * HOSTS}")
    if took - floor > ALLOWED_SECONDS:
        raise SystemExit(f"{took - floor:.1f} s over the floor are more than {ALLOWED_SECONDS:g}")


def run(command: list[str], variables: dict[str, str]) -> float:
    """Seconds that the command took."""
    began = time.monotonic()
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if ended.returncode != 0:
        said = ended.stdout[-3000:] + ended.stderr[-3000:]
        raise SystemExit(f"{command[-1]} did not do what it should:\n{said}")
    return took


if __name__ == "__main__":
    main()
