# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is doubtful in a playbook is told with its file and line, where the ansible-core knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

HOST = "turbostack_host"
KNOWS_LINES = (2, 19)


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_host("shop.example", {"webserver": "nginx"})
    return fleet


def told(run: Run) -> str:
    return " ".join((run.stdout + run.stderr).split())


def where(core: tuple[int, ...], origin: str) -> str:
    return f"{origin}: " if core >= KNOWS_LINES else ""


def test_a_task_and_what_it_takes_from_variables(
    ansible: Controller, simulator: Simulator, core: tuple[int, ...]
) -> None:
    (host,) = simulator.fleet.hosts.values()
    ansible.write(
        "group_vars/all.yml", "server: ngnix\nusers:\n  - usrname: prod\n    username: a\n"
    )
    book = f"""\
- hosts: localhost
  gather_facts: false
  tasks:
    - name: Store
      hosted_power.turbostack.turbostack_host:
        id: {host.id}
        config:
          webserver: "{{{{ server }}}}"
          webservr: nginx
          system_users: "{{{{ users }}}}"
"""
    run = ansible.playbook(book, "--check", warns=True)
    expected = {
        "webserver": "playbook.yml:8",
        "webservr": "playbook.yml:9",
        "system_users[a].usrname": "group_vars/all.yml:3",
    }
    known = core >= KNOWS_LINES
    assert {one["path"]: one["source"] for one in run.last["findings"]} == {
        path: origin if known else None for path, origin in expected.items()
    }
    assert f"{where(core, 'playbook.yml:9')}webservr is no key that is known." in told(run)
    refused = ansible.playbook(
        book.replace("config:", "validate: strict\n        config:"), fails=True
    )
    assert f"- {where(core, 'playbook.yml:10')}webservr is no key" in " ".join(
        refused.last.message.split()
    )


@pytest.mark.outer_cores
@pytest.mark.parametrize("role", ["rollout", "drift"])
def test_the_configuration_of_a_role(
    ansible: Controller, tmp_path_factory: pytest.TempPathFactory, core: tuple[int, ...], role: str
) -> None:
    journal: Path = tmp_path_factory.mktemp("journal") / "made"
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    book = f"""\
- hosts: all
  gather_facts: false
  vars:
    memory: 5gb
  tasks:
    - ansible.builtin.import_role:
        name: hosted_power.turbostack.{role}
        rolespec_validate: false
      vars:
        {role}_config:
          webservr: nginx
          redis_memory: "{{{{ memory }}}}"
"""
    more: tuple[Any, ...] = ("-e", f"rollout_journal={journal}", "-e", "drift_fail=false")
    run = ansible.playbook(book, "--check", *more, inventory=source, warns=True)
    if role == "drift":
        assert f"{where(core, 'playbook.yml:11')}webservr is no key" in told(run)
        return
    known = core >= KNOWS_LINES
    assert ("[unknown-key] [playbook.yml:11]" in told(run)) is known
    assert ('redis_memory: added "5gb" [playbook.yml:12]' in told(run)) is known
    assert 'redis_memory: added "5gb"' in told(run)
