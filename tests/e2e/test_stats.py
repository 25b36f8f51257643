# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each role hands on in numbers, which AWX keeps with a job that is gone; also where the job failed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from authority import issued
from simulator import Fleet, Simulator
from simulator.request_log import LoggedRequest

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

WELL = {"disk": {"used_percent": 40.0}}
BEFORE = {"webserver": "nginx"}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " an@agency.example"


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in (1, 2, 3, 4):
        fleet.new_host(f"shop-{number}.example", BEFORE).monitoring = WELL
    return fleet


class Job:
    """Runs a role's playbook, or another one, and hands on the numbers that are left of it."""

    def __init__(self, ansible: Controller, copies: Path) -> None:
        self.ansible = ansible
        self.copies = copies
        self.source = ansible.write(
            "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"}
        )

    def run(self, role: str, *arguments: str, book: str = "", **given: Any) -> Run:
        expected: dict[str, Any] = {name: given.pop(name, False) for name in ("fails", "warns")}
        variables = {f"{role}_{name}": value for name, value in given.items()}
        file = self.ansible.write("variables.yml", variables)
        return self.ansible.command(
            *("ansible-playbook", book or f"hosted_power.turbostack.{role}"),
            *("-i", str(self.source), "-i", str(self.ansible.localhost), "-e", f"@{file}"),
            *arguments,
            environment={"ANSIBLE_SHOW_CUSTOM_STATS": "true"},
            **expected,
        )

    def numbers(self, role: str, *arguments: str, **given: Any) -> dict[str, Any]:
        found: dict[str, Any] = stats(self.run(role, *arguments, **given))[f"turbostack_{role}"]
        return found


def stats(run: Run) -> dict[str, Any]:
    said = re.search(r"^\tRUN: (\{.*\})$", run.stdout, re.MULTILINE)
    assert said, f"no numbers are left\n{run}"
    numbers: dict[str, Any] = json.loads(said[1])
    return numbers


def fail_once(simulator: Simulator, host: int) -> None:
    """Let the next deployment of the host fail, and those after it succeed again."""
    simulator.deployments.fail_for(host)

    def heal(request: LoggedRequest) -> None:
        if request.method == "POST" and request.path.endswith(f"/hosts/{host}/deploy"):
            simulator.deployments.reasons.clear()

    simulator.on_answer = heal


def some(numbers: dict[str, Any]) -> dict[str, Any]:
    """Those that are not nothing."""
    return {name: number for name, number in numbers.items() if number}


@pytest.fixture
def job(ansible: Controller, tmp_path_factory: pytest.TempPathFactory) -> Job:
    return Job(ansible, tmp_path_factory.mktemp("copies"))


def test_rollout(job: Job, simulator: Simulator) -> None:
    given = {
        "config": {"redis_memory": "5gb"},
        "hosts": "!localhost",
        "journal": str(job.copies),
        "serial": 1,
        "deploy_poll_interval": 0.2,
    }
    planned = job.numbers("rollout", "--check", **given)
    assert some(planned) == {"planned": 4}
    fail_once(simulator, list(simulator.fleet.hosts)[1])
    failed = job.numbers("rollout", fails=True, **given)
    assert some(failed) == {"done": 1, "returned": 1, "not_begun": 2}
    assert set(failed) == set(planned)
    assert some(job.numbers("rollout", **given)) == {"done": 3, "unchanged": 1}
    assert some(job.numbers("rollout", **given)) == {"unchanged": 4}


def test_rollout_of_a_play_in_batches(job: Job, simulator: Simulator) -> None:
    """The numbers are those of the play, also where it ends before its last batch."""
    role = {"import_role": {"name": "hosted_power.turbostack.rollout"}}
    play = {
        "hosts": "!localhost",
        "gather_facts": False,
        "serial": [1, 2, 1],
        "max_fail_percentage": 0,
        "tasks": [role],
    }
    book = str(job.ansible.write("batches.yml", [play]))
    given = {
        "config": {"redis_memory": "5gb"},
        "journal": str(job.copies),
        "deploy_poll_interval": 0.2,
    }
    fail_once(simulator, list(simulator.fleet.hosts)[2])
    failed = job.numbers("rollout", book=book, fails=True, **given)
    assert some(failed) == {"done": 2, "returned": 1, "not_begun": 1}
    done = job.numbers("rollout", book=book, **given)
    assert some(done) == {"done": 2, "unchanged": 2}


def test_drift(job: Job) -> None:
    job.ansible.write("fleet/hosts/shop-1.example.yml", {"redis_memory": "5gb"})
    job.ansible.write("fleet/hosts/shop-2.example.yml", BEFORE)
    job.ansible.write("fleet/hosts/shop-3.example.yml", "- a list")
    job.ansible.write("fleet/hosts/mistyped.example.yml", BEFORE)
    given = {"directory": "fleet", "hosts": "!localhost"}
    assert job.numbers("drift", fails=True, **given) == {
        "in_line": 1,
        "drifted": 1,
        "error": 1,
        "no_file": 1,
        "unused_files": 1,
    }


def test_config_backup_and_restore(job: Job, simulator: Simulator) -> None:
    one, two, *_others = hosts = list(simulator.fleet.hosts.values())
    repository = job.ansible.folder / "work" / "saved"
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    author = "Fleet <fleet@example.com>"
    kept = job.numbers("config_backup", path="saved", commit_author=author)
    commit = subprocess.run(
        ["git", "-C", str(repository), "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert some(kept) == {"written": 4, "commit": commit.stdout.strip()}

    for host in hosts:
        host.document = {"webserver": "apache"}
    given = {"path": "saved", "backup_dir": str(job.copies), "deploy_poll_interval": 0.2}
    stored = job.numbers("config_restore", hosts=[one.name], **given)
    assert some(stored) == {"asked_for": 1, "changed": 1, "not_in_effect": 1}
    simulator.deployments.fail_for(int(two.id))
    deployed = job.numbers("config_restore", everything=True, deploy=True, fails=True, **given)
    assert some(deployed) == {"asked_for": 4, "changed": 3, "deployed": 2, "not_in_effect": 1}

    two.document = {"webserver": "apache"}
    simulator.fail(method="POST", path=f"/hosts/{two.id}$", with_=422)
    stopped = job.numbers("config_restore", everything=True, fails=True, **given)
    assert stopped["errors"] == 1


def test_ssh_access(job: Job) -> None:
    people = [{"name": "An", "keys": [KEY], "where": {"hosts": ["shop-1.example"]}}]
    numbers = job.numbers("ssh_access", people=people)
    assert some(numbers) == {"changed": 1, "deploy_required": 1}


def test_fleet_report(job: Job) -> None:
    numbers = job.numbers("fleet_report")
    assert numbers["hosts"] == 4


def test_adopt(job: Job) -> None:
    numbers = job.numbers("adopt", directory="fleet-files")
    assert numbers["hosts"] == 4
    assert numbers["written"] > 0


def test_certificates(job: Job, simulator: Simulator) -> None:
    for host, days in zip(simulator.fleet.hosts.values(), (300, 9, -2), strict=False):
        held = issued("shop.example", days=days)
        vhost = {"server_name": "shop.example", "cert_type": "custom"}
        vhost |= {"cert_fullchain": held.pem, "cert_pvk": held.key}
        host.document = {"system_users": [{"username": "prod", "vhosts": [vhost]}]}
    numbers = some(job.numbers("certificates", warns=True))
    assert numbers == {"vhosts": 3, "uncovered": 3, "expiring": 1, "expired": 1, "days_left": -3}
