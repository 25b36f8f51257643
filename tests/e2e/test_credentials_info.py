# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords: usable by the playbook that asked for them, and seen by nobody else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator
from simulator.credentials import accounts_of

from .controller import Controller

MODULE = "hosted_power.turbostack.turbostack_credentials_info"
INCLUDED = {"include_secrets": True}
CENSORED = "the output has been hidden"

#: A stand-in for ssh that runs the command here; what Ansible makes of its output is the real thing.
SSH = '#!/bin/sh\nfor command; do :; done\nexec /bin/sh -c "$command"\n'


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=4, seed=1)


@pytest.fixture
def hosts(ansible: Controller, simulator: Simulator, tmp_path: Path) -> Path:
    """The hosts of the platform as an inventory, and another machine to delegate to."""
    python = str(ansible._programs / "python")
    ssh = tmp_path / "ssh"
    ssh.write_text(SSH)
    ssh.chmod(0o755)
    local = {"ansible_connection": "local", "ansible_python_interpreter": python}
    remote = {
        "ansible_connection": "ssh",
        "ansible_ssh_executable": str(ssh),
        "ansible_pipelining": True,
        "ansible_python_interpreter": python,
    }
    fleet = {f"h{n}": {"turbostack_id": n, **local} for n in simulator.fleet.hosts}
    children = {"fleet": {"hosts": fleet}}
    everything = {"hosts": {"localhost": local, "bastion": remote}, "children": children}
    return ansible.write("hosts.yml", {"all": everything})


def password_of(simulator: Simulator, number: int) -> str:
    accounts = accounts_of(simulator.fleet.hosts[number], simulator.fleet.seed)
    return next(one.password for one in accounts if one.kind == "database")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(name: str, options: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {"name": name, MODULE: options, "register": "it", **keywords}


def usable(expression: str, password: str) -> dict[str, Any]:
    """A task that fails unless the registered variable holds the password itself."""
    same = f"{expression} | hash('sha256') == '{digest(password)}'"
    return {"name": "Use it", "ansible.builtin.assert": {"that": [same]}}


FIRST = "it.credentials[0].databases[0].password"


def test_usable_and_not_shown_at_any_verbosity(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    """Alone, in a loop, on another machine over ssh, and with retries; the guard reads all that is left."""
    first, second, *_others = sorted(simulator.fleet.hosts)
    password = password_of(simulator, first)
    one = {**INCLUDED, "id": first}
    plays = ansible.tasks(
        read("Masked", {"id": first}),
        {"name": "Print it", "ansible.builtin.debug": {"var": "it"}},
        read("Alone", one),
        usable(FIRST, password),
        read("Elsewhere", one, delegate_to="bastion"),
        usable(FIRST, password),
        read("Each", {**INCLUDED, "id": "{{ item }}"}, loop=[first, second]),
        usable(f"it.results[0].{FIRST[3:]}", password),
        usable(f"it.results[1].{FIRST[3:]}", password_of(simulator, second)),
        read(
            "Again",
            one,
            until="it.credentials | length > 1",
            retries=1,
            delay=0,
            ignore_errors=True,
        ),
        usable(FIRST, password),
        read("All", {**INCLUDED, "name_pattern": "*"}),
        usable(FIRST, password_of(simulator, _first_listed(simulator))),
        hosts="localhost",
    )
    run = ansible.playbook(plays, "-vvvv", inventory=hosts, warns=True)
    assert "********" in str(run.task("Masked")["credentials"][0]["databases"])
    for name in ("Alone", "Elsewhere", "Each", "Again", "All"):
        assert CENSORED in str(run.task(name).result), name
        assert "credentials" not in run.task(name).result


def _first_listed(simulator: Simulator) -> int:
    return int(next(iter(simulator.fleet.hosts)))


def test_failures_can_be_read_and_hold_no_password(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    first = min(simulator.fleet.hosts)
    simulator.fail("GET", f"/hosts/{first}/credentials", times=4, with_=Fault.forbidden())
    ignored = {"ignore_errors": True}
    plays = ansible.tasks(
        read("None", {**INCLUDED, "id": 99999}, **ignored),
        read("Elsewhere", {**INCLUDED, "id": 99999}, delegate_to="bastion", **ignored),
        read("Some", {**INCLUDED, "name_pattern": "*", "on_error": "fail"}, **ignored),
        read(
            "Some elsewhere",
            {**INCLUDED, "name_pattern": "*", "on_error": "fail"},
            delegate_to="bastion",
            **ignored,
        ),
        read(
            "Each",
            {**INCLUDED, "id": "{{ item }}"},
            loop=[max(simulator.fleet.hosts), 99999],
            **ignored,
        ),
        read("Refused", {**INCLUDED, "id": first, "colour": "red"}, **ignored),
        read("Reported", {"name_pattern": "*"}),
        read("Reported and used", {**INCLUDED, "name_pattern": "*"}),
        {
            "name": "Errors",
            "ansible.builtin.debug": {"msg": "{{ it.credentials | map(attribute='error') }}"},
        },
        hosts="localhost",
    )
    run = ansible.playbook(plays, "-vvvv", inventory=hosts, warns=True)
    for name in ("None", "Elsewhere"):
        assert "There is no host with id 99999" in run.task(name).message
    for name in ("Some", "Some elsewhere"):
        assert "1 of 4 could not be read: " in run.task(name).message
        entries = run.task(name)["credentials"]
        assert [entry["error"] is None for entry in entries].count(False) == 1
    here, elsewhere = (run.task(name)["credentials"] for name in ("Some", "Some elsewhere"))
    assert here == elsewhere
    assert [
        entry["error"] and entry["error"]["status"] for entry in run.task("Reported")["credentials"]
    ].count(403) == 1
    assert str(run.task("Errors").message).count("403") == 2
    assert "1 of 4 could not be read" in " ".join(run.warnings)


def test_background_jobs_are_refused(ansible: Controller, hosts: Path) -> None:
    plays = ansible.tasks(read("It", {**INCLUDED, "id": 1}, **{"async": 30, "poll": 1}))
    run = ansible.playbook(plays, inventory=hosts, fails=True)
    assert "cannot run with async" in run.last.message
    assert not run.requests


def test_in_a_play_over_hosts_the_current_one_is_meant(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    plays = ansible.tasks(
        read("Current", {}), read("Named", {"name_pattern": "*"}, run_once=True), hosts="fleet"
    )
    run = ansible.playbook(plays, "--check", inventory=hosts)
    for number in simulator.fleet.hosts:
        assert [one["id"] for one in run.task("Current", f"h{number}")["credentials"]] == [number]
    named = [result for result in run.results if result.task == "Named"]
    assert len(named[0]["credentials"]) == len(simulator.fleet.hosts)


def test_nothing_is_asked_of_all_by_accident(ansible: Controller) -> None:
    run = ansible.playbook(ansible.tasks(read("It", {})), fails=True)
    assert "one of the following is required: id, name, client_id" in run.last.message
    assert not run.requests
