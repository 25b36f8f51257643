# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists come whole, whatever the server does to them meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    StatusError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.pages import List
from simulator import Fault, Simulator, Switches
from simulator.request_log import LoggedRequest

Connect = Callable[..., Api]


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [int(row["id"]) for row in rows]


def pages_asked(simulator: Simulator) -> list[str]:
    return [request.query["page"] for request in simulator.requests]


class TestWholeLists:
    @pytest.mark.parametrize(
        "envelope",
        [
            "paginator",
            "resource",
            "bare",
            "bare-paged",
            "simple",
            "numeric-keys",
            "named",
            "named-paged",
        ],
    )
    @pytest.mark.parametrize("workers", [1, 3])
    def test_every_envelope(
        self, api: Api, simulator: Simulator, envelope: str, workers: int
    ) -> None:
        simulator.switches.list_envelope = envelope
        rows = List(api, "/hosts", "hosts", size=7, workers=workers).read()
        assert ids(rows) == sorted(simulator.fleet.hosts)

    @pytest.mark.parametrize(
        "switches",
        [
            {"size_cap": 4},
            {"size_cap": 4, "page_urls_keep_size": True},
            {"size_refused_above": 20},
            {"per_page_string": True, "size_cap": 3},
        ],
    )
    def test_a_size_that_the_server_caps_or_refuses(
        self, api: Api, simulator: Simulator, switches: dict[str, Any]
    ) -> None:
        simulator.switches = Switches(**switches)
        assert ids(List(api, "/hosts", "hosts", workers=2).read()) == sorted(simulator.fleet.hosts)

    def test_a_page_is_asked_for_once(self, api: Api, simulator: Simulator) -> None:
        List(api, "/hosts", "hosts", size=7, workers=3).read()
        assert sorted(pages_asked(simulator)) == ["1", "2", "3", "4", "5"]

    def test_one_page_is_one_request(self, api: Api, simulator: Simulator) -> None:
        List(api, "/hosts", "hosts", workers=3).read()
        assert pages_asked(simulator) == ["1"]

    def test_an_empty_list(self, api: Api, simulator: Simulator) -> None:
        simulator.fleet.hosts.clear()
        assert List(api, "/hosts", "hosts", workers=3).read() == []

    def test_rows_are_made_into_something_where_they_are_fetched(
        self, api: Api, simulator: Simulator
    ) -> None:
        threads = set()

        def make(number: int, row: dict[str, Any]) -> str:
            threads.add(threading.current_thread().name)
            return f"{number} {row['name']}"

        made = List(api, "/hosts", "hosts", size=3, workers=2, make=make).read()
        assert made == [f"{host.id} {host.name}" for host in simulator.fleet.hosts.values()]
        assert any(name.startswith("turbostack") for name in threads)

    def test_pages_come_at_the_same_time(self, connect: Connect, simulator: Simulator) -> None:
        simulator.switches.latency_ms = 1500
        List(connect(), "/hosts", "hosts", size=3, workers=9).read()
        begun = [request.time for request in simulator.requests]
        # All but the first page, which tells of the others, and the last, for which no worker was left.
        assert max(begun[1:9]) < begun[1] + 1.5

    def test_progress(self, api: Api, simulator: Simulator) -> None:
        told: list[tuple[int, int | None]] = []
        List(api, "/hosts", "hosts", size=20, on_page=lambda *each: told.append(each)).read()
        assert told == [(20, 30), (10, 30)]


class TestMovement:
    """Hosts that come or go while pages are read."""

    @pytest.mark.parametrize("workers", [1, 4])
    @pytest.mark.parametrize("page", ["1", "2", "4", "5"])
    def test_one_that_goes_takes_no_other_with_it(
        self, api: Api, simulator: Simulator, workers: int, page: str
    ) -> None:
        first = min(simulator.fleet.hosts)

        def go(request: LoggedRequest) -> None:
            if request.query["page"] == page and first in simulator.fleet.hosts:
                simulator.fleet.remove_host(first)

        simulator.on_answer = go
        read = ids(List(api, "/hosts", "hosts", size=6, workers=workers).read())
        assert len(read) == len(set(read))
        assert set(read) >= set(simulator.fleet.hosts)
        assert set(read) <= {first, *simulator.fleet.hosts}

    @pytest.mark.parametrize("workers", [1, 4])
    @pytest.mark.parametrize("page", ["1", "2", "4"])
    def test_one_that_comes_doubles_no_other(
        self, api: Api, simulator: Simulator, workers: int, page: str
    ) -> None:
        before = set(simulator.fleet.hosts)
        row = simulator.fleet.hosts[min(before)]

        def come(request: LoggedRequest) -> None:
            if request.query["page"] == page and 1 not in simulator.fleet.hosts:
                added = simulator.fleet.new_host("new.example")
                simulator.fleet.remove_host(int(added.id))
                added.id = 1
                simulator.fleet.add_host(added)

        simulator.on_answer = come
        read = ids(List(api, "/hosts", "hosts", size=6, workers=workers).read())
        assert row.id in read
        assert len(read) == len(set(read))
        assert set(read) - {1} == before

    def test_only_pages_older_than_the_change_are_read_again(
        self, api: Api, simulator: Simulator
    ) -> None:
        first = min(simulator.fleet.hosts)

        def go(request: LoggedRequest) -> None:
            if request.query["page"] == "2" and first in simulator.fleet.hosts:
                simulator.fleet.remove_host(first)

        simulator.on_answer = go
        List(api, "/hosts", "hosts", size=6).read()
        assert pages_asked(simulator) == ["1", "2", "3", "4", "5", "1", "2"]

    @pytest.mark.parametrize("movement", ["delete", "add"])
    @pytest.mark.parametrize("workers", [1, 4])
    def test_a_list_that_never_holds_still(
        self, api: Api, simulator: Simulator, movement: str, workers: int
    ) -> None:
        for number in range(200, 400):
            simulator.fleet.new_host(f"further{number}.example")
        before = set(simulator.fleet.hosts)
        simulator.switches.paging_movement = movement
        read = ids(List(api, "/hosts", "hosts", size=20, workers=workers).read())
        assert len(read) == len(set(read))
        assert set(read) >= before & set(simulator.fleet.hosts)
        assert set(read) <= before | set(simulator.fleet.hosts)

    def test_a_total_that_is_not_true_is_an_error(self, api: Api, simulator: Simulator) -> None:
        simulator.fail("GET", "page=3", 100, Fault("half", _without_last_row, True))
        with pytest.raises(BodyError, match="counts 30 hosts, its pages hold 29"):
            List(api, "/hosts", "hosts", size=6, workers=2).read()

    def test_a_server_that_repeats_a_page_is_an_error(self, api: Api, simulator: Simulator) -> None:
        simulator.switches.list_envelope = "simple"
        row = '{"data": [{"id": 7}], "next_page_url": "/x"}'
        simulator.fail("GET", "/hosts", 1000, Fault("again", _always(row), True))
        with pytest.raises(BodyError, match="page 2 repeats what came before"):
            List(api, "/hosts", "hosts").read()

    def test_a_last_page_that_runs_away_is_not_followed(
        self, api: Api, simulator: Simulator
    ) -> None:
        rows = '{"data": [], "last_page": 999999999}'
        simulator.fail("GET", "page=[^1]", 1000, Fault("more", _always(rows), True))
        first = '{"data": [{"id": 7}], "last_page": 999999999}'
        simulator.fail("GET", "page=1$", 1000, Fault("first", _always(first), True))
        assert ids(List(api, "/hosts", "hosts", workers=2).read()) == [7]
        assert len(simulator.requests) < 10


class TestOrder:
    """Rows that change their places from request to request."""

    @pytest.mark.parametrize(
        "envelope", ["paginator", "resource", "bare-paged", "simple", "numeric-keys", "named-paged"]
    )
    @pytest.mark.parametrize("size", [7, 25, 29])
    @pytest.mark.parametrize("workers", [1, 3])
    def test_hides_no_row(
        self, api: Api, simulator: Simulator, envelope: str, size: int, workers: int
    ) -> None:
        simulator.switches.update(list_envelope=envelope, list_order="changing")
        read = ids(List(api, "/hosts", "hosts", size=size, workers=workers).read())
        assert sorted(read) == sorted(simulator.fleet.hosts)

    @pytest.mark.parametrize("envelope", ["paginator", "bare-paged", "simple"])
    def test_in_a_large_list(self, api: Api, simulator: Simulator, envelope: str) -> None:
        for number in range(90):
            simulator.fleet.new_host(f"further{number}.example")
        simulator.switches.update(list_envelope=envelope, list_order="changing")
        for size in (3, 100):
            read = ids(List(api, "/hosts", "hosts", size=size).read())
            assert sorted(read) == sorted(simulator.fleet.hosts)

    def test_one_that_goes_meanwhile_is_not_missed_for_another(
        self, api: Api, simulator: Simulator
    ) -> None:
        simulator.switches.list_envelope = "bare-paged"
        first = min(simulator.fleet.hosts)

        def go(request: LoggedRequest) -> None:
            if request.query["page"] == "3" and first in simulator.fleet.hosts:
                simulator.fleet.remove_host(first)

        simulator.on_answer = go
        read = ids(List(api, "/hosts", "hosts", size=6).read())
        assert sorted(read) == sorted(simulator.fleet.hosts)

    @pytest.mark.parametrize("size", [28, 29])
    def test_the_last_row_does_not_slip_onto_the_only_page_unseen(
        self, api: Api, simulator: Simulator, size: int
    ) -> None:
        simulator.switches.list_envelope = "bare-paged"
        first = min(simulator.fleet.hosts)

        def go(request: LoggedRequest) -> None:
            if request.query["page"] == "1" and first in simulator.fleet.hosts:
                simulator.fleet.remove_host(first)

        simulator.on_answer = go
        read = ids(List(api, "/hosts", "hosts", size=size).read())
        assert sorted(read) == sorted(simulator.fleet.hosts)

    @pytest.mark.parametrize(("envelope", "asked"), [("bare", 2), ("simple", 1), ("bare-paged", 3)])
    def test_a_list_on_one_page_takes_few_requests(
        self, api: Api, simulator: Simulator, envelope: str, asked: int
    ) -> None:
        simulator.switches.list_envelope = envelope
        List(api, "/hosts", "hosts").read()
        assert len(simulator.requests) == asked

    def test_where_readings_never_agree_there_is_no_list(
        self, api: Api, simulator: Simulator
    ) -> None:
        simulator.switches.list_envelope = "bare-paged"

        def come(request: LoggedRequest) -> None:
            if request.query["page"] == "2":
                simulator.fleet.new_host(f"new{len(simulator.fleet.hosts)}.example")

        simulator.on_answer = come
        with pytest.raises(BodyError, match="nobody counts its rows, and no two readings"):
            List(api, "/hosts", "hosts", size=6).read()

    def test_a_list_without_end_is_not_followed(self, api: Api, simulator: Simulator) -> None:
        pages = ['[{"id": 7}, {"id": 8}]', '[{"id": 8}]', '[{"id": 7}]']

        def again(due: Any, request: Any) -> Any:
            from simulator.answers import Answer

            return Answer(200, pages[int(request.query["page"]) % 3].encode())

        simulator.fail("GET", "/hosts", 1000, Fault("again", again, True))
        with pytest.raises(BodyError, match=r"page 3 repeats .* no end to the pages"):
            List(api, "/hosts", "hosts").read()
        assert len(simulator.requests) < 40


class TestFailures:
    @pytest.mark.parametrize("workers", [1, 4])
    def test_an_error_on_any_page_is_the_lists(
        self, connect: Connect, simulator: Simulator, workers: int
    ) -> None:
        simulator.fail("GET", "page=4", 1, Fault.forbidden())
        with pytest.raises(StatusError, match=r"GET /api/v1/hosts\?size=6&page=4: 403"):
            List(connect(), "/hosts", "hosts", size=6, workers=workers).read()

    def test_what_was_read_before_it_is_there(self, api: Api, simulator: Simulator) -> None:
        simulator.fail("GET", "page=3", 1, Fault.forbidden())
        hosts = List(api, "/hosts", "hosts", size=6)
        with pytest.raises(StatusError):
            hosts.read()
        assert ids(hosts.rows) == sorted(simulator.fleet.hosts)[:12]

    def test_a_refused_first_page_is_an_error(self, api: Api, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 10, Fault.status(422, "Nothing will do."))
        with pytest.raises(StatusError, match=r"Nothing will do\."):
            List(api, "/hosts", "hosts").read()

    def test_a_row_without_an_id_is_an_error(self, api: Api, simulator: Simulator) -> None:
        simulator.fail("GET", "/hosts", 1, Fault("none", _always('[{"name": "x"}]'), True))
        with pytest.raises(BodyError, match="no usable id"):
            List(api, "/hosts", "hosts").read()


def _always(text: str) -> Callable[[Any, Any], Any]:
    from simulator.answers import Answer

    return lambda due, request: Answer(200, text.encode())


def _without_last_row(due: Any, request: Any) -> Any:
    import json
    from dataclasses import replace

    body = json.loads(due.body)
    body["data"].pop()
    return replace(due, body=json.dumps(body).encode())
