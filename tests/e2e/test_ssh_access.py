# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role ssh_access: people join, rotate their keys and leave, over hosts and groups as they are."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator
from simulator.markers import private_key

from .controller import Controller
from .results import Run, TaskResult

pytestmark = pytest.mark.outer_cores

PLAYBOOK = "hosted_power.turbostack.ssh_access"
ROLE = "hosted_power.turbostack.ssh_access"


def key(letter: str, comment: str = "") -> str:
    """A sound public key, another one for each letter."""
    comment = comment or f"{letter.lower()}@agency.example"
    return f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{letter * 43} {comment}"


#: What nobody but the platform may render; somebody's executes where it does.
JINJA = "php{{ php_main_version }}-{{ lookup('pipe', 'touch rendered') }}"
#: A line that only looks harmless to who masks secrets, and that has to come back as it was.
ROBOT = 'command="rsync {{ path }}",environment="API_TOKEN=TScanaryTOKEN0" ' + key("R", "robot")


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    one, other = (int(fleet.new_client(name).id) for name in ("One", "Other"))
    fleet.new_group("developers", {"ssh_keys": [key("A"), key("L")]}, one)
    fleet.new_group("partners", {"ssh_keys": [key("L"), key("A")], "timezone": "UTC"}, spans=[one])
    secret = private_key(random.Random(1), 4)
    fleet.new_host(
        "shop-1.example",
        {
            "ssh_keys": [ROBOT, key("A"), key("L"), "{{ office_keys }}"],
            "os_extra_packages": [JINJA],
            "system_users": [
                {
                    "username": "prod",
                    "ssh_keys": [key("L"), key("X")],
                    "vhosts": [
                        {"server_name": "a.example", "php_version": 8.10, "cert_pvk": secret}
                    ],
                }
            ],
        },
        one,
    )
    fleet.new_host("shop-2.example", {"ssh_keys": [key("X")], "mysql_version": 8.0}, one)
    fleet.new_host("empty.example", None, other)
    fleet.new_host("other.example", {"ssh_keys": [key("A"), key("X")]}, other)
    return fleet


def person(name: str, *keys: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "keys": list(keys), **more}


AN = person("An", key("A"), where={"clients": [11], "groups": ["developers"]})


def run(ansible: Controller, people: list[Any], *arguments: str, **more: Any) -> Run:
    variables = {"ssh_access_people": people, **more.pop("variables", {})}
    file = ansible.write("people.yml", variables)
    inventory = str(ansible.localhost)
    return ansible.command(
        "ansible-playbook", PLAYBOOK, "-i", inventory, "-e", f"@{file}", *arguments, **more
    )


def documents(simulator: Simulator) -> dict[str, Any]:
    """What is stored, by the names of hosts and groups; texts, so that every digit counts."""
    fleet = simulator.fleet
    hosts = {str(one.name): one.json for one in fleet.hosts.values()}
    return {**hosts, **{str(one.name): one.json for one in fleet.groups.values()}}


def keys(simulator: Simulator, name: str) -> list[str]:
    stored = json.loads(documents(simulator)[name] or "{}")
    found: list[str] = stored.get("ssh_keys", [])
    return found


def done(run: Run) -> TaskResult:
    return run.task(f"{ROLE} : Change what has to change")


def reported(run: Run) -> dict[str, Any]:
    facts: dict[str, Any] = run.task(f"{ROLE} : Keep the report")["ansible_facts"]
    report: dict[str, Any] = facts["ssh_access_report"]
    return report


def places(run: Run, name: str, what: str) -> list[tuple[str, str]]:
    return [(one["name"], one["path"]) for one in reported(run)["people"][name][what]]


def test_somebody_joins(ansible: Controller, simulator: Simulator) -> None:
    """Only what is missing is added, check mode tells the same, and a second run has nothing to do."""
    before = documents(simulator)
    people = [AN, person("Bo", key("B"), where={"hosts": [103], "groups": ["partners"]})]

    checked = run(ansible, people, "--check", "--diff")
    assert documents(simulator) == before
    joined = run(ansible, people, "-vvv", "--diff")
    assert not (ansible.folder / "work" / "rendered").exists()
    assert reported(checked) == {
        **reported(joined),
        "check_mode": True,
        "summary": reported(checked)["summary"],
    }
    assert places(joined, "An", "added") == [("shop-2.example", "ssh_keys")]
    assert places(joined, "An", "kept") == [
        ("developers", "ssh_keys"),
        ("shop-1.example", "ssh_keys"),
    ]
    assert places(joined, "An", "elsewhere") == [
        ("partners", "ssh_keys"),
        ("other.example", "ssh_keys"),
    ]
    assert {place[0] for place in places(joined, "Bo", "added")} == {"partners", "empty.example"}
    assert [one["name"] for one in reported(joined)["deploy_required"]] == [
        "shop-2.example",
        "empty.example",
    ]
    assert [one["name"] for one in reported(joined)["groups"]] == ["partners"]
    assert keys(simulator, "shop-2.example") == [key("X"), key("A")]
    assert keys(simulator, "empty.example") == [key("B")]
    unchanged = ("shop-1.example", "other.example", "developers")
    assert all(documents(simulator)[name] == before[name] for name in unchanged)
    # Two lists, and for each of three changes two looks, one write, and one look afterwards.
    assert len(joined.requests) == 2 + 3 * 4

    again = run(ansible, people, "--diff")
    assert (len(again.requests), again.writes) == (2, [])
    assert places(again, "Bo", "added") == []
    assert "changed=0" in again.stdout


def test_keys_are_rotated_where_they_are(ansible: Controller, simulator: Simulator) -> None:
    """One change of each document; options go on to the new key, and what else is stored stays as it is."""
    an = {**AN, "keys": [key("N")], "old_keys": [key("A")]}
    robot = person(
        "Robot", key("S", "robot"), old_keys=[key("R")], where={"hosts": ["shop-1.example"]}
    )
    variables = {"ssh_access_deploy": True, "ssh_access_report_file": "report.json"}
    shop = documents(simulator)["shop-1.example"]

    rotated = run(ansible, [an, robot], "-vvv", "--diff", variables=variables)
    written = [request.path for request in rotated.writes if "deploy" not in request.path]
    assert sorted(written) == sorted(set(written))
    new = ROBOT.replace("R" * 43, "S" * 43)
    assert keys(simulator, "shop-1.example") == [new, key("N"), key("L"), "{{ office_keys }}"]
    assert documents(simulator)["shop-1.example"] == shop.replace("R" * 43, "S" * 43).replace(
        key("A"), key("N")
    )
    assert keys(simulator, "developers") == [key("N"), key("L")]
    assert keys(simulator, "partners") == [key("L"), key("N")]
    assert keys(simulator, "other.example") == [key("N"), key("X")]
    deployed = {simulator.fleet.hosts[number].name for number in simulator.deployments.started}
    assert deployed == {"shop-1.example", "shop-2.example", "other.example"}
    report = json.loads((ansible.folder / "work" / "report.json").read_text())
    assert report == reported(rotated)
    assert (report["deploy_required"], report["failed"]) == ([], False)
    assert [place["note"] for place in report["people"]["Robot"]["added"]]
    assert not (ansible.folder / "work" / "rendered").exists()

    run(ansible, [an, robot], variables=variables)
    again = run(ansible, [an, robot], variables=variables)
    assert "changed=0" in again.stdout
    assert not again.writes


def test_a_leaver_is_gone_everywhere(ansible: Controller, simulator: Simulator) -> None:
    """In every list of every host and group on every page; what is refused is told, and done the next time."""
    simulator.switches.size_cap = 2
    leaver = person("Lou", key("L"), state="absent")
    before = documents(simulator)
    simulator.fail("POST", "/hosts/101$", with_=Fault.forbidden())

    left = run(ansible, [leaver], "--diff", fails=True)
    assert documents(simulator)["shop-1.example"] == before["shop-1.example"]
    assert {place[0] for place in places(left, "Lou", "removed")} == {"developers", "partners"}
    still = [("shop-1.example", "ssh_keys"), ("shop-1.example", "system_users[prod].ssh_keys")]
    assert places(left, "Lou", "remaining") == still
    assert all(
        f"Lou has left, and still has a key in {place[1]} of host" in left.stdout for place in still
    )
    assert "403" in done(left).message
    assert "L" * 43 not in json.dumps([keys(simulator, "developers"), keys(simulator, "partners")])

    left = run(ansible, [leaver], "--diff")
    assert places(left, "Lou", "removed") == still
    assert not any("L" * 43 in str(text) for text in documents(simulator).values())
    assert "8.1" in str(documents(simulator)["shop-1.example"])
    assert JINJA in json.loads(str(documents(simulator)["shop-1.example"]))["os_extra_packages"]


PRIVATE = private_key(random.Random(2), 4)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            [
                person("Cut", key("X")[:-20], state="absent"),
                person("Pasted", PRIVATE, where={"everywhere": True}),
                {
                    "name": "Odd",
                    "keys": [{"key": PRIVATE}, PRIVATE.split("\n")[1]],
                    "state": "absent",
                },
                AN,
                person("Bo", key("A"), state="absent"),
            ],
            [
                "Key 1 of Cut is damaged",
                "Key 1 of Pasted is a private key",
                "Key 1 of Odd is not a text",
                "Key 2 of Odd is not a public key",
                "for An as well as for Bo",
            ],
        ),
        (
            [
                {**AN, "where": {"clients": [99], "hosts": ["nowhere"]}},
                person("X", key("X"), state="absent"),
            ],
            [
                "sees no host nowhere",
                "names the client 99",
                "host shop-2.example (id 102): ssh_keys would lose the last key",
            ],
        ),
        ([{"name": "Map", "keys": {"private": PRIVATE}, "state": "absent"}], ["list"]),
    ],
    ids=["people", "plan", "types"],
)
def test_nothing_is_written_where_a_rule_is_broken(
    people: list[Any], said: list[str], ansible: Controller, simulator: Simulator
) -> None:
    """All that is wrong is told at once, and no key that is wrong is ever shown."""
    before = documents(simulator)
    refused = run(ansible, people, "-vvvv", fails=True)
    assert [text for text in said if text not in refused.stdout] == []
    assert not refused.writes
    assert documents(simulator) == before


def test_the_last_key_goes_if_that_is_meant(ansible: Controller, simulator: Simulator) -> None:
    """And a change that somebody makes between the plan and the write is kept."""
    leaver = person("X", key("X"), state="absent")
    edited: list[Any] = []

    def edit(request: Any) -> None:
        if request.method == "GET" and request.path.endswith("/hosts/102") and not edited:
            edited.append(simulator.fleet.hosts[102])
            edited[0].document = {**edited[0].document, "ssh_keys": [key("X"), key("Q")]}

    simulator.on_request = edit
    ran = run(ansible, [leaver], variables={"ssh_access_allow_last_key": True}, fails=True)
    assert places(ran, "X", "remaining") == [("shop-2.example", "ssh_keys")]
    assert "system_users[prod].ssh_keys" in str(places(ran, "X", "removed"))
    assert keys(simulator, "shop-2.example") == [key("X"), key("Q")]
    simulator.deployments.fail_for(102, "the disk is full")
    variables = {"ssh_access_deploy": True, "ssh_access_backup": True}
    ran = run(ansible, [leaver], variables=variables, fails=True)
    assert keys(simulator, "shop-2.example") == [key("Q")]
    assert [one["name"] for one in reported(ran)["deploy_required"]] == ["shop-2.example"]
    assert "host shop-2.example was changed, and its deployment failed" in done(ran).message
    assert len(list((ansible.folder / "work" / "backup").iterdir())) == 1


def test_the_role_runs_once_for_a_fleet(ansible: Controller, simulator: Simulator) -> None:
    hosts = ansible.write("two.yml", {"all": {"hosts": {"a": {}, "b": {}}}})
    play = {
        "hosts": "all",
        "gather_facts": False,
        "vars": {"ssh_access_people": [AN]},
        "roles": [ROLE],
    }
    ran = ansible.playbook([play], inventory=hosts, fails=True)
    assert "in a play over one host" in ran.last.message
    assert not ran.requests


def test_a_key_is_gone_once_that_is_deployed(ansible: Controller, simulator: Simulator) -> None:
    """What a run before has stored and not deployed is found, told, and deployed; all hosts side by side."""
    simulator.switches.deploy_history = "succeeded"
    leaver = person("Lou", key("L"), state="absent")
    nobody = person("Zoe", key("Z"), state="absent")
    run(ansible, [nobody], variables={"ssh_access_prove": True})
    stored = run(ansible, [leaver])
    assert [one["name"] for one in reported(stored)["deploy_required"]] == ["shop-1.example"]

    unproven = run(ansible, [leaver], variables={"ssh_access_prove": True}, fails=True)
    assert not unproven.writes
    told = {one["name"]: one["reason"] for one in reported(unproven)["not_in_effect"]}
    assert "was changed after its latest deployment" in told["shop-1.example"]
    assert "not proven" in done(unproven).message
    assert "host shop-1.example" in done(unproven).message
    assert "Lou (left): stored without a key anywhere" in unproven.stdout

    deployed = run(ansible, [leaver], variables={"ssh_access_deploy": True})
    names = [one["name"] for one in reported(deployed)["deployed"]]
    assert "shop-1.example" in names
    assert [request.path for request in deployed.writes if "deploy" not in request.path] == []
    proven = {"ssh_access_deploy": True, "ssh_access_prove": True}
    run(ansible, [leaver], variables=proven)

    simulator.deployments.fail_for(101, "the disk is full")
    simulator.fleet.hosts[101].document = {"ssh_keys": [key("X"), key("L")]}
    failed = run(ansible, [leaver], variables=proven, fails=True)
    assert "the disk is full" in done(failed).message
    assert "not proven" in done(failed).message
