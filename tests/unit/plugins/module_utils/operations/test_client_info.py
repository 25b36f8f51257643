# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_client_info."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import client_info
from simulator import Fault, Simulator


@pytest.fixture
def info(task: Callable[..., Any]) -> Any:
    return task(client_info.OPERATION)


def test_all(info: Any, simulator: Simulator) -> None:
    result = info(check_mode=True)
    assert {one["id"] for one in result["clients"]} == set(simulator.fleet.clients)
    one = simulator.fleet.clients[result["clients"][0]["id"]]
    assert result["clients"][0]["name"] == f"{one.firstname} {one.lastname}"
    assert result["clients"][0]["email"] == one.email
    assert list(result["clients"][0]) == [
        *("id", "name", "email", "firstname", "lastname", "created_at", "updated_at")
    ]
    assert result["changed"] is False


def test_one(info: Any, simulator: Simulator) -> None:
    one = simulator.fleet.clients[max(simulator.fleet.clients)]
    for options in (
        {"id": one.id},
        {"name": f"{one.firstname} {one.lastname}"},
        {"name": one.email.upper()},
    ):
        assert [found["id"] for found in info(**options)["clients"]] == [one.id]
    assert [request.path for request in simulator.requests] == [
        f"/api/v1/clients/{one.id}",
        "/api/v1/clients",
        "/api/v1/clients",
    ]


def test_those_that_fit(info: Any, simulator: Simulator) -> None:
    one = simulator.fleet.clients[max(simulator.fleet.clients)]
    for pattern in (f"{one.firstname[:3].upper()}*", f"*{one.email[3:]}"):
        found = info(name_pattern=pattern)["clients"]
        assert one.id in [entry["id"] for entry in found]
        assert len(found) < len(simulator.fleet.clients)


def test_no_such(info: Any) -> None:
    with pytest.raises(TargetError, match="no client with id 999"):
        info(id=999)
    with pytest.raises(
        TargetError, match=r"no client with the name or email address Nobody.*: id \d+ \("
    ):
        info(name="Nobody")


def test_several_of_one_name(info: Any, simulator: Simulator) -> None:
    first, second = sorted(simulator.fleet.clients)[:2]
    clients = simulator.fleet.clients
    clients[second].firstname, clients[second].lastname = (
        clients[first].firstname,
        clients[first].lastname,
    )
    with pytest.raises(TargetError, match=f"2 clients named .*id {first} .*id {second} "):
        info(name=f"{clients[first].firstname} {clients[first].lastname}")


def test_a_client_without_names(info: Any, simulator: Simulator) -> None:
    body = [{"id": 5, "firstname": None, "lastname": "", "email": None}]
    simulator.fail("GET", "/clients", 10, Fault.wrong_type(body=body))
    (found,) = info()["clients"]
    assert (found["name"], found["email"], found["firstname"]) == ("", "", None)


def test_refusals(info: Any, simulator: Simulator) -> None:
    simulator.fail("GET", "/clients/3", with_=Fault.forbidden())
    with pytest.raises(StatusError, match="403"):
        info(id=3)
    simulator.fail("GET", "/clients/3", with_=Fault.wrong_type(body={"id": 4}))
    with pytest.raises(BodyError, match="another client"):
        info(id=3)
