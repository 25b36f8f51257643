# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import socket
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client import transport
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import group, host
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    Operation,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.action import rehearsing
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.action.rehearsing import (
    rehearse,
)


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    """What stands ready for whoever comes next."""
    pools: dict[Any, Any] = {}
    monkeypatch.setattr(transport, "_ready", pools)
    return pools


@pytest.mark.parametrize("operation", [host.OPERATION, group.OPERATION], ids=lambda one: one.name)
def test_a_rehearsal_goes_to_its_end_and_reaches_nobody(
    operation: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("a connection was made")

    seen: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(rehearsing, "remove_values", lambda result, _secrets: seen.append(result))
    rehearse(operation)
    [result] = seen
    assert (result["changed"], result["id"], result["name"]) == (False, 1, "nobody")
    assert result["fingerprint"]


def test_a_pool_is_ready_for_the_platform_of_the_environment(
    ready: dict[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TURBOSTACK_API_URL", "https://platform.invalid/prefix")
    rehearse(host.OPERATION)
    [(url, verify, _proxy)] = ready
    assert (url, verify) == ("https://platform.invalid/prefix", True)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TURBOSTACK_API_URL", "http://platform.invalid"),
        ("TURBOSTACK_CA_PATH", "/nowhere.pem"),
        ("TURBOSTACK_VALIDATE_CERTS", "perhaps"),
        ("HTTPS_PROXY", "http://"),
        ("HTTPS_PROXY", "htp://nowhere"),
        ("HTTPS_PROXY", "socks5://127.0.0.1"),
        ("HTTPS_PROXY", "http://[::1"),
    ],
)
def test_an_odd_environment_does_not_keep_a_task_from_being_loaded(
    variable: str, value: str, ready: dict[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    rehearse(host.OPERATION)
    assert not ready
