# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_credentials_info."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    credentials_info,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from simulator import CANARY, Fault, Simulator
from simulator.credentials import accounts_of, addresses_of

LISTS = {"system": "users", "database": "databases", "ftp": "ftp"}


@pytest.fixture
def info(task: Callable[..., Any]) -> Any:
    return task(credentials_info.OPERATION)


@pytest.fixture
def one(simulator: Simulator) -> Any:
    """A host with accounts of all kinds."""
    hosts = simulator.fleet.hosts
    host = hosts[min(hosts)]
    host.document = {
        "system_users": [{"username": "prod", "ftp": [{"user": "up", "homedir": "/in"}]}]
    }
    return host


@pytest.mark.parametrize(
    "shape", ["grouped", "keyed", "flat", "config", "beside-config", "name-password"]
)
@pytest.mark.parametrize("envelope", ["bare", "data"])
def test_every_shape(info: Any, simulator: Simulator, one: Any, shape: str, envelope: str) -> None:
    simulator.switches.credentials = shape
    simulator.switches.object_envelope = envelope
    (entry,) = info(id=one.id, include_secrets=True, check_mode=True)["credentials"]
    assert [request.path for request in simulator.requests] == [
        f"/api/v1/hosts/{one.id}/credentials"
    ]
    for account in accounts_of(one, simulator.fleet.seed):
        (found,) = entry[LISTS[account.kind]]
        assert (found["user"], found["password"]) == (account.name, account.password)
    assert entry["others"] == []
    assert set(entry["addresses"]) == set(addresses_of(one).values())
    assert (entry["id"], entry["name"], entry["error"]) == (one.id, None, None)
    (masked,) = info(id=one.id)["credentials"]
    assert not CANARY.search(json.dumps(masked))
    assert masked["users"] == [{**entry["users"][0], "password": "********"}]
    assert type(masked["raw"]) is type(entry["raw"])


def test_an_unknown_shape_is_no_error(info: Any, simulator: Simulator, one: Any) -> None:
    for body in (42, "prod TScanaryPWabc", None, [], [["a"]], {"x": {"y": "TScanaryPWabc"}}):
        simulator.fail("GET", "/credentials", times=2, with_=Fault.wrong_type(body=body))
        (entry,) = info(id=one.id)["credentials"]
        assert [entry[name] for name in (*LISTS.values(), "others", "addresses")] == [[]] * 5
        assert not CANARY.search(json.dumps(entry))
        assert info(id=one.id, include_secrets=True)["credentials"][0]["raw"] == body


def test_a_harmless_key_shows_only_what_it_promises(
    info: Any, simulator: Simulator, one: Any
) -> None:
    said = {"description": "it is hunter2", "host": "hunter2!", "home": "hunter2", "type": "h2 x!"}
    plain = {"id": 7, "host": "db-1.example:3306", "home": "/var/www/prod", "type": "mysql"}
    simulator.fail("GET", "/credentials", times=2, with_=Fault.wrong_type(body=[said, plain]))
    raw = info(id=one.id)["credentials"][0]["raw"]
    assert raw == [dict.fromkeys(said, "********"), plain]


def test_errors(info: Any, simulator: Simulator, one: Any) -> None:
    with pytest.raises(TargetError, match="no host with id 99999"):
        info(id=99999)
    simulator.fail("GET", f"/hosts/{one.id}/credentials", times=2, with_=Fault.forbidden())
    result = {entry["id"]: entry for entry in info(name_pattern="*")["credentials"]}
    assert sorted(result) == sorted(simulator.fleet.hosts)
    assert result[one.id]["error"]["status"] == 403
    assert (result[one.id]["users"], result[one.id]["raw"]) == ([], None)
    assert "1 of 30" in info.warnings[0]
    with pytest.raises(OperationFailed) as failure:
        info(name_pattern="*", on_error="fail", include_secrets=True)
    assert len(failure.value.result["credentials"]) == 30
    assert not CANARY.search(json.dumps(failure.value.result))
