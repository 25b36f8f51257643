# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift over a fleet from the inventory's own variables: no request as long as nothing drifted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller

HOST = "hosted_power.turbostack.turbostack_host"


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet.generate(hosts=4, seed=1)
    for host in fleet.hosts.values():
        host.document = {**host.document, "webserver": "nginx"}
    return fleet


@pytest.fixture
def source(ansible: Controller) -> Path:
    return ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})


def drift(config: dict[str, Any], **options: Any) -> dict[str, Any]:
    snapshot = {"snapshot": "{{ turbostack_config }}", **options}
    return {"name": "Look", HOST: {"config": config, **snapshot}}


def test_over_the_inventory(ansible: Controller, source: Path, simulator: Simulator) -> None:
    listed = ansible.inventory(source)
    config = {"webserver": "nginx"}
    plays = ansible.tasks(drift(config, snapshot_time="{{ now(utc=true) }}"), hosts="all")
    run = ansible.playbook(plays, "--check", inventory=source)
    assert len(run.requests) == len(listed.requests)
    for result in run.results:
        assert result["snapshot"]["used"] is True
        assert 0 <= result["snapshot"]["age"] < 60
        assert not result.changed
    assert len(run.results) == len(simulator.fleet.hosts)


def test_where_there_is_drift_the_live_configuration_counts(
    ansible: Controller, source: Path, simulator: Simulator
) -> None:
    drifted, mended, *_others = simulator.fleet.hosts.values()
    drifted.document = {**drifted.document, "webserver": "apache"}
    mended.document = {**mended.document, "webserver": "apache"}
    seen: list[str] = []

    def mend(request: Any) -> None:
        """Somebody puts it right between the inventory and the task."""
        seen.append(request.path)
        if request.path.endswith("/hosts") and len(seen) == 1:
            return
        mended.document = {**mended.document, "webserver": "nginx"}

    simulator.on_request = mend
    plays = ansible.tasks(drift({"webserver": "nginx"}), hosts="all")
    run = ansible.playbook(plays, "--check", "--diff", inventory=source)
    by_id = {result["id"]: (result.changed, result["snapshot"]["used"]) for result in run.results}
    assert by_id.pop(drifted.id) == (True, False)
    assert by_id.pop(mended.id) == (False, False)
    assert set(by_id.values()) == {(False, True)}
