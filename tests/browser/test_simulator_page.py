# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's own page: what it shows of a running platform, as it happens."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator
from simulator.scenarios import scenario

from .chromium import Tab
from .conftest import EVIL
from .test_page import TOO_FAINT

ROWS = """Array.from(document.querySelectorAll('#{table} tr'),
    (row) => Array.from(row.cells, (cell) => cell.textContent))"""


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(Fleet.generate(300, 7), scenario=scenario("bad-day")) as started:
        started.faults.clear()
        yield started


def rows(tab: Tab, table: str) -> list[list[str]]:
    found: list[list[str]] = tab.run(ROWS.format(table=table))
    return found


def until(tab: Tab, condition: str) -> None:
    """Wait for what the page shows with its next refresh."""
    deadline = time.monotonic() + 20
    while not tab.run(condition):
        assert time.monotonic() < deadline, tab.run("document.body.innerText")
        time.sleep(0.1)


def ask(simulator: Simulator, path: str, body: bytes | None = None) -> None:
    headers = {
        "Authorization": f"Bearer {simulator.token}",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(f"{simulator.url}/api/v1{path}", body, headers)
    # It may be refused, as it is meant to be.
    with suppress(OSError):
        urllib.request.urlopen(request, timeout=10).close()


def visit(tab: Tab, simulator: Simulator) -> None:
    tab.send("Page.navigate", url=simulator.url)
    until(tab, "document.querySelectorAll('#hosts tr').length > 0")


def test_it_follows_what_happens(tab: Tab, simulator: Simulator) -> None:
    visit(tab, simulator)
    said: str = tab.run("document.getElementById('scenario').textContent")
    assert said.startswith("Scenario bad-day: Deployments fail")
    assert len(rows(tab, "hosts")) == 200
    assert tab.run("document.getElementById('shown').textContent") == "The first 200 of 300."

    host = sorted(simulator.fleet.hosts)[2]
    simulator.switches.update(deploy_queued_seconds=0, deploy_running_seconds=0)
    simulator.fail(path="/groups", with_=Fault.bad_gateway())
    ask(simulator, f"/hosts/{host}/deploy", b'{"type": "deploy"}')
    ask(simulator, "/groups?size=2")
    until(tab, "document.getElementById('requests').textContent.includes('/groups')")
    latest, before = rows(tab, "requests")[:2]
    assert (latest[2], latest[3], latest[5]) == (
        "GET /api/v1/groups?size=2",
        "502",
        "bad_gateway",
    )
    assert before[2] == f"POST /api/v1/hosts/{host}/deploy"
    # What needs a look comes first.
    first = rows(tab, "hosts")[0]
    assert first[0] == str(host)
    assert first[4].startswith("failed (deploy, ")
    assert "Certbot failed" in first[4]
    assert tab.run("document.documentElement.outerHTML").count(simulator.token) == 0

    name = simulator.fleet.hosts[host].name
    tab.run(
        f"(() => {{ const field = document.getElementById('filter'); field.value = '{name}';"
        " field.dispatchEvent(new Event('input')); })()"
    )
    assert [row[1] for row in rows(tab, "hosts")] == [name]
    assert tab.events("Log.entryAdded", "Runtime.exceptionThrown") == []


def test_names_that_mean_harm_stay_text(tab: Tab) -> None:
    fleet = Fleet()
    for text in EVIL:
        fleet.new_host(text, {"webserver": "nginx"})
    with Simulator(fleet) as simulator:
        visit(tab, simulator)
        assert [row[1] for row in rows(tab, "hosts")] == list(EVIL)
        assert tab.run("window.hit") is None
        assert tab.run("document.querySelectorAll('main img, main [onfocus]').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_text_has_contrast(tab: Tab, simulator: Simulator, scheme: str) -> None:
    tab.media(color_scheme=scheme)
    visit(tab, simulator)
    seen: dict[str, Any] = tab.run(TOO_FAINT)
    assert seen["looked"] > 300
    assert seen["found"] == []
