# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook rollout over a simulated fleet, to its end or killed at a request."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator import Simulator
from simulator.request_log import LoggedRequest

from .controller import Controller
from .results import Run

ROLLOUT = "hosted_power.turbostack.rollout"


class Rollout:
    """Runs the playbook over the fleet; the journal lies where secrets may."""

    def __init__(self, ansible: Controller, simulator: Simulator, journal: Path) -> None:
        self.ansible = ansible
        self.simulator = simulator
        self.journal = journal
        self.hosts = list(simulator.fleet.hosts.values())
        self.source = ansible.write(
            "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"}
        )
        self.book: Path | str = ROLLOUT
        self.variables: dict[str, Any] = {
            "rollout_directory": "fleet",
            "rollout_journal": str(journal),
            "rollout_serial": 1,
            "rollout_deploy_poll_interval": 0.2,
            "rollout_health_retries": 1,
            "rollout_health_delay": 0.1,
            "rollout_http_retries": 1,
            "rollout_http_delay": 0.1,
        }

    def wants(self, **files: Any) -> None:
        for name, content in files.items():
            self.ansible.write(f"fleet/{name.replace('__', '/')}.yml", content)

    def run(
        self, *arguments: str, fails: bool = False, warns: bool = False, **variables: Any
    ) -> Run:
        given = self.ansible.write("variables.yml", {**self.variables, **variables})
        command = [str(self.book), "-i", str(self.source), "-e", f"@{given}", *arguments]
        return self.ansible.command("ansible-playbook", *command, fails=fails, warns=warns)

    def killed(self, *arguments: str, at: Callable[[LoggedRequest], bool], after: bool) -> None:
        """A run that is killed by a request: before the platform carries it out, or after."""
        meanwhile = self.simulator.on_answer

        def kill(request: LoggedRequest) -> None:
            if meanwhile:
                meanwhile(request)
            if at(request):
                self._kill()

        if after:
            self.simulator.on_answer = kill
        else:
            self.simulator.on_request = kill
        run = self.run(*arguments, fails=True)
        self.simulator.on_answer, self.simulator.on_request = meanwhile, None
        assert run.returncode == -signal.SIGKILL

    def _kill(self) -> None:
        """End every process of the playbook at once, so that none of them can tidy up."""
        mark = str(self.ansible.folder).encode()
        for process in Path("/proc").iterdir():
            if not process.name.isdecimal():
                continue
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if ROLLOUT.encode() in command and mark in command:
                os.kill(int(process.name), signal.SIGKILL)

    @property
    def left(self) -> list[str]:
        """What lies in the journal's folder for hosts that are under way."""
        return sorted(path.name for path in self.journal.iterdir() if path.is_file())

    @property
    def archived(self) -> list[Path]:
        return sorted((self.journal / "archive").iterdir())

    def started(self) -> list[int]:
        return [self.simulator.deployments[int(host.id)] for host in self.hosts]


def lines(run: Run, host: str) -> str:
    """What a host's task tells."""
    return "\n".join(run.task(f"{ROLLOUT} : Roll out", host)["told"])


def failed(run: Run, host: str) -> str:
    """Why a host's task failed."""
    return run.task(f"{ROLLOUT} : Roll out", host).message


def the_nth(number: int, method: str, path: str) -> Callable[[LoggedRequest], bool]:
    """Whether a request is the nth of that kind."""
    seen: list[LoggedRequest] = []

    def at(request: LoggedRequest) -> bool:
        if request.method == method and request.path.endswith(path):
            seen.append(request)
            return len(seen) == number
        return False

    return at
