# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources as ansible-rulebook starts them, against a simulated platform."""

from __future__ import annotations

import asyncio
import runpy
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    CONNECTION_ARGUMENTS,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching import options
from simulator import CANARY, Fault, Fleet, Simulator
from workshop.build_tree import COLLECTION
from workshop.places import LINKED

# Where ansible-rulebook finds it: in a folder of collections.
EDA = LINKED / COLLECTION / "extensions" / "eda"
_PATIENCE = 30

Event = dict[str, Any]


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(fleet=Fleet.generate(hosts=6, seed=3)) as simulator:
        for host in simulator.fleet.hosts.values():
            host.monitoring = figures(10)
        yield simulator


def figures(disk: float) -> dict[str, Any]:
    return {"load": {"load5": 0.5, "cores": 4}, "disk": {"used_percent": disk}}


class Watch:
    """A running source, and what comes out of it."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self._queue: asyncio.Queue[Event] = asyncio.Queue()

    async def next(self) -> Event:
        event = await asyncio.wait_for(self._queue.get(), _PATIENCE)
        assert set(event) == {"turbostack"}
        assert not CANARY.search(repr(event))
        assert self.simulator.token not in repr(event)
        return event["turbostack"]

    async def looks(self, count: int = 2) -> None:
        """Wait until the fleet was read so many times more."""
        wanted = self._lists() + count

        async def read() -> None:
            while self._lists() < wanted:
                await asyncio.sleep(0.01)

        await asyncio.wait_for(read(), _PATIENCE)

    def _lists(self) -> int:
        return sum(request.path.endswith("/hosts") for request in self.simulator.requests)

    @property
    def is_quiet(self) -> bool:
        return self._queue.empty()


def watched(
    name: str, simulator: Simulator, story: Callable[[Watch], Awaitable[None]], **args: Any
) -> None:
    """Run the source, and the story of what happens meanwhile."""

    async def both() -> None:
        watch = Watch(simulator)
        source = runpy.run_path(str(EDA / "plugins" / "event_source" / f"{name}.py"))
        given = {
            "api_url": simulator.url,
            "api_token": simulator.token,
            "interval": 0.02,
            "api_retries": 0,
            **args,
        }
        running = asyncio.create_task(source["main"](watch._queue, given))
        telling = asyncio.ensure_future(story(watch))
        done, _open = await asyncio.wait({running, telling}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        telling.cancel()
        await asyncio.gather(running, telling, return_exceptions=True)
        for task in done:
            task.result()
        assert telling in done, "the source has ended"

    asyncio.run(both())


def deploy(simulator: Simulator, host_id: int) -> None:
    with simulator.lock:
        simulator.deployments.start(simulator.fleet.hosts[host_id], "deploy", simulator.switches)


async def until(watch: Watch, status: str) -> list[Event]:
    """The events up to the first one with this status."""
    events = [await watch.next()]
    while events[-1]["status"] != status:
        events.append(await watch.next())
    return events


def test_a_deployment_is_told_from_its_start_to_its_end(simulator: Simulator) -> None:
    first, second, *_others = simulator.fleet.hosts
    simulator.deployments.fail_for(first, "DB_PASSWORD=hunter2hunter2 was refused")

    async def story(watch: Watch) -> None:
        await watch.looks()
        assert watch.is_quiet
        deploy(simulator, first)
        events = await until(watch, "failed")
        assert "deployment" in events[0]["changed"]
        assert events[0]["previous"] == "none"
        assert all(event["changed"] == ["status"] for event in events[1:])
        failed = events[-1]
        assert failed["kind"] == "deployment"
        assert (failed["host"], failed["host_id"]) == (simulator.fleet.hosts[first].name, first)
        assert failed["client_id"] == simulator.fleet.hosts[first].client_id
        assert "hunter2" not in failed["reason"]
        assert "was refused" in failed["reason"]
        assert failed["marks"]["id"] == str(simulator.deployments.of(first)[0].id)
        deploy(simulator, second)
        assert {event["host_id"] for event in await until(watch, "succeeded")} == {second}
        await watch.looks()
        assert watch.is_quiet

    watched("deployments", simulator, story)
    assert {request.method for request in simulator.requests} == {"GET"}


def test_what_an_outage_hides_is_told_afterwards_and_the_outage_once(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    host_id = next(iter(simulator.fleet.hosts))

    async def story(watch: Watch) -> None:
        await watch.looks()
        simulator.fail(path="/deploy$", with_=Fault.unauthenticated(), times=2)
        simulator.fail(path="/hosts", with_=Fault.echo_token(), times=2)
        deploy(simulator, host_id)
        events = await until(watch, "succeeded")
        assert {event["host_id"] for event in events} == {host_id}
        assert "deployment" in events[0]["changed"]

    watched("deployments", simulator, story)
    told = [record.getMessage() for record in caplog.records]
    assert sum("cannot be watched" in text for text in told) <= 3
    assert told[-1] == "The platform can be watched again."
    assert simulator.token not in caplog.text


def test_one_host_that_cannot_be_read_does_not_hide_the_others(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    broken, well, *_others = simulator.fleet.hosts
    simulator.fail(path=f"/hosts/{broken}/deploy", with_=Fault.wrong_type(), times=1000)

    async def story(watch: Watch) -> None:
        await watch.looks()
        deploy(simulator, well)
        assert {event["host_id"] for event in await until(watch, "succeeded")} == {well}

    watched("deployments", simulator, story)
    (told,) = caplog.records
    assert simulator.fleet.hosts[broken].name in told.getMessage()


def test_only_the_hosts_that_are_meant_are_asked_for(simulator: Simulator) -> None:
    host = next(iter(simulator.fleet.hosts.values()))

    async def story(watch: Watch) -> None:
        await watch.looks(3)

    watched(
        "deployments",
        simulator,
        story,
        clients=[host.client_id],
        name_pattern=str(host.name).upper(),
    )
    paths = {request.path for request in simulator.requests}
    assert paths == {
        f"/api/v1/clients/{host.client_id}/hosts",
        f"/api/v1/hosts/{host.id}/deploy",
        f"/api/v1/hosts/{host.id}",
    }


def test_a_figure_is_told_where_it_crosses_and_not_where_it_swings(simulator: Simulator) -> None:
    full, other, *_others = simulator.fleet.hosts
    simulator.fleet.hosts[full].monitoring = figures(85)

    async def story(watch: Watch) -> None:
        event = await watch.next()
        assert (event["host"], event["host_id"]) == (simulator.fleet.hosts[full].name, full)
        assert event["kind"] == "monitoring"
        assert (event["status"], event["previous"]) == ("warning", "ok")
        assert (event["changed"], event["value"], event["threshold"]) == (["disk_percent"], 85, 80)
        assert event["figures"]["load_per_core"] == 0.12
        for disk in (79, 81, 77):
            simulator.fleet.hosts[full].monitoring = figures(disk)
            await watch.looks()
        assert watch.is_quiet
        simulator.fleet.hosts[other].monitoring = figures(97)
        event = await watch.next()
        assert (event["host_id"], event["status"], event["threshold"]) == (other, "critical", 90)
        simulator.switches.monitoring = "empty-list"
        await watch.looks()
        assert watch.is_quiet
        simulator.switches.monitoring = "object"
        simulator.fleet.hosts[full].monitoring = figures(20)
        event = await watch.next()
        assert (event["host_id"], event["status"], event["previous"]) == (full, "ok", "warning")

    watched("monitoring", simulator, story)
    assert {request.path for request in simulator.requests} == {"/api/v1/hosts"}


def test_monitoring_survives_an_outage(simulator: Simulator) -> None:
    host_id = next(iter(simulator.fleet.hosts))

    async def story(watch: Watch) -> None:
        await watch.looks()
        simulator.fail(path="/hosts", with_=[Fault.bad_gateway(), Fault.html(), Fault.dropped()])
        simulator.fleet.hosts[host_id].monitoring = figures(99)
        assert (await watch.next())["host_id"] == host_id

    watched("monitoring", simulator, story)


@pytest.mark.parametrize("name", ["deployments", "monitoring"])
def test_a_mistake_of_the_rulebook_ends_the_source_in_words(
    simulator: Simulator, name: str
) -> None:
    async def story(watch: Watch) -> None:
        await asyncio.sleep(_PATIENCE)

    with pytest.raises(SettingsError, match="intervall"):
        watched(name, simulator, story, intervall=5)
    assert len(simulator.requests) == 0


@pytest.mark.parametrize("name", ["deployments", "monitoring"])
def test_the_source_explains_the_arguments_that_it_takes(name: str) -> None:
    source = runpy.run_path(str(EDA / "plugins" / "event_source" / f"{name}.py"))
    explained = yaml.safe_load(source["DOCUMENTATION"])["options"]
    own = {"deployments": options.DEPLOYMENTS, "monitoring": options.MONITORING}[name]
    assert set(explained) == {*own, *CONNECTION_ARGUMENTS}
    for argument, option in CONNECTION_ARGUMENTS.items():
        assert explained[argument].get("default") == option.get("default")
    (example,) = yaml.safe_load(source["EXAMPLES"])
    assert set(example[f"hosted_power.turbostack.{name}"]) <= set(explained)


@pytest.mark.parametrize("name", ["deployments", "monitoring"])
def test_the_rulebook_uses_the_source_as_it_is(name: str) -> None:
    (rulebook,) = yaml.safe_load((EDA / "rulebooks" / f"{name}.yml").read_text(encoding="utf-8"))
    (source,) = rulebook["sources"]
    args = source[f"hosted_power.turbostack.{name}"]
    read = {
        "deployments": options.deployment_options,
        "monitoring": options.monitoring_options,
    }[name]
    assert read({"api_token": "1|abc", **args}).watching.interval == args["interval"]


@pytest.mark.parametrize("packaged", [False, True])
@pytest.mark.parametrize("name", ["deployments", "monitoring"])
def test_the_source_finds_its_code_by_itself(tmp_path: Path, name: str, packaged: bool) -> None:
    # The package ansible has a package ansible_collections, which would hide all others of that name.
    folder = tmp_path / "ansible_collections"
    folder.mkdir()
    if packaged:
        (folder / "__init__.py").touch()
    source = EDA / "plugins" / "event_source" / f"{name}.py"
    program = (
        f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r}); "
        f"print(runpy.run_path({str(source)!r})['main'].__name__, 'ansible' in sys.modules)"
    )
    command = [sys.executable, "-I", "-c", program]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.stdout == "main False\n", answer.stderr
