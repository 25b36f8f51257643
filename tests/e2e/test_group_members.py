# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of a group, as the user's repository names them."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller

PREFIX = "hosted_power.turbostack."


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_group(
        "shops",
        {
            "timezone": "Europe/Paris",
            "monitoring": {"mail": "ops@agency.example", "password": "PASSW-of-the-group"},
        },
    )
    own = {
        "timezone": "UTC",
        "monitoring": {"password": "PASSW-of-the-host"},
        "firewall_whitelist": ["198.51.100.1"],
    }
    fleet.new_host("shop-1.example.com", own)
    fleet.new_host("shop-2.example.com", {"redis_memory": "2gb"})
    fleet.new_host("102", {"timezone": "Europe/Brussels"})
    return fleet


def change(**options: Any) -> dict[str, Any]:
    return {"name": "Change the group", f"{PREFIX}turbostack_group": {"name": "shops", **options}}


def test_members_are_listed_and_deployed_and_what_they_hold_is_told(
    ansible: Controller, simulator: Simulator
) -> None:
    members = ["shop-2.example.com", "101", "shop-1.example.com"]
    wanted = {"timezone": "Europe/Brussels"}
    tasks = [
        {**change(config=wanted, members=members), "register": "shops"},
        {
            "name": "Deploy",
            f"{PREFIX}turbostack_deploy": {
                "id": "{{ item.id }}",
                "start": "always",
                "poll_interval": 1,
            },
            "loop": "{{ shops.members if shops.deploy_required else [] }}",
        },
    ]
    expected = [
        {"id": 102, "name": "shop-2.example.com", "differs": []},
        {
            "id": 101,
            "name": "shop-1.example.com",
            "differs": [
                {"path": "timezone", "group": "Europe/Brussels", "host": "UTC"},
                {"path": "monitoring.password", "group": "********", "host": "******** (changed)"},
            ],
        },
    ]
    looked = ansible.playbook(ansible.tasks(tasks[0]), "--check")
    assert looked.results[0].result["members"] == expected
    run = ansible.playbook(ansible.tasks(*tasks), "-vvv")
    assert run.results[0].result["members"] == expected
    assert {number: simulator.deployments[number] for number in (101, 102, 103)} == {
        101: 1,
        102: 1,
        103: 0,
    }

    again = ansible.playbook(ansible.tasks(*tasks))
    assert not again.writes


def test_a_name_of_digits_is_a_name(ansible: Controller) -> None:
    run = ansible.playbook(ansible.tasks(change(config={}, members=["102"])))
    assert [one["id"] for one in run.last.result["members"]] == [103]


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("shop-9.example.com", "There is no host named shop-9.example.com"),
        ("999", "members: there is no host with id 999"),
    ],
)
def test_a_member_that_is_not_there_is_refused_before_anything_is_written(
    ansible: Controller, simulator: Simulator, member: str, message: str
) -> None:
    run = ansible.playbook(
        ansible.tasks(change(config={"timezone": "UTC"}, members=[member])), fails=True
    )
    assert message in run.last.message
    assert not run.writes


def test_without_members_no_host_is_read(ansible: Controller, simulator: Simulator) -> None:
    run = ansible.playbook(ansible.tasks(change(config={"timezone": "UTC"})))
    assert "members" not in run.last.result
    assert not [one for one in run.requests if "/hosts" in one.path]
