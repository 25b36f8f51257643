# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated platform, a client of it that does not sleep for long, and operations as an adapter would run them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.board import Board
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pace import Pace
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    Operation,
    Result,
    TaskContext,
)
from simulator import Fleet, Simulator

# No test fails because a machine is slow.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")


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
        settings = Settings.resolve(given, {})
        # What one test learns of a limit is nothing to the next.
        return Api(settings, pace=Pace(settings, Board()))

    return connect


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    return connect()


class Task:
    """A task of one operation.

    :ivar warnings: what it warned of, :ivar shown: the lines of progress, both since the start.
    """

    def __init__(
        self, operation: Operation[Any], api: Api, simulator: Simulator, directory: str
    ) -> None:
        self.api = api
        self.warnings: list[str] = []
        self.shown: list[str] = []
        self._operation = operation
        self._simulator = simulator
        self._directory = directory

    def __call__(self, *, check_mode: bool = False, **options: Any) -> Result:
        defaults = {
            name: argument.get("default") for name, argument in self._operation.arguments.items()
        }
        context = TaskContext(
            check_mode=check_mode,
            directory=self._directory,
            warn=self.warnings.append,
            show=self.shown.append,
        )
        before = len(self._simulator.requests)
        try:
            given = self._operation.given({**defaults, **options})
            return self._operation.run(given, self.api, context)
        finally:
            if check_mode:
                sent = {request.method for request in self._simulator.requests[before:]}
                assert sent <= {"GET"}, f"check mode sent {sent}"


@pytest.fixture
def task(
    api: Api, simulator: Simulator, tmp_path: Any
) -> Iterator[Callable[[Operation[Any]], Task]]:
    made: list[Task] = []

    def make(operation: Operation[Any], own: Api | None = None) -> Task:
        made.append(Task(operation, own or api, simulator, str(tmp_path)))
        return made[-1]

    yield make
    for one in made:
        for text in (*one.warnings, *one.shown):
            assert "TScanary" not in text
