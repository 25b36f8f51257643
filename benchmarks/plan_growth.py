# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the time and the memory of a plan grow with the document: 100, 1,000 and 10,000 vhosts.

Each size runs in a process of its own. Time is the best of several runs; memory is what a plan adds at its
peak to the two documents that it is given. Exits with 1 where a limit is missed: 0.5 s and 100 MB for 1,000
vhosts, and growth by more than twice the growth of the document.

    python3 benchmarks/plan_growth.py
"""

from __future__ import annotations

import copy
import importlib
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

SIZES = (100, 1_000, 10_000)
RUNS = 5
SLOWEST = 0.5
LARGEST = 100.0
VHOSTS_OF_A_USER = 50
PLAN = "ansible_collections.hosted_power.turbostack.plugins.module_utils.plan"


def document(vhosts: int) -> dict[str, Any]:
    """A configuration of so many vhosts, of some 550 bytes each."""
    users = []
    for first in range(0, vhosts, VHOSTS_OF_A_USER):
        name = f"user{first // VHOSTS_OF_A_USER}"
        applications = [
            {
                "app_name": f"app{number}",
                "server_name": f"app{number}.example.com www.app{number}.example.com",
                "app_type": "magento2",
                "php_version": "8.2",
                "varnish_enabled": True,
                "cert_type": "custom",
                "cert_fullchain": f"-----BEGIN CERTIFICATE-----\n{'MIIabc' * 52}\n-----END CERTIFICATE-----\n",
            }
            for number in range(first, min(first + VHOSTS_OF_A_USER, vhosts))
        ]
        users.append({"username": name, "vhosts": applications, "ftp": [{"user": name}]})
    return {
        "webserver": "nginx",
        "ssh_keys": [f"ssh-ed25519 AAAAC3Nza{n:06} user{n}" for n in range(vhosts // 10)],
        "system_users": users,
    }


def measure(vhosts: int) -> dict[str, float]:
    """Every vhost gets another PHP: the most changes that a document of this shape can have."""
    plan = importlib.import_module(f"{PLAN}.engine").plan
    current = document(vhosts)
    desired = copy.deepcopy(current)
    for user in desired["system_users"]:
        for vhost in user["vhosts"]:
            vhost["php_version"] = "8.3"
    result: dict[str, float] = {"size": len(json.dumps(current))}
    for name, wanted in (("unchanged", current), ("changed", desired)):
        best = float("inf")
        for _run in range(RUNS):
            started = time.perf_counter()
            made = plan(current, wanted, "merged")
            best = min(best, time.perf_counter() - started)
        if len(made.changes) != (vhosts if name == "changed" else 0):
            raise RuntimeError(f"{name}: the plan has {len(made.changes)} changes")
        result[name] = best
    tracemalloc.start()
    plan(current, desired, "merged")
    result["memory"] = tracemalloc.get_traced_memory()[1] / 1e6
    return result


def measured_apart(vhosts: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "ansible_collections", "hosted_power")
        place.mkdir(parents=True)
        (place / "turbostack").symlink_to(Path(__file__).resolve().parents[1])
        told = subprocess.run(
            [sys.executable, __file__, str(vhosts)],
            env={"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            check=True,
        )
    result: dict[str, float] = json.loads(told.stdout)
    return result


def main() -> int:
    if len(sys.argv) > 1:
        json.dump(measure(int(sys.argv[1])), sys.stdout)
        return 0
    results = {vhosts: measured_apart(vhosts) for vhosts in SIZES}
    print("| vhosts | document | plan, nothing changes | plan, every vhost changes | peak memory |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for vhosts, one in results.items():
        print(
            f"| {vhosts:,} | {one['size'] / 1e3:,.0f} KB | {one['unchanged'] * 1e3:,.0f} ms "
            f"| {one['changed'] * 1e3:,.0f} ms | {one['memory']:,.1f} MB |"
        )
    missed = []
    for name, limit in (("changed", SLOWEST), ("unchanged", SLOWEST), ("memory", LARGEST)):
        if results[1_000][name] > limit:
            missed.append(f"{name} at 1,000 vhosts: {results[1_000][name]:.3f} over {limit}")
    growth = {name: results[10_000][name] / results[1_000][name] for name in results[1_000]}
    for name in ("changed", "unchanged", "memory"):
        if growth[name] > 2 * growth["size"]:
            missed.append(f"{name} grows {growth[name]:.1f} times from 1,000 to 10,000 vhosts")
    print("\n".join(missed) or "Within the limits.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
