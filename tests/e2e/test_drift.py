# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role drift: every host has an outcome, nothing is changed, and the reports are valid whatever they tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

DRIFT = "hosted_power.turbostack.drift"
REPORT = f"{DRIFT} : Compare the hosts with what is wanted"
JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"
HOSTILE = "a\x1b[31m\x00]]>&<b>\u202e{{ 7 * 7 }}"
ALL = {"webserver": "nginx", "os_extra_packages": [JINJA]}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_host("fine.example", {**ALL, "ftp_password": "TScanaryPASSWORDone"})
    fleet.new_host(
        "drifted.example", {**ALL, "webserver": HOSTILE, "ftp_password": "TScanaryPASSWORDtwo"}
    )
    fleet.new_host("broken.example", ALL)
    other = fleet.new_client("Other")
    fleet.new_host("nobody.example", {}, client_id=int(other.id))
    fleet.new_group("developers", {"timezone": "Europe/Brussels"})
    fleet.new_group("others", {"timezone": "UTC"})
    return fleet


class Drift:
    def __init__(self, ansible: Controller) -> None:
        self.ansible = ansible
        self.work = ansible.folder / "work"
        self.source = ansible.write(
            "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"}
        )

    def run(self, *arguments: str, fails: bool = False, warns: bool = False, **given: Any) -> Run:
        variables = self.ansible.write("variables.yml", given)
        return self.ansible.command(
            *("ansible-playbook", DRIFT, "-i", str(self.source), "-e", f"@{variables}", *arguments),
            fails=fails,
            warns=warns,
        )

    def json(self) -> Any:
        return json.loads((self.work / "turbostack-drift.json").read_text(encoding="ascii"))

    def junit(self) -> ElementTree.Element:
        return ElementTree.parse(self.work / "turbostack-drift.xml").getroot()


@pytest.fixture
def drift(ansible: Controller) -> Drift:
    return Drift(ansible)


def test_every_outcome(drift: Drift, simulator: Simulator) -> None:
    fine, drifted, *_others = simulator.fleet.hosts.values()
    documents = [host.json for host in simulator.fleet.hosts.values()]
    client = fine.client_id
    write = drift.ansible.write
    write(f"fleet/clients/{client}.yml", ALL)
    write(
        "fleet/hosts/drifted.example.yml",
        {"redis_memory": "5gb", "ftp_password": "TScanaryPASSWORDnew"},
    )
    write("fleet/hosts/broken.example.yml", "- a list")
    write("fleet/hosts/mistyped.example.yml", {"webserver": "nginx"})
    write("groups/developers.yml", {"timezone": "UTC"})
    write("groups/unknown.yml", {"timezone": "UTC"})
    given: dict[str, Any] = {"drift_directory": "fleet", "drift_groups_directory": "groups"}

    failed = drift.run("--check", fails=True, **given).task(REPORT)
    assert not (drift.work / "turbostack-drift.json").exists()
    assert "1 of 4 hosts drifted: drifted.example (3 changes)." in failed.message
    assert "1 of 4 hosts could not be compared: broken.example: " in failed.message
    assert "1 of 2 groups drifted: developers (1 change)." in failed.message
    assert "2 files that no host or group is meant by" in failed.message

    run = drift.run(warns=True, **given, drift_fail=False)
    assert not run.writes
    told = drift.json()
    assert told["counts"] == {"in_line": 1, "drifted": 2, "error": 1, "no_file": 2}
    assert {host["name"]: host["outcome"] for host in told["hosts"]} == {
        "fine.example": "in_line",
        "drifted.example": "drifted",
        "broken.example": "error",
        "nobody.example": "no_file",
    }
    by_name = {host["name"]: host for host in told["hosts"]}
    changes = {change["path"]: change for change in by_name["drifted.example"]["changes"]}
    assert changes["ftp_password"]["after"] == "******** (changed)"
    assert changes["redis_memory"]["source"] == "fleet/hosts/drifted.example.yml:1"
    (group,) = [one for one in told["groups"] if one["name"] == "developers"]
    assert group["changes"][0]["source"] == "groups/developers.yml:1"
    assert by_name["drifted.example"]["id"] == drifted.id
    assert "broken.example.yml" in by_name["broken.example"]["error"]
    assert [Path(path).name for path in told["unused_files"]] == [
        "mistyped.example.yml",
        "unknown.yml",
    ]

    root = drift.junit()
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "8", "failures": "4", "errors": "1", "skipped": "2"}
    case = root.find(".//testcase[@name='drifted.example']/failure")
    assert case is not None
    assert case.text is not None
    assert "[fleet/hosts/drifted.example.yml:1]" in case.text
    assert r"\u001b[31m\u0000]]>&<b>\u202e{{ 7 * 7 }}" in case.text
    assert [host.json for host in simulator.fleet.hosts.values()] == documents
    assert not list(drift.ansible.folder.rglob("executed"))


def test_what_the_platform_holds_counts_and_not_an_old_inventory(
    drift: Drift, simulator: Simulator
) -> None:
    """As in AWX, which keeps what the inventory said in a database."""
    old = {
        str(host.name): {"turbostack_id": host.id, "turbostack_config": {"webserver": "nginx"}}
        for host in simulator.fleet.hosts.values()
    }
    drift.source = drift.ansible.write("hosts.yml", {"all": {"hosts": old}})
    given: dict[str, Any] = {"drift_config": {"webserver": "nginx"}, "drift_fail": False}
    run = drift.run(warns=True, **given)
    outcomes = {host["name"]: host["outcome"] for host in drift.json()["hosts"]}
    assert outcomes["fine.example"] == "in_line"
    assert outcomes["drifted.example"] == "drifted"
    # One reading of the list tells of those that drifted as well.
    assert [request.path for request in run.requests] == ["/api/v1/hosts"]


def test_what_is_stored_and_not_deployed_is_not_in_line(drift: Drift, simulator: Simulator) -> None:
    simulator.switches.deploy_history = "succeeded"
    fine = next(iter(simulator.fleet.hosts.values()))
    given: dict[str, Any] = {"drift_config": {"webserver": "nginx"}, "drift_sync": "true"}
    given |= {"drift_state": "merged", "drift_fail": False}
    run = drift.run(warns=True, **given)
    assert {host["sync_status"] for host in drift.json()["hosts"]} == {"in_effect"}
    assert not run.writes

    fine.document = {**ALL, "redis_memory": "1gb"}
    failed = drift.run(**{**given, "drift_fail": True}, fails=True).task(REPORT)
    assert "1 of 4 hosts hold what is not in effect: fine.example: " in failed.message
    by_name = {host["name"]: host for host in drift.json()["hosts"]}
    assert by_name["fine.example"]["outcome"] == "in_line"
    assert by_name["fine.example"]["sync_status"] == "stored_not_deployed"
    assert drift.junit().find(".//testcase[@name='fine.example']/failure[@type='sync']") is not None
    unasked = drift.run(**{**given, "drift_sync": "", "drift_fail": False}, warns=True)
    assert not [request for request in unasked.requests if request.path.endswith("/deploy")]


def test_in_line_costs_a_page(drift: Drift, simulator: Simulator) -> None:
    drift.ansible.write("fleet/clients/11.yml", ALL)
    drift.ansible.write("fleet/hosts/drifted.example.yml", {"webserver": HOSTILE})
    run = drift.run(drift_directory="fleet")
    # The inventory, and the role.
    assert [request.path for request in run.requests] == ["/api/v1/hosts"] * 2
    assert (run.task(REPORT)["in_line"], drift.junit().get("tests")) == (True, "4")
    again = drift.run(drift_directory="fleet").task(REPORT)
    assert not again.changed

    # One configuration for all, and nothing beside it; a host that failed before is an error, not a gap.
    broken = next(one for one in simulator.fleet.hosts.values() if one.name == "broken.example")
    broken.document = {"webserver": "nginx"}
    fail = {"ansible.builtin.fail": {}, "when": "inventory_hostname == 'nobody.example'"}
    role = {"ansible.builtin.import_role": {"name": DRIFT}}
    given = {"drift_config": {"webserver": "nginx"}, "drift_state": "replaced"}
    plays = drift.ansible.tasks(fail, role, hosts="all", vars=given)
    ended = drift.ansible.playbook(plays, inventory=drift.source, fails=True).task(REPORT)
    assert {host["name"]: host["outcome"] for host in ended["hosts"]} == {
        "fine.example": "drifted",
        "drifted.example": "drifted",
        "broken.example": "in_line",
        "nobody.example": "error",
    }
    neither = drift.run(fails=True)
    assert "one of the two" in neither.stdout + neither.stderr


def test_what_is_doubtful_is_warned_of_or_an_error(drift: Drift) -> None:
    drift.ansible.write("fleet/hosts/fine.example.yml", {"webservr": "nginx"})
    given: dict[str, Any] = {"drift_directory": "fleet", "drift_fail": False}
    doubt = "fleet/hosts/fine.example.yml:1: webservr is no key that is known."
    warned = " ".join(drift.run(warns=True, **given).warnings)
    assert doubt in warned
    assert "drift_validate_except" in warned
    drift.run(warns=True, **given, drift_validate="strict")
    outcome = {host["name"]: host for host in drift.json()["hosts"]}["fine.example"]
    assert outcome["outcome"] == "error"
    assert doubt in outcome["error"]
    for silent in ({"drift_validate": "off"}, {"drift_validate_except": ["webservr"]}):
        assert doubt not in " ".join(drift.run(warns=True, **given, **silent).warnings)
