# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs over a fleet hold the decoded configurations of a few hosts at a time, however many there are."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    platform,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import (
    MERGED,
    Policy,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    config_backup,
    config_restore,
    host_info,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    TaskContext,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources import json_field
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift import job
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.member import (
    Member,
    Wanted,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report import report
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.known_host import (
    KnownHost,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access import (
    run as ssh_access,
)
from simulator import Simulator
from workshop.places import ROOT

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " an@agency.example"


class Document(dict[str, Any]):
    """A decoded configuration, of which it can be told whether anybody still has it."""


@pytest.fixture
def most_at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many were there at one time."""
    decode, kept, most = json_field.decode, [], [0]

    def counted(*given: Any, **more: Any) -> Document:
        document = Document(decode(*given, **more))
        kept.append(weakref.ref(document))
        most[0] = max(most[0], sum(one() is not None for one in kept))
        return document

    monkeypatch.setattr(json_field, "decode", counted)
    return lambda: most[0]


@pytest.fixture(params=["in pages", "one by one"])
def workers(request: pytest.FixtureRequest, simulator: Simulator) -> int:
    """How many requests are under way at once."""
    simulator.switches.rows_have_json = request.param == "in pages"
    return 2


def drift(task: Callable[..., Any], simulator: Simulator) -> None:
    where = platform(simulator.url)
    members = [
        Member(
            str(host.name),
            KnownHost(int(host.id), name=host.name, platform=where),
            Wanted({"webserver": "apache"}, MERGED, Policy()),
        )
        for host in simulator.fleet.hosts.values()
    ]
    job.run(job.Job(members, failing=job.ERRORS), task(host_info.OPERATION).api, TaskContext())


JOBS: dict[str, Callable[[Any, Simulator, int, Path], Any]] = {
    "drift": lambda task, simulator, workers, folder: drift(task, simulator),
    "fleet_report": lambda task, simulator, workers, folder: task(report.OPERATION)(
        assets=str(ROOT / "roles" / "fleet_report"),
        path=str(folder / "fleet.html"),
        workers=workers,
    ),
    "host_info": lambda task, simulator, workers, folder: task(host_info.OPERATION)(
        name_pattern="*", workers=workers
    ),
    "config_backup": lambda task, simulator, workers, folder: task(config_backup.OPERATION)(
        path="saved", workers=workers
    ),
    "config_restore": lambda task, simulator, workers, folder: task(config_restore.OPERATION)(
        path="saved", everything=True, workers=workers, check_mode=True
    ),
    "ssh_access": lambda task, simulator, workers, folder: task(ssh_access.OPERATION)(
        people=[{"name": "An", "keys": [KEY], "where": {"everywhere": True}}],
        workers=workers,
        check_mode=True,
    ),
}


@pytest.mark.parametrize("name", list(JOBS))
def test_a_job_holds_a_few_documents(
    name: str,
    task: Callable[..., Any],
    simulator: Simulator,
    workers: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    JOBS["config_backup"](task, simulator, workers, tmp_path)
    most_at_once = request.getfixturevalue("most_at_once")
    JOBS[name](task, simulator, workers, tmp_path)
    # Each thread has one that it reads and one that it lets go of; drift has four of them.
    assert 0 < most_at_once() <= 8 < len(simulator.fleet.hosts)
