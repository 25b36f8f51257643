# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_host_info and turbostack_group_info: what they have in common, and what hosts have beyond it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    NoAnswer,
    SettingsError,
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    group_info,
    host,
    host_info,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.json_field import (
    UnreadableDocument,
)
from simulator import CANARY, Fault, Simulator

OPERATIONS = {"host": host_info.OPERATION, "group": group_info.OPERATION}


@pytest.fixture(params=["host", "group"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stored(kind: str, simulator: Simulator) -> dict[int, Any]:
    """The simulator's own hosts or groups."""
    things: Any = simulator.fleet.hosts if kind == "host" else simulator.fleet.groups
    return dict(things)


@pytest.fixture
def info(task: Callable[..., Any], kind: str) -> Any:
    return task(OPERATIONS[kind])


def ids(result: dict[str, Any]) -> list[int]:
    (entries,) = (value for key, value in result.items() if key in ("hosts", "groups"))
    return [entry["id"] for entry in entries]


def paths(simulator: Simulator) -> list[str]:
    return [request.path.removeprefix("/api/v1") for request in simulator.requests]


class TestSelection:
    def test_all(self, info: Any, kind: str, stored: dict[int, Any], simulator: Simulator) -> None:
        result = info(check_mode=True)
        assert sorted(ids(result)) == sorted(stored)
        assert result["changed"] is False
        assert paths(simulator) == [f"/{kind}s"]
        for entry in result[f"{kind}s"]:
            one = stored[entry["id"]]
            assert (entry["name"], entry["error"]) == (one.name, None)

    def test_one_by_id(
        self, info: Any, kind: str, stored: dict[int, Any], simulator: Simulator
    ) -> None:
        number = max(stored)
        assert ids(info(id=number)) == [number]
        assert paths(simulator) == [f"/{kind}s/{number}"]

    def test_one_by_name(self, info: Any, stored: dict[int, Any]) -> None:
        number = max(stored)
        assert ids(info(name=stored[number].name)) == [number]

    def test_those_of_a_client(
        self, info: Any, kind: str, stored: dict[int, Any], simulator: Simulator
    ) -> None:
        client = next(one.client_id for one in stored.values() if one.client_id)
        expected = [n for n, one in stored.items() if one.client_id == client]
        assert sorted(ids(info(client_id=client))) == sorted(expected)
        assert paths(simulator) == [f"/clients/{client}/{kind}s"]

    def test_those_whose_name_fits(self, info: Any, stored: dict[int, Any]) -> None:
        one = stored[min(stored)]
        assert one.id in ids(info(name_pattern=f"{one.name[:4].upper()}*"))
        assert ids(info(name_pattern="nothing-of-that-kind-*")) == []

    def test_pages_at_once(self, info: Any, stored: dict[int, Any], simulator: Simulator) -> None:
        simulator.switches.size_cap = 4
        assert ids(info(workers=8)) == ids(info(workers=1))
        assert sorted(ids(info())) == sorted(stored)

    @pytest.mark.parametrize("workers", [0, 33, -1])
    def test_workers_without_sense(self, info: Any, workers: int) -> None:
        with pytest.raises(SettingsError, match="between 1 and 32"):
            info(workers=workers)

    def test_no_such_client(self, info: Any) -> None:
        with pytest.raises(TargetError, match="no client with id 99999"):
            info(client_id=99999)

    def test_no_such_id(self, info: Any, kind: str) -> None:
        with pytest.raises(TargetError, match=f"no {kind} with id 99999"):
            info(id=99999)

    def test_several_of_one_name(self, info: Any, stored: dict[int, Any], monkeypatch: Any) -> None:
        first, second = sorted(stored)[:2]
        monkeypatch.setattr(stored[second], "name", stored[first].name)
        with pytest.raises(TargetError, match=f"id {first} .*id {second} "):
            info(name=stored[first].name)


class TestActive:
    def test_selects(self, task: Callable[..., Any], simulator: Simulator) -> None:
        hosts = simulator.fleet.hosts
        for wanted in (True, False):
            expected = {n for n, one in hosts.items() if bool(one.active) is wanted}
            result = task(host_info.OPERATION)(active=wanted)
            assert set(ids(result)) == expected
            assert all(entry["active"] is wanted for entry in result["hosts"])

    def test_that_cannot_be_told_is_no_guess(
        self, task: Callable[..., Any], simulator: Simulator
    ) -> None:
        simulator.fail("GET", "/hosts", 9, Fault.wrong_type(body=[{"id": 7, "active": "maybe"}]))
        with pytest.raises(BodyError, match="whether host 7 is active cannot be told"):
            task(host_info.OPERATION)(active=True)
        simulator.fail(
            "GET", "/hosts", with_=Fault.wrong_type(body=[{"id": 7, "active": "maybe", "json": ""}])
        )
        assert task(host_info.OPERATION)()["hosts"][0]["active"] is None


class TestHost:
    def test_shows_what_the_api_shows(self, task: Callable[..., Any], simulator: Simulator) -> None:
        one = simulator.fleet.hosts[min(simulator.fleet.hosts)]
        (entry,) = task(host_info.OPERATION)(id=one.id)["hosts"]
        assert entry["monitoring"] == one.monitoring
        assert entry["client_id"] == one.client_id
        assert entry["created_at"].endswith("Z")
        assert list(entry) == [
            *(
                "id",
                "name",
                "client_id",
                "active",
                "monitoring",
                "created_at",
                "updated_at",
                "error",
            ),
            *("config", "fingerprint"),
        ]

    @pytest.mark.parametrize("monitoring", ["missing", "null", "empty-list"])
    def test_monitoring_comes_as_it_is(
        self, task: Callable[..., Any], simulator: Simulator, monitoring: str
    ) -> None:
        simulator.switches.monitoring = monitoring
        (entry,) = task(host_info.OPERATION)(id=min(simulator.fleet.hosts))["hosts"]
        assert entry["monitoring"] == ({} if monitoring == "empty-list" else None)


class TestConfiguration:
    def test_is_decoded_and_its_fingerprint_is_the_one_that_tasks_take(
        self, task: Callable[..., Any], simulator: Simulator
    ) -> None:
        one = simulator.fleet.hosts[min(simulator.fleet.hosts)]
        one.document = {"webserver": "nginx", "db_password": "TScanaryPW1", "php_version": 8.1}
        (entry,) = task(host_info.OPERATION)(id=one.id)["hosts"]
        assert entry["config"] == {
            "webserver": "nginx",
            "db_password": "********",
            "php_version": 8.1,
        }
        change = {"id": one.id, "config": {"webserver": "nginx"}}
        task(host.OPERATION)(expected_fingerprint=entry["fingerprint"], **change)
        one.document = {**one.document, "db_password": "TScanaryPW2"}
        with pytest.raises(OperationFailed):
            task(host.OPERATION)(expected_fingerprint=entry["fingerprint"], **change)

    def test_secrets_on_demand(self, info: Any, kind: str, stored: dict[int, Any]) -> None:
        one = stored[min(stored)]
        one.document = {"token": "TScanaryPWabc", "licence": "L-1"}
        assert not CANARY.search(json.dumps(info()))
        (entry,) = info(id=one.id, include_secrets=True)[f"{kind}s"]
        assert entry["config"] == {"token": "TScanaryPWabc", "licence": "L-1"}
        (masked,) = info(id=one.id, secret_paths=["licence"])[f"{kind}s"]
        assert masked["config"]["licence"] == "********"
        assert masked["fingerprint"] != entry["fingerprint"]

    def test_bad_secret_paths_are_refused_before_any_request(
        self, info: Any, simulator: Simulator
    ) -> None:
        with pytest.raises(PlanError):
            info(secret_paths=["a..b["])
        assert not simulator.requests

    def test_rows_without_it_are_completed(
        self, info: Any, kind: str, stored: dict[int, Any], simulator: Simulator
    ) -> None:
        expected = info()
        simulator.switches.rows_have_json = False
        before = len(simulator.requests)
        assert info(workers=8) == expected
        assert len(simulator.requests) - before == 1 + len(stored)
        before = len(simulator.requests)
        assert "config" not in info(include_config=False)[f"{kind}s"][0]
        assert len(simulator.requests) - before == 1

    def test_holds_nothing_that_json_does_not(
        self, info: Any, kind: str, stored: dict[int, Any]
    ) -> None:
        one = stored[min(stored)]
        one.json = '{"v": 8.10, "half": "\\ud83d", "jinja": "{{ 1 + 1 }}"}'
        (entry,) = info(id=one.id)[f"{kind}s"]
        assert entry["config"] == {"v": 8.1, "half": "\ufffd", "jinja": "{{ 1 + 1 }}"}
        assert entry["config"]["v"].__class__ is float
        assert entry["fingerprint"] == fingerprint(json.loads(one.json))

    @pytest.mark.parametrize(
        "switch", [("json_format", "object"), ("object_envelope", "data"), ("null_for_empty", True)]
    )
    def test_is_the_same_in_every_dress(
        self, info: Any, simulator: Simulator, stored: dict[int, Any], switch: tuple[str, Any]
    ) -> None:
        stored[min(stored)].document = {}
        expected = info(), info(id=max(stored))
        setattr(simulator.switches, *switch)
        assert (info(), info(id=max(stored))) == expected


class TestErrors:
    def test_of_one_among_many_stand_in_its_place(
        self, info: Any, kind: str, stored: dict[int, Any], simulator: Simulator
    ) -> None:
        forbidden, broken = sorted(stored)[:2]
        stored[broken].json = "{"
        simulator.switches.rows_have_json = False
        simulator.fail("GET", f"/{kind}s/{forbidden}$", with_=Fault.forbidden())
        result = info()
        assert sorted(ids(result)) == sorted(stored)
        by_id = {entry["id"]: entry for entry in result[f"{kind}s"]}
        assert by_id[forbidden]["error"]["status"] == 403
        assert by_id[forbidden]["error"]["path"] == f"/api/v1/{kind}s/{forbidden}"
        assert by_id[broken]["error"]["kind"] == "document"
        assert "not JSON" in by_id[broken]["error"]["msg"]
        assert by_id[broken]["config"] is by_id[broken]["fingerprint"] is None
        assert sum(entry["error"] is not None for entry in result[f"{kind}s"]) == 2
        assert f"2 of {len(stored)} could not be read: " in info.warnings[0]

    def test_fail_the_task_where_that_is_asked_for(
        self, info: Any, kind: str, stored: dict[int, Any]
    ) -> None:
        first, second = sorted(stored)[:2]
        stored[first].json = "{"
        stored[second].document = {"password": "TScanaryPWabc"}
        with pytest.raises(
            OperationFailed, match=f"1 of {len(stored)} could not be read"
        ) as failure:
            info(on_error="fail", include_secrets=True)
        assert sorted(ids(failure.value.result)) == sorted(stored)
        assert not CANARY.search(json.dumps(failure.value.result))
        assert not info.warnings

    def test_of_the_one_that_is_named_fail_the_task(
        self, info: Any, stored: dict[int, Any]
    ) -> None:
        stored[min(stored)].json = "[1]"
        with pytest.raises(UnreadableDocument):
            info(id=min(stored))

    @pytest.mark.parametrize("status", [401, 429, 503])
    def test_that_all_share_fail_the_task_at_once(
        self,
        task: Callable[..., Any],
        connect: Callable[..., Any],
        simulator: Simulator,
        status: int,
    ) -> None:
        simulator.switches.rows_have_json = False
        simulator.fail("GET", "/hosts/", times=1000, with_=status)
        info = task(host_info.OPERATION, connect(api_retries=0, api_rate_limit_timeout=0))
        with pytest.raises(StatusError) as failure:
            info(workers=2)
        assert failure.value.status == status
        assert len(simulator.requests) <= 1 + 2

    def test_nobody_there(self, task: Callable[..., Any], connect: Callable[..., Any]) -> None:
        with pytest.raises(NoAnswer):
            task(host_info.OPERATION, connect(api_url="http://127.0.0.1:9", api_retries=0))()

    def test_a_body_of_the_wrong_type(self, info: Any, kind: str, simulator: Simulator) -> None:
        simulator.fail("GET", f"/{kind}s", with_=Fault.wrong_type())
        with pytest.raises(BodyError, match=f"list of {kind}s has an unknown shape: number"):
            info()
