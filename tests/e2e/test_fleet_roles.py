# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles that are one job for a fleet, in all that a play can be: each works, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

PREFIX = "hosted_power.turbostack."
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " an@agency.example"


@dataclass(frozen=True)
class Role:
    """One of them.

    :ivar given: variables, of which something is to be done.
    :ivar task: the task that does it.
    :ivar file: what it writes; empty where it writes to the platform.
    :ivar hosts: of its play.
    """

    name: str
    task: str
    given: dict[str, Any]
    file: str = ""
    hosts: str = "localhost"


ROLES = {
    role.name: role
    for role in (
        Role(
            "drift",
            "Compare the hosts with what is wanted",
            {"drift_config": {"webserver": "nginx"}},
            "turbostack-drift.json",
            "all:!localhost",
        ),
        Role("fleet_report", "Read the fleet and write its page", {}, "fleet.html"),
        Role(
            "config_backup",
            "Write the configurations of all hosts and groups",
            {"config_backup_path": "saved", "config_backup_commit": False},
            "saved",
        ),
        Role(
            "config_restore",
            "Put the configurations of the backup in place",
            {"config_restore_path": "kept", "config_restore_everything": True},
        ),
        Role(
            "ssh_access",
            "Change what has to change",
            {
                "ssh_access_people": [
                    {"name": "An", "keys": [KEY], "where": {"hosts": ["shop.example"]}}
                ]
            },
        ),
    )
}
ON_LOCALHOST = [name for name, role in ROLES.items() if role.hosts == "localhost"]


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for name in ("shop.example", "other.example"):
        fleet.new_host(name, {"webserver": "nginx"})
    return fleet


@dataclass
class Job:
    """A role over a fleet, whose inventory has a C(localhost) without a connection, as AWX's have."""

    role: Role
    ansible: Controller
    simulator: Simulator
    work: Path = field(init=False)

    def __post_init__(self) -> None:
        self.work = self.ansible.folder / "work"
        self.ansible.write("fleet/turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
        self.ansible.write("fleet/local.yml", {"all": {"hosts": {"localhost": None}}})
        # What would be run as somebody else, or over SSH, fails.
        self.ansible._variables |= {
            "ANSIBLE_BECOME_EXE": "/nowhere/sudo",
            "ANSIBLE_SSH_EXECUTABLE": "/nowhere/ssh",
            "ANSIBLE_PYTHON_INTERPRETER": str(self.ansible._programs / "python"),
        }
        if self.role.name == "config_restore":
            saved = {"config_backup_path": "kept", "config_backup_commit": False}
            self.ansible.command(
                *("ansible-playbook", f"{PREFIX}config_backup", "-i", str(self.ansible.localhost)),
                *("-e", yaml.safe_dump(saved, default_flow_style=True, width=10_000).strip()),
            )
            for host in self.simulator.fleet.hosts.values():
                host.document = {"webserver": "apache"}

    def playbook(self, *arguments: str, **how: Any) -> Run:
        """The role's playbook."""
        given = self.ansible.write("given.yml", self.role.given)
        return self.ansible.command(
            *("ansible-playbook", f"{PREFIX}{self.role.name}", "-i", str(self.work / "fleet")),
            *("-e", f"@{given}", *arguments),
            **how,
        )

    def play(self, *arguments: str, hosts: str = "", times: int = 1, **how: Any) -> Run:
        """The role in a play of a user's own; keywords of the play are in C(keywords)."""
        keywords = {"vars": self.role.given, "tags": ["fleet"], **how.pop("keywords", {})}
        if self.role.hosts == "localhost":
            keywords.setdefault("connection", "local")
        import_role = {"ansible.builtin.import_role": {"name": f"{PREFIX}{self.role.name}"}}
        plays = self.ansible.tasks(
            *[import_role] * times, hosts=hosts or self.role.hosts, **keywords
        )
        return self.ansible.playbook(plays, *arguments, inventory=self.work / "fleet", **how)

    def is_done(self, run: Run) -> bool:
        """Whether the job was done, and what it is there for is there."""
        every = [one for one in run.results if one.task.endswith(f" : {self.role.task}")]
        if not every or any(one.status != "ok" for one in every):
            return False
        if self.role.file:
            return (self.work / self.role.file).exists()
        return bool(run.writes)


@pytest.fixture(params=list(ROLES))
def job(request: pytest.FixtureRequest, ansible: Controller, simulator: Simulator) -> Job:
    return Job(ROLES[request.param], ansible, simulator)


def as_somebody_else(job: Job) -> None:
    job.ansible.write("fleet/group_vars/all.yml", {"ansible_become": True})


def as_root_by_configuration(job: Job) -> None:
    job.ansible.write("ansible.cfg", "[privilege_escalation]\nbecome = true\n")


#: What surrounds a play without being its matter.
SURROUNDINGS: dict[str, Callable[[Job], None]] = {
    "nothing": lambda job: None,
    "ansible_become of all": as_somebody_else,
    "become in ansible.cfg": as_root_by_configuration,
}


@pytest.mark.parametrize("surroundings", list(SURROUNDINGS))
def test_its_playbook_runs_here_and_as_who_started_it(job: Job, surroundings: str) -> None:
    SURROUNDINGS[surroundings](job)
    arguments = ("-e", "drift_hosts=all:!localhost") if job.role.name == "drift" else ()
    assert job.is_done(job.playbook(*arguments))


@pytest.mark.parametrize(
    ("keywords", "arguments"),
    [
        ({"strategy": "free"}, ()),
        ({"strategy": "host_pinned"}, ()),
        ({"any_errors_fatal": True, "become": True}, ()),
        ({}, ("--tags", "fleet")),
        ({}, ("--skip-tags", "other")),
    ],
    ids=lambda one: " ".join(map(str, one)) or "-",
)
def test_in_a_play_of_ones_own(
    job: Job, keywords: dict[str, Any], arguments: tuple[str, ...]
) -> None:
    run = job.play(*arguments, keywords=keywords, warns="strategy" in keywords)
    assert job.is_done(run)


def test_check_mode_does_nothing(job: Job) -> None:
    before = {path for path in job.work.rglob("*") if path.suffix != ".yml"}
    run = job.play("--check")
    assert not run.writes
    assert {path for path in job.work.rglob("*") if path.suffix != ".yml"} == before


def test_a_second_use_starts_afresh(job: Job) -> None:
    first, second = (
        [one.status for one in job.play(times=2).results if one.task.endswith(job.role.task)]
        for _run in range(2)
    )
    assert first == second == ["ok", "ok"]


@pytest.mark.parametrize("name", ON_LOCALHOST)
def test_a_limit_is_no_silence(name: str, ansible: Controller, simulator: Simulator) -> None:
    job = Job(ROLES[name], ansible, simulator)
    before = {number: host.json for number, host in simulator.fleet.hosts.items()}
    refused = job.playbook("--limit", "shop.example", fails=True)
    assert "--limit" in refused.last.message
    assert not refused.requests or refused.requests[-1].path == "/api/v1/hosts"
    assert {number: host.json for number, host in simulator.fleet.hosts.items()} == before
    assert job.is_done(job.playbook("--limit", "localhost"))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("adopt", {"adopt_directory": "mine"}),
        ("certificates", {}),
        ("preflight", {}),
        ("validate", {"validate_directory": "wanted"}),
    ],
)
def test_nor_is_it_for_other_playbooks_on_localhost(
    name: str, given: dict[str, Any], ansible: Controller, simulator: Simulator
) -> None:
    job = Job(Role(name, "", given), ansible, simulator)
    refused = job.playbook("--limit", "shop.example", fails=True)
    assert "--limit shop.example would not limit" in refused.last.message
    assert not (job.work / "mine").exists()


@pytest.mark.parametrize(("hosts", "warns"), [("shpo.example", True), ("all:!all", False)])
def test_drift_of_no_host_is_no_silence(
    hosts: str, warns: bool, ansible: Controller, simulator: Simulator
) -> None:
    job = Job(ROLES["drift"], ansible, simulator)
    refused = job.playbook("-e", f"drift_hosts={hosts}", fails=True, warns=warns)
    assert "drift_hosts matches no host of the inventory" in refused.stdout + refused.stderr


def test_a_limit_of_drift_is_a_part_of_the_fleet(ansible: Controller, simulator: Simulator) -> None:
    job = Job(ROLES["drift"], ansible, simulator)
    run = job.playbook("--limit", "shop.example")
    compared = next(one for one in run.results if one.task.endswith(job.role.task))
    assert [host["name"] for host in compared["hosts"]] == ["shop.example"]
    assert job.playbook("--limit", "nobody.example", fails=True, warns=True).returncode
    apart = job.playbook(
        "--limit", "shop.example", "-e", "drift_hosts=all:!shop.example", fails=True
    )
    assert (
        "drift_hosts and --limit shop.example have no host in common" in apart.stdout + apart.stderr
    )
    job.playbook("--limit", "shop.example", "-e", "drift_hosts=shop.*")


def test_serial_is_named_as_the_cause(ansible: Controller, simulator: Simulator) -> None:
    job = Job(ROLES["drift"], ansible, simulator)
    refused = job.play(keywords={"serial": 1}, fails=True)
    assert "serial" in next(one for one in refused.results if one.status == "failed").message
    assert job.is_done(job.play(keywords={"serial": "100%"}))


def test_each_host_knows_the_others(ansible: Controller, simulator: Simulator) -> None:
    job = Job(ROLES["drift"], ansible, simulator)
    names = "{{ [ansible_play_hosts_all, ansible_play_hosts, ansible_play_batch] | map('sort') | map('join', ' ') }}"
    given = {"drift_config": {"os_extra_packages": names}, "drift_fail": False}
    run = job.play(keywords={"vars": given}, warns=True)
    compared = next(one for one in run.results if one.task.endswith(job.role.task))
    every = ["other.example shop.example"] * 3
    assert [one["changes"][0]["after"] for one in compared["hosts"]] == [every, every]


@pytest.mark.parametrize("name", ["config_backup", "config_restore", "ssh_access"])
def test_once_for_a_fleet_and_not_once_for_each_host(
    name: str, ansible: Controller, simulator: Simulator
) -> None:
    job = Job(ROLES[name], ansible, simulator)
    refused = job.play(hosts="all", fails=True)
    assert "localhost" in refused.last.message
    assert not refused.writes


def used(role: str, **given: Any) -> dict[str, Any]:
    return {"ansible.builtin.include_role": {"name": f"{PREFIX}{role}"}, "vars": given}


def test_a_stray_file_is_forgotten_by_the_next_use(
    ansible: Controller, simulator: Simulator
) -> None:
    job = Job(ROLES["drift"], ansible, simulator)
    ansible.write("desired/hosts/nobody.example.yml", {"webserver": "nginx"})
    first = used("drift", drift_directory=str(job.work / "desired"), drift_fail=False)
    plays = ansible.tasks(first, used("drift", **job.role.given), hosts=job.role.hosts)
    run = ansible.playbook(plays, inventory=job.work / "fleet", warns=True)
    found = [one["unused_files"] for one in run.results if one.task.endswith(job.role.task)]
    assert [len(files) for files in found] == [1, 0]


def test_a_report_is_none_of_the_first_use(ansible: Controller, simulator: Simulator) -> None:
    job = Job(ROLES["ssh_access"], ansible, simulator)
    wrong = [{"name": "An", "keys": ["no key"], "where": {"everywhere": True}}]
    seen = {"ansible.builtin.assert": {"that": ["ssh_access_report == {}"]}}
    plays = ansible.tasks(
        used("ssh_access", **job.role.given),
        {"block": [used("ssh_access", ssh_access_people=wrong)], "rescue": [seen]},
        connection="local",
    )
    ansible.playbook(plays, inventory=job.work / "fleet")
