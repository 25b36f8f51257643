# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that leave hosts out: everything that reads a folder agrees on whom they speak of, and nobody sends the key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

NAMES = ("shop-1.example", "shop-2.example", "test-1.example", "test-2.example")
EXCEPT = ["shop-2.example", "test-*"]


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for name in NAMES:
        fleet.new_host(name, {"webserver": "nginx"})
    return fleet


class Folder:
    """A client's file that counts for one of four hosts."""

    def __init__(self, ansible: Controller, simulator: Simulator, journal: Path) -> None:
        self.ansible = ansible
        self.simulator = simulator
        self.journal = journal
        self.source = ansible.write(
            "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"}
        )
        (self.client,) = {host.client_id for host in simulator.fleet.hosts.values()}
        ansible.write("fleet/all.yml", {"webserver": "nginx"})
        self.leave_out(EXCEPT)

    def leave_out(self, hosts: Any) -> None:
        content = {"except": hosts, "redis_memory": "5gb"}
        self.ansible.write(f"fleet/clients/{self.client}.yml", content)

    def run(self, role: str, *arguments: str, **options: Any) -> Run:
        fails, warns = options.pop("fails", False), options.pop("warns", False)
        given = {f"{role}_directory": "fleet", **options}
        if role == "rollout":
            given["rollout_journal"] = str(self.journal)
        variables = self.ansible.write("variables.yml", given)
        return self.ansible.command(
            *("ansible-playbook", f"hosted_power.turbostack.{role}", "-i", str(self.source)),
            *("-e", f"@{variables}", *arguments),
            fails=fails,
            warns=warns,
        )

    def outcomes(self) -> dict[str, str]:
        path = self.ansible.folder / "work" / "turbostack-drift.json"
        report = json.loads(path.read_text(encoding="ascii"))
        return {host["name"]: host["outcome"] for host in report["hosts"]}


@pytest.fixture
def folder(
    ansible: Controller, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Folder:
    simulator.switches.deploy_history = "succeeded"
    return Folder(ansible, simulator, tmp_path_factory.mktemp("journal") / "made")


def told(run: Run) -> str:
    return " ".join((run.stdout + run.stderr).split())


@pytest.mark.outer_cores
def test_everything_that_reads_the_folder_agrees(folder: Folder) -> None:
    folder.run("validate")
    folder.run("drift", fails=True)
    assert [name for name, one in folder.outcomes().items() if one == "drifted"] == [NAMES[0]]
    run = folder.run("rollout")
    written = {host.name: host.document for host in folder.simulator.fleet.hosts.values()}
    assert written.pop(NAMES[0]) == {"webserver": "nginx", "redis_memory": "5gb"}
    assert list(written.values()) == [{"webserver": "nginx"}] * 3
    assert not any(b"except" in request.body for request in run.requests)
    folder.run("drift")
    assert set(folder.outcomes().values()) == {"in_line"}
    run = folder.run("explain", explain_path="*", explain_host="*-2.example")
    file = f"fleet/clients/{folder.client}.yml"
    for name in (NAMES[1], NAMES[3]):
        assert f"{name}: {file} does not count for it (except)." in run.stdout
    assert all(one["left_out"] == [file] for one in run.results if "left_out" in one.result)
    lookup = "{{ lookup('hosted_power.turbostack.desired_config', 'fleet') }}"
    looked = {"name": "Look", "ansible.builtin.debug": {"msg": lookup}}
    run = folder.ansible.playbook(
        folder.ansible.tasks(looked, hosts="all"), inventory=folder.source
    )
    assert [run.task("Look", name)["msg"] for name in NAMES[:2]] == [
        {"webserver": "nginx", "redis_memory": "5gb"},
        {"webserver": "nginx"},
    ]


@pytest.mark.outer_cores
def test_a_name_that_nobody_bears_is_told_by_all(folder: Folder) -> None:
    folder.leave_out([*EXCEPT, "shpo-3.example"])
    words = "except names shpo-3.example, which the inventory does not have."
    assert words in told(folder.run("validate", fails=True))
    for role, options in (("rollout", {}), ("drift", {}), ("explain", {"explain_path": "*"})):
        run = folder.run(role, fails=True, warns=True, **options)
        assert words in told(run)
        assert not run.writes
    # A part of the fleet does not know everybody.
    run = folder.run("rollout", "--check", rollout_unused_files="accept")
    assert 'redis_memory: added "5gb"' in told(run)


def test_what_is_no_list_of_hosts_is_told_with_its_line(folder: Folder) -> None:
    folder.ansible.write(
        f"fleet/clients/{folder.client}.yml", "redis_memory: 5gb\nexcept: {a: 1}\n"
    )
    folder.ansible.write("fleet/hosts/shop-1.example.yml", "except: [shop-1.example]\n")
    run = folder.run("validate", fails=True)
    assert f"fleet/clients/{folder.client}.yml:2: error: except is no list of hosts." in told(run)
    assert "fleet/hosts/shop-1.example.yml:1: error: It speaks of one host" in told(run)
