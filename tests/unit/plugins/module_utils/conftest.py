# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated platform, and a client of it that does not sleep for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from simulator import Fleet, Simulator


@pytest.fixture(scope="package")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(fleet=Fleet.generate(hosts=30, seed=7)) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Iterator[Simulator]:
    running_simulator.reset()
    yield running_simulator
    running_simulator.reset()


@pytest.fixture
def connect(simulator: Simulator) -> Callable[..., Api]:
    """Makes a client of the simulated platform; options as in a task."""

    def connect(**options: Any) -> Api:
        given = {
            "api_url": simulator.url,
            "api_token": simulator.token,
            "api_timeout": 5,
            "api_retry_max_delay": 0.02,
            **options,
        }
        return Api(Settings.resolve(given, {}))

    return connect


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    return connect()
