# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs over 100 hosts: ours as an action, against Ansible's floor, its uri and our module.

Run it with ``make bench-tasks``. Every playbook runs next to one of set_fact, against a simulated platform in a
process of its own; what counts is the ratio of the two, since a machine's speed may drift from minute to minute.
"""

from __future__ import annotations

import json
import os
import platform
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop import build_tree, environments, simulated_platform, surroundings

HOSTS = 100


@dataclass(frozen=True)
class Candidate:
    """A task to be timed.

    :ivar rounds: how often; few are enough where the difference is large.
    :ivar https: whether the platform is asked over HTTPS.
    :ivar large: whether its hosts hold what a shop with several sites holds, a password and a certificate among it.
    """

    name: str
    task: dict[str, Any]
    rounds: int = 12
    https: bool = False
    large: bool = False


FLOOR = Candidate("ansible.builtin.set_fact", {"ansible.builtin.set_fact": {"seen": True}})
_OURS: dict[str, Any] = {"hosted_power.turbostack.turbostack_host": {"config": {}}}
CANDIDATES = (
    Candidate("turbostack_host, unchanged", _OURS),
    Candidate("turbostack_host, unchanged, over HTTPS", _OURS, https=True),
    Candidate("turbostack_host, unchanged, large", _OURS, large=True),
    Candidate("turbostack_host, unchanged, large, HTTPS", _OURS, https=True, large=True),
    Candidate(
        "ansible.builtin.uri, one GET",
        {
            "ansible.builtin.uri": {
                "url": "{{ lookup('env', 'TURBOSTACK_API_URL') }}/api/v1/hosts/{{ turbostack_id }}",
                "headers": {
                    "Accept": "application/json",
                    "Authorization": "Bearer {{ lookup('env', 'TURBOSTACK_API_TOKEN') }}",
                },
            },
        },
        rounds=1,
    ),
    # Delegation is what makes a module of it: one that does not know that the machine is this one.
    Candidate(
        "turbostack_host as a module, unchanged", {**_OURS, "delegate_to": "elsewhere"}, rounds=1
    ),
)


@dataclass(frozen=True)
class Timed:
    """Seconds of a candidate, and of the floor beside it."""

    own: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [one / other for one, other in zip(self.own, self.floor, strict=True)]


def main() -> None:
    core = sys.argv[1] if len(sys.argv) > 1 else "2.21"
    programs = environments.ensure(f"core-{core}")
    tools = environments.ensure("tools")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bundle = certificate(tools, programs, folder)
        fleet = ("--hosts", str(HOSTS))
        tls = ("--tls-cert", str(folder / "server.pem"), "--tls-key", str(folder / "server.key"))
        platforms = {
            (https, large): stack.enter_context(
                simulated_platform.started(tools, *fleet, *(tls if https else ()))
            )
            for https in (False, True)
            for large in (False, True)
        }
        trust = ssl.create_default_context(cafile=str(folder / "client.pem"))
        for (_https, large), simulated in platforms.items():
            if large:
                fill(simulated, large_configuration(folder), trust)
        variables = surroundings.variables(programs) | {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "ANSIBLE_CONNECTION_PLUGINS": str(Path("tests/e2e/connection_plugins").resolve()),
            "TURBOSTACK_CA_PATH": str(bundle),
        }
        inventory = folder / "inventory.json"
        inventory.write_text(json.dumps(inventory_of(platforms[False, False], programs)))
        command = [str(programs / "ansible-playbook"), "-i", str(inventory)]
        print(f"ansible-core {core}, {HOSTS} hosts, 5 forks, {platform.machine()}, {cores()} cores")
        print(f"{'task':40} {'seconds':>8} {'floor':>7} {'ratio':>6}  quartiles")
        for candidate in CANDIDATES:
            timed = measured(
                candidate,
                command,
                folder,
                variables,
                platforms[candidate.https, candidate.large],
            )
            print(f"{candidate.name:40} {told(timed)}", flush=True)


def measured(
    candidate: Candidate,
    command: list[str],
    folder: Path,
    variables: dict[str, str],
    simulated: simulated_platform.Platform,
) -> Timed:
    own_variables = variables | {
        "TURBOSTACK_API_URL": simulated.url,
        "TURBOSTACK_API_TOKEN": simulated.token,
    }
    books = {one.name: playbook(one, folder) for one in (FLOOR, candidate)}
    timed = Timed()
    # The first round fills caches and is not counted; then now one comes first, now the other.
    for number in range(-1, candidate.rounds):
        order = [(FLOOR, timed.floor), (candidate, timed.own)]
        for one, seconds in order if number % 2 else reversed(order):
            spent = run([*command, str(books[one.name])], own_variables, one.name)
            if number >= 0:
                seconds.append(spent)
    return timed


def playbook(candidate: Candidate, folder: Path) -> Path:
    book = folder / f"{'floor' if candidate is FLOOR else 'candidate'}.json"
    play = {"hosts": "fleet", "gather_facts": False, "tasks": [candidate.task]}
    book.write_text(json.dumps([play]))
    return book


def run(command: list[str], variables: dict[str, str], name: str) -> float:
    began = time.monotonic()
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    if ended.returncode != 0 or " changed=1 " in ended.stdout:
        raise SystemExit(f"{name} did not do what it should:\n{ended.stdout[-2000:]}")
    return seconds


def told(timed: Timed) -> str:
    ratios = timed.ratios
    own, floor = statistics.median(timed.own), statistics.median(timed.floor)
    text = f"{own:8.2f} {floor:7.2f} {statistics.median(ratios):6.2f}"
    if len(ratios) > 2:
        low, _middle, high = statistics.quantiles(ratios, n=4)
        text += f"  {low:.2f}-{high:.2f}"
    return text


def certificate(tools: Path, programs: Path, folder: Path) -> Path:
    """A certificate for this machine; returns a bundle that believes it, and is as long as those people have."""
    making = [str(tools / "python"), "-m", "trustme", "--quiet", "--dir", str(folder)]
    subprocess.run([*making, "--identities", "127.0.0.1"], check=True)
    asking = [str(programs / "python"), "-m", "requests.certs"]
    usual = subprocess.run(asking, capture_output=True, text=True, check=True).stdout.strip()
    bundle = folder / "bundle.pem"
    bundle.write_bytes(Path(usual).read_bytes() + (folder / "client.pem").read_bytes())
    return bundle


def large_configuration(folder: Path) -> dict[str, Any]:
    """Six users with two sites each, a password, and a certificate with its key."""
    certified = {
        "cert_type": "custom",
        "cert_pvk": (folder / "server.key").read_text(),
        "cert_fullchain": (folder / "server.pem").read_text(),
    }
    users = [
        {
            "username": f"shop{user}",
            "db_password": f"geheim-{user}-2026",
            "ftp": [{"user": f"erp{user}", "homedir": "import"}],
            "vhosts": [
                {
                    "server_name": f"{name}.shop{user}.example www.{name}.shop{user}.example",
                    "app_name": name,
                    "app_type": "shopware",
                    "php_version": "8.3",
                    **(certified if name == "live" else {"cert_type": "letsencrypt"}),
                }
                for name in ("live", "test")
            ],
        }
        for user in range(6)
    ]
    return {
        "webserver": "nginx",
        "mysql_version": "8.0",
        "redis_memory": "1gb",
        "ssh_keys": [
            f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{n:043} n{n}@example" for n in range(8)
        ],
        "system_users": users,
    }


def fill(
    simulated: simulated_platform.Platform, document: dict[str, Any], trust: ssl.SSLContext
) -> None:
    """Give each host of a platform this configuration."""
    headers = {
        "Authorization": f"Bearer {simulated.token}",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }

    def asked(path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(f"{simulated.url}/api/v1{path}", body, headers)
        context = trust if simulated.url.startswith("https:") else None
        with urllib.request.urlopen(request, context=context) as answer:
            return json.load(answer)

    body = json.dumps({"json": document}).encode()
    for row in asked(f"/hosts?size={HOSTS}")["data"]:
        asked(f"/hosts/{row['id']}", body)


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
