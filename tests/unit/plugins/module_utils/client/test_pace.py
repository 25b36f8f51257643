# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests keep to the server's rate limit, and no refusal is a failure while others succeed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    StatusError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pace import (
    CalledOff,
    Pace,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pages import List
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from simulator import Fault, Simulator, Switches


def paced(simulator: Simulator, pauses: list[float], patience: int = 3, longest: float = 60) -> Api:
    options = {"api_url": simulator.url, "api_token": simulator.token, "api_retries": patience}
    pace = Pace(longest=longest, patience=patience, on_pause=pauses.append)
    return Api(Settings.resolve(options, {}), pace=pace)


def refusal(retry_after: float | None) -> StatusError:
    return StatusError("GET", "/", 429, "Too Many", retry_after=retry_after)


class TestRateLimit:
    def test_a_limit_makes_a_list_slow_and_whole(self, simulator: Simulator) -> None:
        simulator.switches = Switches(rate_limit=4, rate_window=1.0)
        pauses: list[float] = []
        api = paced(simulator, pauses, patience=1)
        rows = List(api, "/hosts", "hosts", size=3, workers=4).read()
        assert len(rows) == 30
        # How often depends on where in the window each request falls.
        assert 1 <= len(pauses) <= 4
        refused = [request for request in simulator.requests if request.status == 429]
        # One request asks when it may go on; the others wait for what it is told, but for those that
        # were under way already.
        assert len(refused) <= len(pauses) + 3

    def test_a_limit_that_leaves_no_room_is_an_error_in_the_end(self, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 100, Fault.too_many_requests(0))
        pauses: list[float] = []
        with pytest.raises(StatusError, match="429"):
            List(paced(simulator, pauses, patience=2), "/hosts", "hosts").read()
        assert len(pauses) == 2
        assert len(simulator.requests) == 3

    def test_no_pause_is_longer_than_the_user_allows(self, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 2, Fault.too_many_requests(3600))
        pauses: list[float] = []
        List(paced(simulator, pauses, longest=0.05), "/hosts", "hosts").read()
        assert pauses == [0.05, 0.05]

    def test_without_retry_after_pauses_grow(self) -> None:
        pauses: list[float] = []
        pace = Pace(longest=60, patience=9, on_pause=pauses.append)
        for _each in range(3):
            pace._closed_until = 0
            assert pace.pauses(refusal(None))
        assert pauses[0] <= 0.5 < pauses[2] <= 2

    def test_refusals_of_one_moment_count_once(self) -> None:
        pauses: list[float] = []
        pace = Pace(longest=60, patience=1, on_pause=pauses.append)
        assert all(pace.pauses(refusal(30)) for _each in range(5))
        assert len(pauses) == 1

    def test_no_more_are_under_way_than_are_left(self) -> None:
        pace = Pace(longest=60, patience=1)
        pace.answered({"X-RateLimit-Remaining": "2"})
        most = now = 0
        lock = threading.Lock()

        def work(_number: int) -> None:
            nonlocal most, now
            with pace.turn():
                with lock:
                    now += 1
                    most = max(most, now)
                time.sleep(0.01)
                with lock:
                    now -= 1

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(16)))
        assert most == 2


class TestCallingOff:
    def test_nobody_waits_out_a_pause_after_a_failure(self) -> None:
        pace = Pace(longest=60, patience=1)
        assert pace.pauses(refusal(50))
        ended: list[type[BaseException]] = []

        def work() -> None:
            try:
                with pace.turn():
                    pass
            except CalledOff as error:
                ended.append(type(error))

        threads = [threading.Thread(target=work) for _each in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.05)
        pace.call_off()
        for thread in threads:
            thread.join(5)
        assert ended == [CalledOff] * 3

    def test_who_comes_later_is_not_called_off(self) -> None:
        pace = Pace(longest=60, patience=1)
        pace.call_off()
        with pace.turn():
            pass

    def test_a_pause_of_one_thread_can_be_called_off_too(self) -> None:
        pace = Pace(longest=60, patience=1)
        timer = threading.Timer(0.05, pace.call_off)
        timer.start()
        began = time.monotonic()
        with pytest.raises(CalledOff):
            pace.sleep(30)
        assert time.monotonic() - began < 5
        timer.join()

    def test_a_list_that_fails_does_not_wait_for_its_other_pages(
        self, simulator: Simulator
    ) -> None:
        simulator.fail("GET", "page=5", 100, Fault.maintenance(30))
        simulator.fail("GET", "page=2", 1, Fault.forbidden().delayed(0.3))
        began = time.monotonic()
        with pytest.raises(StatusError, match="403"):
            List(paced(simulator, []), "/hosts", "hosts", size=3, workers=4).read()
        while any(each.name.startswith("turbostack_") for each in threading.enumerate()):
            assert time.monotonic() - began < 10, "a thread still waits"
            time.sleep(0.02)
