# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the jobs over a fleet cost, against ``ansible-inventory --graph`` and each other.

    PYTHONPATH=tests python3 benchmarks/fleet_jobs.py [--hosts 1000] [--rounds 3] [--core 2.21] [--only drift]

The hosts hold 10 to 60 KB each: several users and sites, passwords, keys, certificates
(``tests/simulator/large_documents.py``). Every job is a command in a process of its own, against a server whose answers
were made beforehand; the same jobs over half of the hosts tell what one more host takes in memory. Seconds of the
processor are what is compared, as they depend less on what else the machine has to do. It fails where a job costs more
than its share in ``AIMS``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop import build_tree, environments, surroundings

HERE = Path(__file__).resolve().parent
PREFIX = "hosted_power.turbostack."

#: How many times what a job may cost.
AIMS = {"drift": (3.0, "graph"), "host_info": (2.0, "backup"), "fleet_report": (3.0, "backup")}
#: KB of memory for one more host, beyond the size of its document.
MOST_MEMORY = 12.0

_MANY, _FEW = 100, 5


@dataclass(frozen=True)
class Cost:
    """One run: seconds, those of the processor, KB of memory at most in one process, and requests."""

    seconds: float
    processor: float
    memory: int
    requests: int


@dataclass(frozen=True)
class Served:
    """A server of so many hosts; C(size) is the length of all their documents in KB."""

    url: str
    hosts: int
    size: float
    process: subprocess.Popen[str]


@contextmanager
def served(tools: Path, hosts: int) -> Iterator[Served]:
    command = [str(tools / "python"), str(HERE / "inventory_server.py"), str(hosts), "large"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        rows = asked(url, f"/api/v1/hosts?size={_MANY}&page=1")["data"]
        size = sum(len(row["json"]) for row in rows) / len(rows) * hosts / 1024
        yield Served(url, hosts, size, process)
        process.stdin.close()


def asked(url: str, path: str, method: str = "GET") -> Any:
    request = urllib.request.Request(f"{url}{path}", method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Bench:
    """The commands of all jobs over one fleet."""

    def __init__(self, served: Served, programs: Path, folder: Path) -> None:
        self._served = served
        self._programs = programs
        self._folder = folder
        self._folder.mkdir()
        self._variables = surroundings.variables(programs) | {
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "TURBOSTACK_API_URL": served.url,
            "TURBOSTACK_API_TOKEN": "benchmark",
        }
        self.commands = self._prepared()

    def run(self, name: str) -> Cost:
        """Run a job once.

        :raises SystemExit: where it did not do what it should.
        """
        asked(self._served.url, "/reset", "POST")
        said = self._folder / "said.txt"
        began = time.monotonic()
        with said.open("wb") as file:
            process = subprocess.Popen(
                self.commands[name],
                cwd=self._folder,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            _pid, status, used = os.wait4(process.pid, 0)
        took = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{name} did not do what it should:\n{said.read_text()[-3000:]}")
        return Cost(
            took,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss,
            asked(self._served.url, "/count"),
        )

    def _prepared(self) -> dict[str, list[str]]:
        rows = [
            row
            for page in range(1, -(-self._served.hosts // _MANY) + 1)
            for row in asked(self._served.url, f"/api/v1/hosts?size={_MANY}&page={page}")["data"]
        ]
        self._desired(rows)
        inventory = self._folder / "fleet.turbostack.yml"
        inventory.write_text(json.dumps({"plugin": f"{PREFIX}turbostack"}))
        return {
            "graph": [str(self._programs / "ansible-inventory"), "-i", str(inventory), "--graph"],
            "drift": self._playbook(
                f"{PREFIX}drift",
                *("-i", str(inventory)),
                drift_directory=str(self._folder / "desired"),
                drift_fail=False,
            ),
            "backup": self._playbook(
                f"{PREFIX}config_backup",
                config_backup_path=str(self._folder / "saved"),
                config_backup_commit=False,
            ),
            "restore": self._playbook(
                f"{PREFIX}config_restore",
                "--check",
                config_restore_path=str(self._folder / "saved"),
                config_restore_everything=True,
            ),
            "host_info": self._playbook(
                self._book(
                    "host_info.json",
                    {f"{PREFIX}turbostack_host_info": {"name_pattern": "*"}, "register": "fleet"},
                )
            ),
            "host_info_bare": self._playbook(
                self._book(
                    "host_info_bare.json",
                    {
                        f"{PREFIX}turbostack_host_info": {
                            "name_pattern": "*",
                            "include_config": False,
                        },
                        "register": "fleet",
                    },
                )
            ),
            "fleet_report": self._playbook(
                f"{PREFIX}fleet_report", fleet_report_path=str(self._folder / "fleet.html")
            ),
            "ssh_access": self._playbook(
                f"{PREFIX}ssh_access",
                "--check",
                ssh_access_people=self._people(rows),
            ),
            "uri": self._playbook(self._book("uri.json", self._uri())),
        }

    def _people(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Everybody whom the hosts know; for a few clients, all of them are to be let in."""
        keys = sorted({key for row in rows for key in json.loads(row["json"])["ssh_keys"]})
        clients = sorted({row["client_id"] for row in rows})[:_FEW]
        return [
            {"name": f"Person {number}", "keys": [key], "where": {"clients": clients}}
            for number, key in enumerate(keys, 1)
        ]

    def _desired(self, rows: list[dict[str, Any]]) -> None:
        """A folder as agencies have it: for all, for clients, and for every fifth host. One in ten has drifted."""
        known = json.loads(rows[0]["json"])["ssh_keys"]
        self._file("all", {"webserver": "nginx", "ssh_keys": known[:2]})
        for client in {row["client_id"] for row in rows[:20]}:
            self._file(f"clients/{client}", {"ssh_keys": known[2:3]})
        for number, row in enumerate(rows):
            stored = json.loads(row["json"])
            if number % 5 == 0:
                user = stored["system_users"][-1]
                kept = {key: user[key] for key in ("username", "db_password") if key in user}
                self._file(f"hosts/{row['name']}", {"system_users": [kept]})

    def _file(self, name: str, content: dict[str, Any]) -> None:
        path = self._folder / "desired" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))

    def _playbook(self, book: str, *arguments: str, **given: Any) -> list[str]:
        return [
            str(self._programs / "ansible-playbook"),
            book,
            *arguments,
            *("-e", json.dumps(given)),
        ]

    def _book(self, name: str, task: dict[str, Any]) -> str:
        path = self._folder / name
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [task]}
        path.write_text(json.dumps([play]))
        return str(path)

    def _uri(self) -> dict[str, Any]:
        """What a user does without the collection: one request after the other, and a variable of all pages."""
        pages = -(-self._served.hosts // _MANY)
        return {
            "ansible.builtin.uri": {
                "url": f"{self._served.url}/api/v1/hosts?size={_MANY}&page={{{{ item }}}}",
                "headers": {"Authorization": "Bearer benchmark"},
                "return_content": False,
            },
            "loop": list(range(1, pages + 1)),
            "register": "fleet",
            "no_log": True,
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", default="2.21")
    parser.add_argument(
        "--only", nargs="+", help="these jobs, and those that they are compared with"
    )
    given = parser.parse_args()
    programs, tools = environments.ensure(f"core-{given.core}"), environments.ensure("tools")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(tools, given.hosts) as many,
        served(tools, given.hosts // 2) as few,
    ):
        large = Bench(many, programs, Path(folder) / "many")
        small = Bench(few, programs, Path(folder) / "few")
        names = chosen(list(large.commands), given.only)
        costs: dict[str, list[Cost]] = {name: [] for name in names}
        slopes: dict[str, float] = {}
        for _round in range(given.rounds):
            for name in names:
                costs[name].append(large.run(name))
        own = (many.size - few.size) / (many.hosts - few.hosts)
        for name in names:
            more = statistics.median(one.memory for one in costs[name]) - small.run(name).memory
            slopes[name] = more / (many.hosts - few.hosts) - own
        print(
            f"ansible-core {given.core}, {given.hosts} hosts of {own:.0f} KB, {platform.machine()}, "
            f"{os.cpu_count()} cores; medians of {given.rounds} rounds"
        )
        failed = table({name: middle(found) for name, found in costs.items()}, slopes)
    if failed:
        raise SystemExit("\n".join(failed))


def chosen(names: list[str], only: list[str] | None) -> list[str]:
    if not only:
        return names
    wanted = {*only, *(AIMS[name][1] for name in only if name in AIMS)}
    # What is restored has to be there.
    wanted |= {"backup"} if "restore" in wanted else set()
    return [name for name in names if name in wanted]


def middle(found: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.seconds for one in found),
        statistics.median(one.processor for one in found),
        round(statistics.median(one.memory for one in found)),
        found[-1].requests,
    )


def table(costs: dict[str, Cost], slopes: dict[str, float]) -> list[str]:
    """Print the table; returns what is beyond its aim."""
    failed = []
    print("| job | seconds | of the processor | ratio | memory (MB) | KB a host | requests |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, cost in costs.items():
        ratio = ""
        if name in AIMS:
            aim, other = AIMS[name]
            times = cost.processor / costs[other].processor
            ratio = f"{times:.1f} times {other}"
            if times > aim:
                failed.append(f"{name}: {times:.1f} times {other} is more than {aim:g}")
        print(
            f"| {name} | {cost.seconds:.1f} | {cost.processor:.1f} | {ratio} | {cost.memory / 1024:.0f} "
            f"| {slopes[name]:.1f} | {cost.requests} |",
            flush=True,
        )
        if name in AIMS and slopes[name] > MOST_MEMORY:
            failed.append(f"{name}: {slopes[name]:.1f} KB a host are more than {MOST_MEMORY:g}")
    return failed


if __name__ == "__main__":
    main()
