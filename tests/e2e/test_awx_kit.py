# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit's repository, run as a job of AWX would: its templates' variables, and a survey's answers as texts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .awx_node import KIT, launch_variables
from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores


class Awx:
    """Launches of the kit's job templates."""

    def __init__(self, ansible: Controller, volume: Path) -> None:
        self._ansible = ansible
        self.project = ansible.folder / "work"
        self.volume = volume
        shutil.copytree(KIT / "project", self.project, dirs_exist_ok=True)

    def launch(
        self,
        playbook: str,
        *arguments: str,
        fails: bool = False,
        warns: bool = False,
        **answers: Any,
    ) -> Run:
        variables = {**launch_variables(playbook, self.volume), **answers}
        return self._ansible.command(
            "ansible-playbook",
            *("-i", "inventories/fleet.turbostack.yml", f"playbooks/{playbook}.yml"),
            *("-e", json.dumps(variables)),
            *arguments,
            environment={"ANSIBLE_SHOW_CUSTOM_STATS": "true"},
            fails=fails,
            warns=warns,
        )

    def branch(self, *, fails: bool = False) -> Run:
        """The workflow: compare, and branch by what the comparison hands on."""
        compared = self.launch("drift", drift_fail="error", warns=fails)
        said = re.search(r"^\tRUN: (\{.*\})$", compared.stdout, re.MULTILINE)
        assert said, compared
        return self.launch("in_line", fails=fails, **json.loads(said[1]))


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=3, seed=1)


@pytest.fixture
def awx(ansible: Controller, tmp_path_factory: pytest.TempPathFactory) -> Awx:
    # What is there may hold secrets, and is not among what must hold none.
    return Awx(ansible, tmp_path_factory.mktemp("node") / "volume")


def test_what_has_to_last_is_refused_without_a_volume(awx: Awx, simulator: Simulator) -> None:
    backup = awx.launch("config_backup", fails=True)
    assert f"There is no {awx.volume}." in backup.stdout
    for arguments in ([], ["--check"]):
        rollout = awx.launch("rollout", *arguments, fails=True).results[-1].message
        assert f"There is no folder {awx.volume}/rollout" in rollout
        assert "rollout_journal_create is false" in rollout
    assert {request.method for request in simulator.requests} == {"GET"}
    assert not awx.volume.exists()


def test_compare_roll_out_and_report(awx: Awx, simulator: Simulator) -> None:
    (awx.volume / "reports").mkdir(parents=True)
    (awx.volume / "rollout").mkdir()
    wanted = {"firewall_whitelist": ["198.51.100.24 # Office"]}
    (awx.project / "fleet" / "all.yml").write_text(json.dumps(wanted), encoding="utf-8")
    awx.launch("drift", fails=True)
    assert "Not in line: 3; " in awx.branch(fails=True).last.message
    awx.launch("rollout", "--check", "--diff")
    assert not simulator.deployments.started
    awx.launch("rollout", "--diff")
    assert set(simulator.deployments.started) == set(simulator.fleet.hosts)
    for host in simulator.fleet.hosts.values():
        assert wanted["firewall_whitelist"][0] in host.document["firewall_whitelist"]
    awx.launch("drift")
    awx.branch()
    awx.launch("fleet_report")
    assert (awx.volume / "reports" / "fleet.html").is_file()


def test_what_cannot_be_compared_ends_the_workflow(awx: Awx) -> None:
    (awx.project / "fleet" / "all.yml").write_text("- a list", encoding="utf-8")
    assert "could not be compared" in awx.launch("drift", drift_fail="error", fails=True).stdout
    assert "Nothing was compared." in awx.launch("in_line", fails=True).last.message


def test_back_up_and_restore(awx: Awx, simulator: Simulator) -> None:
    awx.volume.mkdir()
    awx.launch("config_backup")
    host = next(iter(simulator.fleet.hosts.values()))
    before = host.document
    host.document = {**before, "firewall_whitelist": ["203.0.113.9"]}
    awx.launch("config_restore", "--check", config_restore_hosts=str(host.name))
    assert host.document != before
    awx.launch("config_restore", config_restore_hosts=str(host.name))
    assert host.document == before
