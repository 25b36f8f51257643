# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is news: of deployments, of figures, and how long to wait for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.thresholds import (
    Level,
    Threshold,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching.deployment_changes import (
    DeploymentChanges,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching.figure_levels import (
    FigureLevels,
    next_level,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching.pauses import Pauses

NONE = Deployment(State.NONE)


def deployment(state: State, number: int | None = None, **times: str) -> Deployment:
    return Deployment(state, marks={**({"id": str(number)} if number else {}), **times})


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (NONE, NONE, None),
        (NONE, deployment(State.QUEUED, 1), ("deployment", "status")),
        (deployment(State.QUEUED, 1), deployment(State.RUNNING, 1), ("status",)),
        (deployment(State.RUNNING, 1), deployment(State.FAILED, 1), ("status",)),
        (deployment(State.FAILED, 1), deployment(State.FAILED, 1), None),
        # One that came and went between two looks.
        (deployment(State.SUCCEEDED, 1), deployment(State.SUCCEEDED, 2), ("deployment",)),
        (deployment(State.SUCCEEDED, 1), deployment(State.FAILED, 2), ("deployment", "status")),
        (deployment(State.RUNNING, 1), deployment(State.RUNNING, 2), ("deployment",)),
        # Without ids and times, only an end that is no end any more is another deployment for sure.
        (deployment(State.RUNNING), deployment(State.SUCCEEDED), ("status",)),
        (deployment(State.SUCCEEDED), deployment(State.RUNNING), ("deployment", "status")),
        (deployment(State.SUCCEEDED), deployment(State.SUCCEEDED), None),
        # A time that is only there now is the end of the same one.
        (
            deployment(State.RUNNING, started_at="2026-01-01T10:00:00Z"),
            deployment(
                State.SUCCEEDED,
                started_at="2026-01-01T10:00:00Z",
                finished_at="2026-01-01T10:01:00Z",
            ),
            ("status",),
        ),
    ],
)
def test_what_changed_of_a_deployment(
    before: Deployment, after: Deployment, changed: tuple[str, ...] | None
) -> None:
    changes = DeploymentChanges()
    assert changes.observe(7, before) is None
    seen = changes.observe(7, after)
    assert (seen.parts if seen else None) == changed
    assert seen is None or seen.previous is before.state
    assert changes.observe(7, after) is None


def test_hosts_are_told_apart_and_forgotten_when_they_are_gone() -> None:
    changes = DeploymentChanges()
    changes.observe(7, deployment(State.RUNNING, 1))
    assert changes.observe(8, deployment(State.FAILED, 2)) is None
    changes.keep({8})
    assert changes.observe(7, deployment(State.FAILED, 1)) is None
    assert changes.observe(8, deployment(State.SUCCEEDED, 3)) is not None


DISK = Threshold(80.0, 90.0)


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        ([79.9, 80.0, 90.0], ["ok", "warning", "critical"]),
        # It swings about the threshold, and is one warning.
        ([81, 79, 81, 76, 75.9], ["warning", "warning", "warning", "warning", "ok"]),
        (
            [95, 86, 85.5, 85.4, 77, 75],
            ["critical", "critical", "critical", *["warning"] * 2, "ok"],
        ),
        ([95, 10], ["critical", "ok"]),
        ([10, 95], ["ok", "critical"]),
    ],
)
def test_a_level_is_left_only_by_the_margin(values: Sequence[float], levels: list[str]) -> None:
    held, found = Level.OK, []
    for value in values:
        held = next_level(held, value, DISK, margin=5)
        found.append(held.value)
    assert found == levels


def test_without_a_margin_a_level_is_what_the_threshold_says() -> None:
    for value in (0, 79.9, 80, 89.9, 90, 100):
        for held in (Level.OK, Level.WARNING, Level.CRITICAL):
            assert next_level(held, value, DISK, margin=0) is DISK.level(value)


def test_crossings_name_the_bound_and_an_unknown_figure_stays_where_it_was() -> None:
    levels = FigureLevels({"disk_percent": DISK}, margin=5)
    (crossing,) = levels.observe(7, {"disk_percent": 92.0, "memory_percent": 99.0})
    assert (crossing.figure, crossing.level, crossing.previous) == (
        "disk_percent",
        Level.CRITICAL,
        Level.OK,
    )
    assert crossing.threshold == 90.0
    assert levels.observe(7, {"disk_percent": None}) == []
    assert levels.observe(7, {}) == []
    assert levels.observe(7, {"disk_percent": 93.0}) == []
    (back,) = levels.observe(7, {"disk_percent": 82.0})
    assert (back.level, back.previous, back.threshold) == (Level.WARNING, Level.CRITICAL, 90.0)
    (well,) = levels.observe(7, {"disk_percent": 20.0})
    assert (well.level, well.threshold) == (Level.OK, 80.0)
    levels.observe(7, {"disk_percent": 92.0})
    levels.keep(set())
    assert [one.level for one in levels.observe(7, {"disk_percent": 92.0})] == [Level.CRITICAL]


def test_pauses_double_while_it_fails_and_begin_anew() -> None:
    pauses = Pauses(60)
    assert [pauses.after_failure() for _time in range(6)] == [60, 120, 240, 480, 900, 900]
    assert pauses.after_success() == 60
    assert pauses.after_failure() == 60
    slow = Pauses(3600)
    assert [slow.after_failure() for _time in range(99)] == [3600] * 99
