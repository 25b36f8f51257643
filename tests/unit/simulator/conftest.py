# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator for each module of tests, reset after each test, and a client for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from simulator import Fleet, Simulator


class ApiClient:
    """Asks a simulator the way the reference says: ``api.get("/hosts/101")``."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        # One connection per request: a broken connection must not be retried unseen.
        self.session.headers.update(
            {
                "Authorization": f"Bearer {simulator.token}",
                "Accept": "application/json",
                "Connection": "close",
            }
        )

    def get(self, path: str, token: str | None = None, **query: Any) -> requests.Response:
        return self.ask("GET", path, token, params=query)

    def post(self, path: str, body: Any, token: str | None = None) -> requests.Response:
        return self.ask("POST", path, token, json=body)

    def ask(
        self, method: str, path: str, token: str | None = None, **options: Any
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        headers.update(options.pop("headers", {}))
        url = f"{self.simulator.url}/api/v1{path}"
        options = {"timeout": 10, "allow_redirects": False, **options}
        return self.session.request(method, url, headers=headers, **options)

    def control(self, method: str, what: str, **options: Any) -> requests.Response:
        url = f"{self.simulator.url}/_simulator/{what}"
        return self.session.request(method, url, timeout=10, **options)


@pytest.fixture(scope="module")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(fleet=Fleet.generate(hosts=40, seed=3)) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Iterator[Simulator]:
    yield running_simulator
    running_simulator.reset()


@pytest.fixture
def api(simulator: Simulator) -> Iterator[ApiClient]:
    client = ApiClient(simulator)
    yield client
    client.session.close()


@pytest.fixture
def host_id(simulator: Simulator) -> int:
    """A host with a configuration that has system users."""
    for number, host in simulator.fleet.hosts.items():
        if host.json and "system_users" in host.json and '"ftp":[{' in host.json:
            return number
    raise AssertionError("no host with FTP users in the fleet")
