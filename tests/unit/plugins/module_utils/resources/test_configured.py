# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.configured import (
    GROUPS,
    HOSTS,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.targets import find
from simulator import Fault, Simulator


@pytest.mark.parametrize("envelope", ["bare", "data"])
@pytest.mark.parametrize("form", ["string", "object"])
def test_a_host_is_read_however_it_is_wrapped(
    envelope: str, form: str, api: Api, simulator: Simulator
) -> None:
    simulator.switches.update(object_envelope=envelope, json_format=form)
    expected = next(host for host in simulator.fleet.hosts.values() if host.document)
    host = HOSTS.read(api, expected.id)
    assert (host.id, host.name, host.client_id) == (expected.id, expected.name, expected.client_id)
    assert host.document() == expected.document


def test_another_host_than_asked_for_is_refused(api: Api, simulator: Simulator) -> None:
    one, other = list(simulator.fleet.hosts)[:2]
    simulator.fail("GET", f"/hosts/{one}", with_=Fault.wrong_type({"id": other, "json": "{}"}))
    with pytest.raises(BodyError, match="another host"):
        HOSTS.read(api, one)


@pytest.mark.parametrize("body", [None, [], 7, "host", {"ok": True}, {"data": None}, {"data": [1]}])
def test_an_unknown_shape_is_refused(body: Any, api: Api, simulator: Simulator) -> None:
    host = min(simulator.fleet.hosts)
    simulator.fail("GET", f"/hosts/{host}", with_=Fault.wrong_type(body))
    with pytest.raises(BodyError, match="unknown shape"):
        HOSTS.read(api, host)


@pytest.mark.parametrize("saved", ["object", "id", "message", "empty", "data"])
def test_saving_takes_every_answer(saved: str, api: Api, simulator: Simulator) -> None:
    host = min(simulator.fleet.hosts)
    simulator.switches.host_saved = saved
    HOSTS.save(api, host, {"a": 8.0})
    assert HOSTS.read(api, host).document() == {"a": 8.0}


@pytest.mark.parametrize(
    "body",
    [
        {"success": False, "message": "Locked"},
        {"status": "error", "message": "Locked"},
        {"error": "Locked"},
    ],
)
def test_a_success_that_says_it_failed_is_a_failure(
    body: Any, api: Api, simulator: Simulator
) -> None:
    group = min(simulator.fleet.groups)
    simulator.fail("POST", f"/groups/{group}", with_=Fault.wrong_type(body))
    with pytest.raises(BodyError, match="Locked"):
        GROUPS.save(api, group, {})


def test_a_target_by_its_name(api: Api, simulator: Simulator) -> None:
    for collection, things in ((HOSTS, simulator.fleet.hosts), (GROUPS, simulator.fleet.groups)):
        thing = next(
            one for one in things.values() if [x.name for x in things.values()].count(one.name) == 1
        )
        assert find(api, collection, None, str(thing.name)).id == thing.id


def test_a_name_that_nothing_bears_lists_what_is_alike(api: Api, simulator: Simulator) -> None:
    host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    with pytest.raises(TargetError) as refused:
        find(api, HOSTS, None, str(host.name)[:-1].upper())
    assert f"id {host.id} ({host.name}, client {host.client_id})" in str(refused.value)
    with pytest.raises(TargetError, match="among the 30") as refused:
        find(api, HOSTS, None, "nothing like it")
    assert "and 20 more" in str(refused.value)


def test_a_name_that_several_bear_lists_them(api: Api, simulator: Simulator) -> None:
    one, other = list(simulator.fleet.hosts.values())[:2]
    other.name = one.name
    with pytest.raises(TargetError, match="There are 2 hosts named") as refused:
        find(api, HOSTS, None, str(one.name))
    for host in (one, other):
        assert f"id {host.id}" in str(refused.value)


def test_the_one_with_that_id_must_be_called_as_expected(api: Api, simulator: Simulator) -> None:
    host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    assert find(api, HOSTS, host.id, None, expected=str(host.name)).id == host.id
    with pytest.raises(TargetError, match=f"id {host.id} is called {host.name} .* old.example was"):
        find(api, HOSTS, host.id, None, expected="old.example")
    host.name = "half \ud800"
    assert find(api, HOSTS, host.id, None, expected="half \ufffd").id == host.id


def test_an_id_that_nothing_has(api: Api) -> None:
    with pytest.raises(TargetError, match="no host with id 999999"):
        find(api, HOSTS, 999999, None)


def test_a_client_of_somebody_else(connect: Any, simulator: Simulator) -> None:
    api = connect(api_token=simulator.tokens["stranger"])
    with pytest.raises(StatusError, match="403"):
        find(api, HOSTS, min(simulator.fleet.hosts), None)


@pytest.mark.parametrize(
    ("value", "active"),
    [(1, True), (0, False), (True, True), ("1", True), ("0", False), ("True", True)]
    + [(None, None), ("maybe", None), (2, None), ([], None)],
)
def test_whether_a_host_is_active(value: Any, active: bool | None) -> None:
    assert HOSTS.of({"id": 7, "active": value}).active is active


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), ("7", 7), (None, None), ("x", None), ("²", None), (True, None), (1.5, None)],
)
def test_whose_a_row_is(value: Any, number: int | None) -> None:
    assert HOSTS.of({"id": "8", "client_id": value}).client_id == number


@pytest.mark.parametrize(("value", "name"), [("web", "web"), (None, ""), (12, "12")])
def test_what_a_row_is_called(value: Any, name: str) -> None:
    assert HOSTS.of({"id": 7, "name": value}).name == name


@pytest.mark.parametrize("value", [["web"], {"a": 1}, True])
def test_a_name_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(BodyError, match=r"name is no text: \{id: number, name: "):
        HOSTS.of({"id": 7, "name": value})


def test_monitoring_and_moments() -> None:
    deep: Any = []
    for _level in range(500):
        deep = [deep]
    assert HOSTS.of({"id": 7, "monitoring": {"load": 1}}).monitoring == {"load": 1}
    assert HOSTS.of({"id": 7}).monitoring is None
    assert [HOSTS.of({"id": 7, "monitoring": live}).monitoring for live in ([], deep)] == [{}, {}]
    row = {"id": 7, "created_at": "2026-01-01", "updated_at": {"date": 1}}
    assert (HOSTS.of(row).created_at, HOSTS.of(row).updated_at) == ("2026-01-01", None)
