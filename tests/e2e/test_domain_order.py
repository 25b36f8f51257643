# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of a site's domains, and sites that share nothing but a name: as a task, a rollout and drift tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

SHOWN = 'system_users[prod].vhosts[shop].server_name keeps the order "a.example www.a.example"'
SAID = 'and the configuration says "www.a.example a.example".'


def site(domains: str) -> dict[str, Any]:
    vhost = {"app_name": "shop", "server_name": domains}
    return {"system_users": [{"username": "prod", "vhosts": [vhost]}]}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_host("shop.example", site("a.example www.a.example"))
    return fleet


class Everyone:
    """The ways to give a host a configuration, or to compare it with one."""

    def __init__(self, ansible: Controller, simulator: Simulator, journal: Path) -> None:
        self.ansible = ansible
        self.host = next(iter(simulator.fleet.hosts.values()))
        self.source = ansible.write(
            "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"}
        )
        self.journal = journal

    def task(self, domains: str, *arguments: str, fails: bool = False, **options: Any) -> Run:
        task = {
            "hosted_power.turbostack.turbostack_host": {
                "id": int(self.host.id),
                "config": site(domains),
                **options,
            }
        }
        return self.ansible.playbook(
            self.ansible.tasks(task), *arguments, fails=fails, warns=not fails
        )

    def role(
        self, role: str, domains: str, *arguments: str, fails: bool = False, **options: Any
    ) -> Run:
        self.ansible.write("fleet/hosts/shop.example.yml", site(domains))
        given = {f"{role}_directory": "fleet", **options}
        if role == "rollout":
            given["rollout_journal"] = str(self.journal)
        variables = self.ansible.write("variables.yml", given)
        return self.ansible.command(
            *("ansible-playbook", f"hosted_power.turbostack.{role}", "-i", str(self.source)),
            *("-e", f"@{variables}", *arguments),
            fails=fails,
            warns=True,
        )

    @property
    def domains(self) -> Any:
        return self.host.document["system_users"][0]["vhosts"][0]["server_name"]


@pytest.fixture
def everyone(
    ansible: Controller, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Everyone:
    return Everyone(ansible, simulator, tmp_path_factory.mktemp("journal") / "made")


def told(run: Run) -> str:
    # Older cores show messages as JSON.
    return " ".join((run.stdout + run.stderr).replace('\\"', '"').split())


def test_a_task_tells_another_order_and_sets_it_once(everyone: Everyone) -> None:
    for arguments in ((), ("--check", "--diff")):
        run = everyone.task("www.a.example a.example", *arguments)
        assert not run.last.changed
        (warning,) = (" ".join(one.split()) for one in run.warnings)
        assert f"host shop.example (id {everyone.host.id}): {SHOWN}, {SAID}" in warning
        assert "or set domain_order: configured" in warning
    run = everyone.task("www.a.example a.example", "--check", "--diff", domain_order="configured")
    assert "+        server_name: www.a.example a.example" in run.stdout
    assert everyone.domains == "a.example www.a.example"
    run = everyone.task("www.a.example a.example", domain_order="configured")
    assert (run.last.changed, run.warnings) == (True, [])
    assert everyone.domains == "www.a.example a.example"
    run = everyone.task("www.a.example a.example", domain_order="configured")
    assert (run.last.changed, run.warnings) == (False, [])


@pytest.mark.outer_cores
def test_a_rollout_and_drift_tell_it_and_agree(everyone: Everyone) -> None:
    wanted = "www.a.example a.example"
    for role in ("drift", "rollout"):
        run = everyone.role(role, wanted)
        assert f"{SHOWN}, {SAID}" in told(run)
        assert f"or set {role}_domain_order: configured" in told(run)
        assert not [
            one
            for one in run.requests
            if one.path == f"/api/v1/hosts/{everyone.host.id}" and one.method == "POST"
        ]
    drifted = everyone.role("drift", wanted, fails=True, drift_domain_order="configured")
    assert "shop.example (1 change)" in told(drifted)
    everyone.role("rollout", wanted, rollout_domain_order="configured")
    assert everyone.domains == wanted
    for role in ("drift", "rollout"):
        options: dict[str, Any] = {f"{role}_domain_order": "configured"}
        run = everyone.role(role, wanted, **options)
        assert not run.warnings
        assert "keeps the order" not in told(run)
        assert not run.writes


@pytest.mark.outer_cores
def test_a_site_of_the_same_name_is_not_overwritten_by_another(everyone: Everyone) -> None:
    words = (
        'system_users[prod].vhosts[shop] is stored and serves "a.example www.a.example"; the one of the configuration '
        'would serve "b.example". They share the app_name, and no domain.'
    )
    refused = everyone.task("b.example", fails=True)
    assert words in refused.last.message
    assert "or set allow_other_domains: true" in refused.last.message
    for role in ("drift", "rollout"):
        run = everyone.role(role, "b.example", fails=True)
        assert words in told(run)
        assert f"or set {role}_allow_other_domains: true" in told(run)
        assert not run.writes
    everyone.role("drift", "b.example", fails=True, drift_allow_other_domains=True)
    # Files of a folder speak of one host, in which the names mean one site.
    everyone.ansible.write("fleet/all.yml", site("c.example"))
    run = everyone.role(
        *("rollout", "b.example"),
        rollout_allow_other_domains=True,
        rollout_domain_order="configured",
        rollout_create=False,
    )
    assert everyone.domains == "c.example b.example a.example www.a.example"
    run = everyone.role("drift", "b.example", drift_domain_order="configured")
    assert not run.warnings
