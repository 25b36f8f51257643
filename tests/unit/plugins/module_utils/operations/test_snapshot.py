# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_host with a snapshot: no request where it is enough, the usual ones where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import host
from simulator import Simulator

LIVE: dict[str, Any] = {
    "webserver": "nginx",
    "ssh_keys": ["ssh-ed25519 AAAA anna"],
    "system_users": [
        {"username": "prod", "vhosts": [{"app_name": "shop", "cert_pvk": "TScanaryPW1"}]}
    ],
    "db_password": "TScanaryPW2",
}
#: As the inventory shows it.
WITHHELD: dict[str, Any] = {
    "webserver": "nginx",
    "ssh_keys": ["ssh-ed25519 AAAA anna"],
    "system_users": [{"username": "prod", "vhosts": [{"app_name": "shop"}]}],
}
MASKED = {**WITHHELD, "db_password": "********"}


@pytest.fixture
def one(simulator: Simulator) -> Any:
    found = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    found.document = LIVE
    return found


@pytest.fixture
def run(task: Callable[..., Any], one: Any) -> Any:
    def run(**options: Any) -> dict[str, Any]:
        result: dict[str, Any] = task(host.OPERATION)(check_mode=True, id=one.id, **options)
        return result

    return run


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"config": {"webserver": "nginx"}}, id="present"),
        pytest.param({"config": {}}, id="nothing wanted"),
        pytest.param({"config": {"varnish_cache_size": None}, "state": "deleted"}, id="absent"),
        pytest.param(
            {"config": LIVE, "snapshot": LIVE, "state": "replaced"}, id="exactly, secrets and all"
        ),
        pytest.param({"config": {"db_password": "TScanaryPW2"}, "snapshot": LIVE}, id="a secret"),
    ],
)
def test_no_request(run: Any, one: Any, simulator: Simulator, options: dict[str, Any]) -> None:
    result = run(**{"snapshot": WITHHELD, **options})
    assert not simulator.requests
    assert result["snapshot"] == {"used": True, "age": None}
    assert (result["changed"], result["changes"], result["deploy_required"]) == (False, [], False)
    assert (result["id"], result["name"], result["fingerprint"]) == (one.id, None, None)
    assert result["diff"]["before"] == result["diff"]["after"] == ""


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        pytest.param({"config": {"webserver": "apache"}}, True, id="a change"),
        pytest.param({"config": {"db_password": "TScanaryPW2"}}, False, id="a secret left out"),
        pytest.param({"config": {"db_password": None}}, True, id="a secret to be emptied"),
        pytest.param(
            {"config": {"db_password": None}, "state": "deleted"}, True, id="a secret to be removed"
        ),
        pytest.param({"config": WITHHELD, "state": "replaced"}, True, id="secrets to be dropped"),
        pytest.param(
            {
                "config": {"system_users": WITHHELD["system_users"]},
                "lists": {"system_users": "replace"},
            },
            True,
            id="secrets to be dropped with a list",
        ),
        pytest.param({"config": {"webserver": "nginx"}, "snapshot": {}}, False, id="an empty one"),
    ],
)
def test_the_usual_requests(
    run: Any, one: Any, simulator: Simulator, options: dict[str, Any], changed: bool
) -> None:
    result = run(**{"snapshot": WITHHELD, **options})
    assert [request.path for request in simulator.requests] == [f"/api/v1/hosts/{one.id}"]
    assert result["snapshot"] == {"used": False, "age": None}
    expected = run(**{key: value for key, value in options.items() if key != "snapshot"})
    assert {**expected, "snapshot": result["snapshot"]} == result
    assert result["changed"] is changed


def test_a_mask_is_no_secret(run: Any, one: Any, simulator: Simulator) -> None:
    with pytest.raises(PlanError, match="db_password would become"):
        run(snapshot=MASKED, config={"db_password": "********"})
    assert [request.path for request in simulator.requests] == [f"/api/v1/hosts/{one.id}"]


def test_fingerprint(run: Any, simulator: Simulator) -> None:
    wanted = {"config": {"webserver": "nginx"}, "expected_fingerprint": fingerprint(LIVE)}
    result = run(snapshot=LIVE, **wanted)
    assert not simulator.requests
    assert result["fingerprint"] == fingerprint(LIVE)
    assert run(snapshot=WITHHELD, **wanted)["snapshot"]["used"] is False
    assert simulator.requests


def test_age(run: Any) -> None:
    def age(when: str, **config: Any) -> float:
        result = run(snapshot=WITHHELD, snapshot_time=when, config=config)
        found: float = result["snapshot"]["age"]
        return found

    now = time.time()
    assert 60 <= age(str(now - 60)) < 70
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now - 60))
    for text in (f"{stamp}Z", stamp, f"{stamp}+00:00", stamp.replace("T", " ")):
        assert 60 <= age(text) < 70
    assert 60 <= age(str(now - 60), webserver="apache") < 70
    assert age(str(now + 60)) == 0
    with pytest.raises(SettingsError, match="snapshot_time is no time: 'yesterday'"):
        age("yesterday")


def test_a_change_is_made_from_what_is_stored(task: Callable[..., Any], one: Any) -> None:
    one.document = {**LIVE, "webserver": "apache"}
    result = task(host.OPERATION)(
        id=one.id, snapshot={"webserver": "caddy"}, config={"webserver": "nginx"}
    )
    assert [change["before"] for change in result["changes"]] == ["apache"]
    assert one.document == LIVE


def test_its_secrets_are_censored() -> None:
    options = {name: one.get("default") for name, one in host.OPERATION.options.items()}
    given = host.OPERATION.given({**options, "config": {}, "snapshot": LIVE})
    values = host.OPERATION.secret_values(given)
    assert "TScanaryPW2" in values
