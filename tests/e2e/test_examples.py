# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worked examples of docs/examples, from the very files that the documentation shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator
from workshop.places import ROOT

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

EXAMPLES = ROOT / "docs" / "examples"
INVENTORY = ROOT / "docs" / "quickstart" / "fleet.turbostack.yml"

#: As in ordinary configurations; the platform's own business.
PACKAGE = "php{{ php_main_version }}-amqp"


def vhost(name: str, application: str, php: Any) -> dict[str, Any]:
    names = f"{name}.example www.{name}.example"
    return {"server_name": names, "app_type": application, "php_version": php}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in range(1, 4):
        fleet.new_host(
            f"shop-{number}.example.com",
            {
                "os_extra_packages": [PACKAGE],
                "mysql_version": 8.0,
                "system_users": [
                    {
                        "username": "prod",
                        "vhosts": [
                            vhost(f"shop{number}", "shopware", 8.2 if number % 2 else "8.2"),
                            {"app_name": "b2b", **vhost(f"b2b{number}", "shopware", 8.4)},
                            vhost(f"blog{number}", "wordpress", "8.2"),
                        ],
                    }
                ],
            },
        )
    fleet.new_host("other.example", {"webserver": "nginx"})
    return fleet


def play(
    ansible: Controller, example: str, variables: dict[str, Any], *arguments: str, **more: Any
) -> Run:
    """Run the example's own file over the quickstart's inventory."""
    return ansible.command(
        "ansible-playbook", "-i", str(INVENTORY), str(EXAMPLES / example), "-e", json.dumps(variables), *arguments,
        **more,
    )  # fmt: skip


def versions(simulator: Simulator) -> list[list[Any]]:
    hosts = [host for host in simulator.fleet.hosts.values() if host.name != "other.example"]
    return [
        [one["php_version"] for one in host.document["system_users"][0]["vhosts"]] for host in hosts
    ]


def quick(simulator: Simulator, folder: Path) -> dict[str, Any]:
    """The pages to ask for, as the domains lead nowhere; and no long waits."""
    return {
        "rollout_http_urls": [f"{simulator.url}/login"],
        "rollout_http_retries": 1,
        "rollout_http_delay": 0,
        "rollout_health_retries": 1,
        "rollout_health_delay": 0,
        "rollout_health_limits": {},
        "rollout_deploy_poll_interval": 0.5,
        "rollout_journal": str(folder / "work" / "journal"),
    }


def test_a_php_upgrade_goes_through_the_fleet(ansible: Controller, simulator: Simulator) -> None:
    variables = quick(simulator, ansible.folder)
    old = versions(simulator)
    play(ansible, "php_upgrade.yml", variables, "--check")
    assert versions(simulator) == old

    # The third host cannot be deployed: it goes back, and no further batch begins.
    third = sorted(simulator.fleet.hosts)[2]
    simulator.deployments.fail_for(third, "PHP 8.3 is not there")

    def mend(request: Any) -> None:
        if request.method == "POST" and request.path.endswith(f"/hosts/{third}/deploy"):
            simulator.deployments.reasons.clear()

    simulator.on_answer = mend
    play(ansible, "php_upgrade.yml", variables, fails=True, warns=True)
    stopped = versions(simulator)
    assert stopped[0] == ["8.3", 8.4, "8.2"]
    assert stopped[2] == old[2]

    before = simulator.fleet.host_named("other.example").json
    play(ansible, "php_upgrade.yml", variables)
    assert versions(simulator) == [["8.3", 8.4, "8.2"]] * 3
    assert all(
        PACKAGE in str(host.json)
        for host in simulator.fleet.hosts.values()
        if "shop" in str(host.name)
    )
    assert simulator.fleet.host_named("other.example").json == before

    again = play(ansible, "php_upgrade.yml", variables)
    assert not again.writes
    assert "changed=0" in again.stdout


def test_a_database_user_is_rotated(
    ansible: Controller,
    simulator: Simulator,
    programs: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings = tmp_path_factory.mktemp("application") / ".env"
    variables = {
        "settings_file": str(settings),
        "application_url": f"{simulator.url}/login",
        # The application lies on this machine.
        "ansible_connection": "local",
        "ansible_python_interpreter": str(programs / "python"),
    }
    host = simulator.fleet.host_named("shop-1.example.com")
    host.document = {
        **host.document,
        "system_users": [*host.document["system_users"], {"username": "shopdb1"}],
    }
    before = host.document

    play(ansible, "database_user.yml", variables, "--check", "--diff")
    assert not settings.exists()
    play(ansible, "database_user.yml", variables, "-vvv", "--diff")
    written = settings.read_text()
    assert written.startswith("DB_USERNAME=shopdb2\nDB_PASSWORD=")
    assert "PASSW" in written
    assert settings.stat().st_mode & 0o777 == 0o600
    users = [user["username"] for user in host.document["system_users"]]
    assert users == ["prod", "shopdb1", "shopdb2"]
    again = play(ansible, "database_user.yml", variables)
    assert not again.writes
    assert "changed=0" in again.stdout

    # The user of the application itself is not one to take away.
    refused = play(
        ansible,
        "database_user.yml",
        {**variables, "old_user": "prod"},
        "--tags",
        "retire",
        fails=True,
    )
    assert "prod has vhosts" in refused.last.message
    play(ansible, "database_user.yml", variables, "--tags", "retire", "--check")
    play(ansible, "database_user.yml", variables, "--tags", "retire")
    swapped = [*before["system_users"][:-1], {"username": "shopdb2"}]
    assert host.document == {**before, "system_users": swapped}
    assert simulator.deployments[int(host.id)] == 2
    again = play(ansible, "database_user.yml", variables, "--tags", "retire")
    assert not again.writes
