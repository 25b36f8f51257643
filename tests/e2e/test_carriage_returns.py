# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkout as git makes it on Windows: the collection, and all files of the user's, with CRLF at the end of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import Fleet, Simulator
from workshop import build_tree
from workshop.places import ROOT

from .controller import Controller

pytestmark = pytest.mark.outer_cores

TEXTS = (".cfg", ".css", ".html", ".j2", ".js", ".json", ".md", ".py", ".txt", ".yaml", ".yml")
PARTS = {"extensions", "galaxy.yml", "meta", "playbooks", "plugins", "roles"}


@pytest.fixture
def fleet() -> Fleet:
    """Two hosts without secrets, which a rollout would keep in its journal."""
    fleet = Fleet()
    client = fleet.new_client("Bakery")
    for number in (1, 2):
        fleet.new_host(f"web{number}.example.com", {"redis_memory": "2gb"}, int(client.id))
    return fleet


@pytest.fixture
def ansible(
    programs: Path, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Controller:
    """A controller whose collection has such lines."""
    collections = tmp_path_factory.mktemp("collections")
    for source in build_tree.sources():
        if source.parts[0] in PARTS:
            content = (ROOT / source).read_bytes()
            if source.suffix in TEXTS:
                content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            target = collections / build_tree.COLLECTION / source
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return Controller(programs, collections, tmp_path_factory.mktemp("controller"), simulator)


def write(ansible: Controller, name: str, *lines: str) -> Path:
    path = ansible.write(name, "")
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode())
    return path


def test_everything_works_as_with_other_lines(ansible: Controller, simulator: Simulator) -> None:
    source = write(ansible, "fleet.turbostack.yml", "plugin: hosted_power.turbostack.turbostack")
    token = write(ansible, "token", simulator.token)
    environment = {"TURBOSTACK_API_TOKEN": None, "TURBOSTACK_API_TOKEN_FILE": str(token)}
    write(ansible, "fleet/all.yml", "---", "firewall_whitelist:", '  - "198.51.100.24 # Office"')
    book = write(
        ansible,
        "book.yml",
        "- hosts: all",
        "  gather_facts: false",
        "  tasks:",
        "    - hosted_power.turbostack.turbostack_host:",
        "        config:",
        "          webserver: nginx",
        "    - hosted_power.turbostack.turbostack_deploy:",
        "        poll_interval: 0.2",
    )
    for changed in (True, False):
        run = ansible.command(
            "ansible-playbook", f"--inventory={source}", str(book), environment=environment
        )
        assert any(one.changed for one in run.results) == changed
        assert bool(run.writes) == changed
    for name, variables in (
        (
            "rollout",
            ("rollout_directory=fleet/", "rollout_serial=100%", "rollout_deploy_poll_interval=0.2"),
        ),
        ("drift", ("drift_directory=fleet/",)),
        ("fleet_report", ("fleet_report_dest=report.html",)),
    ):
        ansible.command(
            "ansible-playbook",
            f"--inventory={source}",
            f"hosted_power.turbostack.{name}",
            *(f"--extra-vars={variable}" for variable in variables),
            environment=environment,
        )
    for one in simulator.fleet.hosts.values():
        assert one.document["webserver"] == "nginx"
        assert "198.51.100.24 # Office" in one.document["firewall_whitelist"]
        assert "\r" not in str(one.document)
