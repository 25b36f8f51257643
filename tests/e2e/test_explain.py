# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role explain, as its README shows it."""

from __future__ import annotations

import re
import shlex

import pytest

from simulator import Fleet
from workshop.places import ROOT

from .controller import Controller
from .results import Run

PAGE = (ROOT / "roles" / "explain" / "README.md").read_text(encoding="utf-8")
HOST = "shop-1.example.com"


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in (1, 2):
        fleet.new_host(f"shop-{number}.example.com", {"redis_memory": "2gb", "licence": "own"})
    return fleet


def prepare(ansible: Controller) -> None:
    ansible.write("fleet.turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    for text in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        ansible.write(text.split("\n", 1)[0].removeprefix("# "), text)


def explain(
    ansible: Controller,
    *arguments: str,
    fails: bool = False,
    warns: bool = False,
    host: str = HOST,
) -> Run:
    return ansible.command(
        *("ansible-playbook", "hosted_power.turbostack.explain", "-i", "fleet.turbostack.yml"),
        *("-e", f"explain_host={host}", "-e", "explain_directory=fleet/", *arguments),
        fails=fails,
        warns=warns,
    )


def test_what_the_readme_shows_is_what_is_shown(ansible: Controller) -> None:
    prepare(ansible)
    (shown,) = re.findall(r"^```console\n\$ (.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    command, *lines = shown.splitlines()
    run = ansible.command(*shlex.split(command))
    assert [
        line for line in run.stdout.splitlines() if line.startswith("shop-1.example.com: ")
    ] == lines


def test_a_host_that_is_mistyped(ansible: Controller) -> None:
    prepare(ansible)
    slip = "shpo-1.example.com"
    run = explain(ansible, "-e", "explain_path=*", host=slip, fails=True, warns=True)
    assert "explain_host matches no host of the inventory" in run.stdout + run.stderr
    assert explain(ansible, "-e", "explain_path=*", host="").last["explained"]
    other = ("--limit", "shop-2.example.com", "-e", "explain_path=*")
    run = explain(ansible, *other, fails=True)
    assert "explain_host and --limit shop-2.example.com have no host" in run.stdout + run.stderr


def test_several_hosts_and_places(ansible: Controller) -> None:
    prepare(ansible)
    run = explain(ansible, "-e", "explain_path=*", host="all")
    results = [one for one in run.results if "explained" in one.result]
    found = {
        one.host: [(said["path"], len(said["said"]), said["held"]) for said in one["explained"]]
        for one in results
    }
    assert found == {
        HOST: [("redis_memory", 2, "other"), ("licence", 0, "other")],
        "shop-2.example.com": [("redis_memory", 1, "same"), ("licence", 0, "other")],
    }
    assert len([one for one in run.requests if re.fullmatch(r"/api/v1/hosts/\d+", one.path)]) == 2
    assert not run.writes


def test_without_the_platform_no_token_is_needed(ansible: Controller) -> None:
    prepare(ansible)
    source = ansible.write("hosts.yml", {"shops": {"hosts": {HOST: None}}})
    ansible.write("fleet/groups/shops.yml", "webserver: nginx\nredis_memory: 3gb\n")
    run = ansible.command(
        *("ansible-playbook", "hosted_power.turbostack.explain", "-i", str(source)),
        *("-e", f"explain_host={HOST}", "-e", "explain_directory=fleet/"),
        *("-e", "explain_path=redis_memory", "-e", "explain_platform=false"),
        environment={"TURBOSTACK_API_TOKEN": None},
    )
    said = run.last["explained"][0]
    assert [one["source"] for one in said["said"]] == [
        f"fleet/hosts/{HOST}.yml:2",
        "fleet/groups/shops.yml:2",
        "fleet/all.yml:2",
    ]
    assert said["held"] == "unknown"
    assert not run.requests


def test_secrets_are_masked(ansible: Controller) -> None:
    prepare(ansible)
    ansible.write("fleet/all.yml", "ftp_password: TScanaryPASSWORDone\n")
    run = explain(ansible, "-e", "explain_path=ftp_password")
    assert run.last["explained"][0]["wanted"] == '"********"'


@pytest.mark.parametrize(
    ("path", "said"), [("nothing", "No file says anything of"), ("a[", "is not a path")]
)
def test_what_makes_no_sense_is_refused(ansible: Controller, path: str, said: str) -> None:
    prepare(ansible)
    assert said in explain(ansible, "-e", f"explain_path={path}", fails=True).last.message
