# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests keep to the server's rate limit: those of threads, and of processes; and no refusal is a failure."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import (
    Api,
    Late,
    Wait,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.board import Board
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    NoAnswer,
    StatusError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pace import (
    CalledOff,
    Pace,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pages import List
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.repetition import (
    Repeat,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from simulator import Fault, LoggedRequest, Simulator, Switches


def settings(simulator: Simulator, **options: Any) -> Settings:
    given = {"api_url": simulator.url, "api_token": simulator.token, "api_retries": 0}
    return Settings.resolve({**given, **options}, {})


def paced(simulator: Simulator, waits: list[Wait], **options: Any) -> Api:
    own = settings(simulator, **options)
    return Api(own, on_wait=waits.append, pace=Pace(own, Board()))


def refused(simulator: Simulator) -> list[LoggedRequest]:
    return [request for request in simulator.requests if request.status == 429]


class TestRateLimit:
    def test_a_limit_makes_a_list_slow_and_whole(self, simulator: Simulator) -> None:
        simulator.switches = Switches(rate_limit=4, rate_window=1.5)
        waits: list[Wait] = []
        rows = List(paced(simulator, waits), "/hosts", "hosts", size=3, workers=4).read()
        assert len(rows) == 30
        # A pause is told once, by whoever was refused first.
        assert len(waits) <= len(refused(simulator))

    def test_processes_of_a_run_share_their_pace(self, simulator: Simulator) -> None:
        simulator.switches = Switches(rate_limit=20, rate_window=1.0)
        own = settings(simulator)
        board = Board()
        children = []
        for _child in range(25):
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    api = Api(own, pace=Pace(own, board))
                    for _request in range(3):
                        api.get("/hosts")
                    code = 0
                finally:
                    os._exit(code)
            children.append(child)
        codes = {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children}
        assert codes == {0}
        assert len([one for one in simulator.requests if one.status == 200]) == 75
        # One asks for all; a few more had set out before anything was known, or raced for the last place.
        windows = 1 + (simulator.requests[-1].time - simulator.requests[0].time)
        assert len(refused(simulator)) <= 8 + 3 * windows

    def test_a_refused_deployment_is_started_once(self, simulator: Simulator) -> None:
        host = min(simulator.fleet.hosts)
        simulator.fail("POST", "/deploy", times=2, with_=Fault.too_many_requests(1))
        api = paced(simulator, [])
        api.post(f"/hosts/{host}/deploy", {"type": "deploy"}, Repeat.ONLY_WITHOUT_EFFECT)
        assert len(simulator.requests) == 3
        assert simulator.deployments[host] == 1

    def test_a_write_is_not_made_late(self, simulator: Simulator) -> None:
        host = min(simulator.fleet.hosts)
        simulator.fail("POST", times=1, with_=Fault.too_many_requests(1))
        api = paced(simulator, []).in_time()
        body = {"json": {"a": 1}}
        # Refused, then too late: what is to be written has to be read again each time.
        for _time in range(2):
            with pytest.raises(Late):
                api.post(f"/hosts/{host}", body, Repeat.IDEMPOTENT)
        assert [request.status for request in simulator.requests] == [429]
        assert api.post(f"/hosts/{host}", body, Repeat.IDEMPOTENT).status == 200

    def test_a_write_that_is_always_late_ends(self, simulator: Simulator) -> None:
        host = min(simulator.fleet.hosts)
        simulator.fail("POST", times=1000, with_=Fault.too_many_requests(1))
        api = paced(simulator, [], api_rate_limit_timeout=2.5).in_time()

        def write() -> None:
            for _time in range(1000):
                with suppress(Late):
                    api.post(f"/hosts/{host}", {"json": {}}, Repeat.IDEMPOTENT)

        with pytest.raises((NoAnswer, StatusError), match="rate limit"):
            write()
        assert len(simulator.requests) <= 5

    @pytest.mark.parametrize("after", [0, 1])
    def test_a_limit_that_leaves_no_room_is_an_error_in_the_end(
        self, after: int, simulator: Simulator
    ) -> None:
        simulator.fail("GET", "/hosts", 1000, Fault.too_many_requests(after))
        api = paced(simulator, [], api_rate_limit_timeout=1.5)
        with pytest.raises(StatusError, match="api_rate_limit_timeout") as late:
            api.get("/hosts")
        assert late.value.status == 429
        assert 2 <= len(simulator.requests) <= 6

    def test_a_wait_that_would_be_too_long_is_not_begun(self, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 1000, Fault.too_many_requests(3600))
        own = settings(simulator)
        board = Board()
        with pytest.raises(StatusError, match="429"):
            Api(own, pace=Pace(own, board)).get("/hosts")
        # Whoever comes later knows it without asking.
        with pytest.raises(NoAnswer, match="within 900 s") as late:
            Api(own, pace=Pace(own, board)).get("/hosts")
        assert not late.value.sent
        assert "api_rate_limit_timeout" in str(late.value)
        assert len(simulator.requests) == 1

    def test_another_token_has_a_limit_of_its_own(self, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 1, Fault.too_many_requests(3600))
        board = Board()
        first = settings(simulator)
        with pytest.raises(StatusError, match="429"):
            Api(first, pace=Pace(first, board)).get("/hosts")
        second = settings(simulator, api_token=simulator.tokens["agency"])
        assert Api(second, pace=Pace(second, board)).get("/hosts").status == 200

    def test_half_of_what_is_left_is_under_way(self, simulator: Simulator) -> None:
        pace = Pace(settings(simulator), Board())
        with pace.turn(time.monotonic() + 9) as turn:
            turn.answered({"X-RateLimit-Remaining": "4"})
        most = now = 0
        lock = threading.Lock()

        def work(_number: int) -> None:
            nonlocal most, now
            with pace.turn(time.monotonic() + 60):
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
    def test_nobody_waits_out_a_pause_after_a_failure(self, simulator: Simulator) -> None:
        pace = Pace(settings(simulator), Board())
        with pace.turn(time.monotonic() + 9) as turn:
            assert turn.refused(50)
        ended: list[type[BaseException]] = []

        def work() -> None:
            try:
                with pace.turn(time.monotonic() + 99):
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

    def test_who_comes_later_is_not_called_off(self, simulator: Simulator) -> None:
        pace = Pace(settings(simulator), Board())
        pace.call_off()
        with pace.turn(time.monotonic() + 9):
            pass

    def test_a_pause_of_one_thread_can_be_called_off_too(self, simulator: Simulator) -> None:
        pace = Pace(settings(simulator), Board())
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
        api = paced(simulator, [], api_retries=3)
        with pytest.raises(StatusError, match="403"):
            List(api, "/hosts", "hosts", size=3, workers=4).read()
        while any(each.name.startswith("turbostack_") for each in threading.enumerate()):
            assert time.monotonic() - began < 10, "a thread still waits"
            time.sleep(0.02)
