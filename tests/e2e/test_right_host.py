# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An id that an inventory gave means the host of that name in that platform, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .conftest import CONNECTIONS
from .controller import Controller
from .test_inventory import source

PREFIX = "hosted_power.turbostack."
CHANGE = {"config": {"redis_memory": "7gb"}}


@pytest.fixture
def other() -> Iterator[Simulator]:
    """Another platform, in which the same ids are other hosts."""
    with Simulator(fleet=Fleet.generate(hosts=12, seed=2)) as started:
        yield started


def task(module: str, connection: dict[str, Any] | None = None, **keywords: Any) -> dict[str, Any]:
    arguments = {**(CHANGE if module == "turbostack_host" else {}), **(connection or {})}
    return {"name": "It", f"{PREFIX}{module}": arguments, **keywords}


class TestPlatform:
    @pytest.mark.parametrize(
        "module", ["turbostack_host", "turbostack_deploy", "turbostack_deploy_info"]
    )
    @pytest.mark.parametrize("target", [{}, {"id": "{{ turbostack_id }}"}])
    def test_an_id_goes_to_no_other(
        self, ansible: Controller, other: Simulator, module: str, target: dict[str, Any]
    ) -> None:
        name = str(min(ansible.simulator.fleet.hosts.values(), key=lambda host: host.id).name)
        connection = {"api_url": other.url, "api_token": other.token, **target}
        plays = ansible.tasks(task(module, connection), hosts="all")
        run = ansible.playbook(
            plays, "--limit", name, inventory=source(ansible), fails=True, warns=True
        )
        failed = str(run.task("It", name)["msg"])
        assert f"Host {name} (id " in failed
        assert f"was read from {ansible.simulator.url}, and this goes to {other.url}" in failed
        assert "api_url of the inventory" in failed
        assert not other.requests

    def test_nor_from_another_machine(self, ansible: Controller, other: Simulator) -> None:
        ansible._variables["ANSIBLE_CONNECTION_PLUGINS"] = str(CONNECTIONS)
        name = str(min(ansible.simulator.fleet.hosts.values(), key=lambda host: host.id).name)
        connection = {"api_url": other.url, "api_token": other.token}
        elsewhere = task(
            "turbostack_host",
            connection,
            delegate_to="bastion",
            vars={
                "ansible_connection": "bastion",
            },
        )
        run = ansible.playbook(
            ansible.tasks(elsewhere, hosts="all"),
            "--limit",
            name,
            inventory=source(ansible),
            fails=True,
            warns=True,
        )
        assert f"and this goes to {other.url}" in str(run.task("It", name)["msg"])
        assert not other.requests

    def test_nor_does_the_lookup(self, ansible: Controller, other: Simulator) -> None:
        name = str(min(ansible.simulator.fleet.hosts.values(), key=lambda host: host.id).name)
        lookup = (
            f"lookup('{PREFIX}credentials', kind='system', api_url='{other.url}', api_token=token)"
        )
        ask = {
            "name": "It",
            "ansible.builtin.debug": {"msg": "{{ " + lookup + " | length }}"},
            "vars": {"token": other.token},
        }
        run = ansible.playbook(
            ansible.tasks(ask, hosts="all"),
            "--limit",
            name,
            inventory=source(ansible),
            fails=True,
            warns=True,
        )
        assert f"and this goes to {other.url}" in str(run.task("It", name)["msg"])
        assert not other.requests

    def test_a_name_is_looked_up_in_the_platform_that_is_asked(
        self, ansible: Controller, other: Simulator
    ) -> None:
        here = min(ansible.simulator.fleet.hosts.values(), key=lambda host: host.id)
        there = max(other.fleet.hosts.values(), key=lambda host: host.id)
        there.name = here.name
        connection = {
            "name": "{{ turbostack_name }}",
            "api_url": other.url,
            "api_token": other.token,
        }
        plays = ansible.tasks(task("turbostack_host", connection), hosts="all")
        run = ansible.playbook(plays, "--limit", str(here.name), inventory=source(ansible))
        assert run.task("It", str(here.name))["id"] == there.id
        assert not any(request.method == "POST" for request in run.requests)


class TestName:
    """The inventory is older than the platform: its host was renamed, or its id is another's."""

    @pytest.fixture
    def old(self, ansible: Controller) -> tuple[Path, str]:
        """An inventory as AWX keeps it, and a host in it that has another name by now."""
        host = min(ansible.simulator.fleet.hosts.values(), key=lambda host: host.id)
        variables = {"turbostack_id": host.id, "turbostack_name": host.name}
        kept = {"all": {"hosts": {"web1": {**variables, "ansible_host": "192.0.2.1"}}}}
        host.name = "renamed.example"
        return ansible.write("kept.yml", kept), str(variables["turbostack_name"])

    @pytest.mark.parametrize("module", ["turbostack_host", "turbostack_deploy"])
    @pytest.mark.parametrize("check", [(), ("--check",)])
    def test_nothing_is_sent_to_it(
        self, ansible: Controller, old: tuple[Path, str], module: str, check: tuple[str, ...]
    ) -> None:
        inventory, name = old
        plays = ansible.tasks(task(module), hosts="all")
        run = ansible.playbook(plays, *check, inventory=inventory, fails=True)
        failed = str(run.task("It", "web1")["msg"])
        assert f"is called renamed.example in the platform, and {name} was expected" in failed
        assert "--flush-cache" in failed
        assert {request.method for request in run.requests} == {"GET"}

    def test_nor_from_another_machine(self, ansible: Controller, old: tuple[Path, str]) -> None:
        ansible._variables["ANSIBLE_CONNECTION_PLUGINS"] = str(CONNECTIONS)
        python = str(ansible._programs / "python")
        elsewhere = task(
            "turbostack_host",
            delegate_to="bastion",
            vars={"ansible_connection": "bastion", "ansible_python_interpreter": python},
        )
        connection = {"api_url": ansible.simulator.url, "api_token": ansible.simulator.token}
        elsewhere[f"{PREFIX}turbostack_host"].update(connection)
        run = ansible.playbook(ansible.tasks(elsewhere, hosts="all"), inventory=old[0], fails=True)
        assert "is called renamed.example" in str(run.task("It", "web1")["msg"])
        assert {request.method for request in run.requests} == {"GET"}

    def test_to_read_it_is_no_harm(self, ansible: Controller, old: tuple[Path, str]) -> None:
        plays = ansible.tasks(task("turbostack_host_info"), hosts="all")
        run = ansible.playbook(plays, inventory=old[0])
        assert run.task("It", "web1")["hosts"][0]["name"] == "renamed.example"

    def test_a_new_inventory_goes_on_under_the_new_name(
        self, ansible: Controller, old: tuple[Path, str]
    ) -> None:
        plays = ansible.tasks(task("turbostack_host"), hosts="all")
        run = ansible.playbook(
            plays, "--limit", "renamed.example", inventory=source(ansible), warns=True
        )
        assert run.task("It", "renamed.example").changed

    def test_what_a_host_is_called_in_the_inventory_makes_no_difference(
        self, ansible: Controller
    ) -> None:
        path = source(ansible, hostnames=["'h' ~ id"])
        number = min(ansible.simulator.fleet.hosts)
        run = ansible.playbook(
            ansible.tasks(task("turbostack_host"), hosts="all"),
            "--limit",
            f"h{number}",
            inventory=path,
        )
        assert run.task("It", f"h{number}").changed
