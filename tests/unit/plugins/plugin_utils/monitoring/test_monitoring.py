# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every plausible shape of a host's monitoring, and that no shape is an error."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.filter import monitoring as filter_module
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.monitoring.monitoring import (
    NAMES,
    read_monitoring,
)
from simulator import monitoring as simulated

GB = 1024**3


def said(value: Any) -> dict[str, Any]:
    """What is not null."""
    return {name: number for name, number in read_monitoring(value).items() if number is not None}


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ({"load1": 1, "load5": 0.5, "load15": 0.25}, (1, 0.5, 0.25)),
        ({"1": "1", "5": "0.5", "15": "0.25"}, (1, 0.5, 0.25)),
        ({"1m": 1, "5m": 0.5, "15m": 0.25}, (1, 0.5, 0.25)),
        ({"1min": 1, "5min": 0.5, "15min": 0.25}, (1, 0.5, 0.25)),
        ({"load_1": 1, "load_5": 0.5, "load_15": 0.25}, (1, 0.5, 0.25)),
        ({"avg1": 1, "avg5": 0.5, "avg15": 0.25}, (1, 0.5, 0.25)),
        ({"last1Minute": 1, "last5Minutes": 0.5, "last15Minutes": 0.25}, (1, 0.5, 0.25)),
        ({"shortterm": 1, "midterm": 0.5, "longterm": 0.25}, (1, 0.5, 0.25)),
        ({"averages": [1, 0.5, 0.25]}, (1, 0.5, 0.25)),
        ({"avg": {"1": 1, "5": 0.5, "15": 0.25}}, (1, 0.5, 0.25)),
        ([1, 0.5, 0.25], (1, 0.5, 0.25)),
        (["1", "0.5", "0.25"], (1, 0.5, 0.25)),
        ("1 0.5 0.25", (1, 0.5, 0.25)),
        ("1.0, 0.5, 0.25", (1, 0.5, 0.25)),
        ("load average: 1.00, 0.50, 0.25", (1, 0.5, 0.25)),
        ("1.00 0.50 0.25 2/345 6789", (1, 0.5, 0.25)),
        (1, (1, None, None)),
        ("1.0", (1, None, None)),
        ({"current": 1}, (1, None, None)),
        ({"load5": 0.5}, (None, 0.5, None)),
        (0, (0, None, None)),
        # Not to be read without guessing.
        ([1, 0.5], (None, None, None)),
        ("1,00 0,50 0,25", (None, None, None)),
        ("1,5,0", (None, None, None)),
        ("12%", (None, None, None)),
        (-1, (None, None, None)),
        (True, (None, None, None)),
        ("high", (None, None, None)),
        ({"load1": "nan", "load5": math.inf, "load15": 10**400}, (None, None, None)),
        ({}, (None, None, None)),
        ([], (None, None, None)),
        (None, (None, None, None)),
    ],
)
def test_load(load: Any, expected: tuple[float | None, ...]) -> None:
    found = read_monitoring({"load": load})
    assert tuple(found[name] for name in ("load1", "load5", "load15")) == expected


@pytest.mark.parametrize(
    ("monitoring", "cores", "per_core"),
    [
        ({"load": {"load5": 2, "cores": 4}}, 4, 0.5),
        ({"load": {"1": 3, "5": 2, "15": 1, "cpus": "4"}}, 4, 0.5),
        ({"load": [3, 2, 1], "cpu": {"cores": 4}}, 4, 0.5),
        ({"load": [3, 2, 1], "cpu": {"count": 4}}, 4, 0.5),
        ({"load": [3, 2, 1], "cores": 4}, 4, 0.5),
        ({"cpu": {"load": [3, 2, 1], "cores": 4}}, 4, 0.5),
        ({"load1": 2, "cpu_count": 4}, 4, 0.5),
        ({"load": {"load15": 2, "cores": 4}}, 4, 0.5),
        ({"load": {"load1": 2, "per_core": 0.4}}, None, 0.4),
        ({"load": {"load5": 2}}, None, None),
        ({"load": {"load5": 2, "cores": 0}}, None, None),
        ({"load": {"load5": 2, "cores": 2.5}}, None, None),
        ({"load": 2, "cpu": 4}, None, None),
    ],
)
def test_load_for_each_core(monitoring: Any, cores: int | None, per_core: float | None) -> None:
    found = read_monitoring(monitoring)
    assert (found["cores"], found["load_per_core"]) == (cores, per_core)


@pytest.mark.parametrize("part", ["disk", "memory"])
@pytest.mark.parametrize(
    ("usage", "percent", "total_mb"),
    [
        ("42%", 42, None),
        (" 42.5 % ", 42.5, None),
        ("0.5%", 0.5, None),
        ({"used_percent": 42}, 42, None),
        ({"usedPercent": "42"}, 42, None),
        ({"percent": "42%"}, 42, None),
        ({"Use%": "42%"}, 42, None),
        ({"usage": 42}, 42, None),
        ({"usage": "42%"}, 42, None),
        ({"used": "42%"}, 42, None),
        ({"free_percent": 58}, 42, None),
        ({"available": "58%"}, 42, None),
        ({"percent": 0}, 0, None),
        ({"used": 42, "total": 100}, 42, None),
        ({"used": "42", "size": "100"}, 42, None),
        ({"free": 58, "total": 100}, 42, None),
        ({"available": 58, "total": 100}, 42, None),
        ({"used": 42, "free": 58}, 42, None),
        # What is available counts more than what is free.
        ({"total": 100, "free": 1, "available": 58}, 42, None),
        ({"used_mb": 42, "total_mb": 100}, 42, 100),
        ({"usedMB": 42, "totalMB": 100}, 42, 100),
        ({"used_bytes": 42 * GB, "total_bytes": 100 * GB}, 42, 102400),
        ({"used_gb": 42, "total_mb": 102400}, 42, 102400),
        ({"used": "42 GiB", "total": "100 GiB"}, 42, 102400),
        ({"used": "43008M", "total": "100G"}, 42, 102400),
        ({"used": 42, "total": 100, "unit": "GB"}, 42, 102400),
        ({"usage": "42 GB", "total": "100 GB"}, 42, 102400),
        # What is said counts more than what can be calculated; what may be a fraction does not.
        ({"used_percent": 44.2, "used": 42, "total": 100}, 44.2, None),
        ({"used_percent": 0.42, "used": 42, "total": 100}, 42, None),
        # Not to be read without guessing.
        (42, None, None),
        ("42", None, None),
        (0.42, None, None),
        ({"percent": 0.42}, None, None),
        ({"percent": 1}, None, None),
        ({"percent": 142}, None, None),
        ({"percent": -1}, None, None),
        ({"percent": True}, None, None),
        ({"usage": 42, "total": 81920}, None, None),
        ({"usage": "42", "total": 81920}, None, None),
        ({"used": "42 GB", "total": 100}, None, None),
        ({"used": "42 parsecs", "total": "100 parsecs"}, None, None),
        ({"used": 142, "total": 100}, None, None),
        ({"free": 142, "total": 100}, None, None),
        ({"used": 0, "total": 0}, None, None),
        ({"used": 42}, None, None),
        ({"total_mb": 100}, None, 100),
        ({}, None, None),
        ([], None, None),
        ("full", None, None),
        (None, None, None),
    ],
)
def test_disk_and_memory(
    part: str, usage: Any, percent: float | None, total_mb: float | None
) -> None:
    found = read_monitoring({part: usage})
    assert (found[f"{part}_percent"], found[f"{part}_total_mb"]) == (percent, total_mb)


@pytest.mark.parametrize(
    "disk",
    [
        {"/": "42%", "/data": "91%"},
        {"/": {"used": 42, "total": 100}, "/data": {"used": 91, "total": 100}},
        {"root": {"percent": 42}, "data": {"percent": 91}},
        {"vda1": {"percent": 42}, "vdb1": {"percent": 91}},
        {"filesystems": [{"mount": "/", "percent": 42}, {"mount": "/data", "percent": 91}]},
        {"partitions": {"/": "42%", "/data": "91%"}},
        [{"mount": "/data", "percent": 91}, {"mount": "/", "percent": 42}],
        [{"mount": "/data", "percent": 91}, {"mount": "/boot"}, None, "x"],
        # Full by nature, no disk, or no space.
        {"/data": "91%", "/snap/core/1": "100%", "/run": "99%"},
        {"/data": {"percent": 91}, "/mnt": {"percent": 100, "fstype": "iso9660"}},
        [{"mount": "/data", "percent": 91}, {"device": "/dev/loop3", "percent": 100}],
        {"/data": "91%", "inodes": "99%", "io": {"percent": 98}},
    ],
)
def test_the_fullest_file_system_counts(disk: Any) -> None:
    assert said({"disk": disk}) | {"disk_percent": 91} == said({"disk": disk})


def test_swap_is_no_memory() -> None:
    memory = {"ram": {"percent": 42}, "swap": {"percent": 91}}
    assert said({"memory": memory}) == {"memory_percent": 42}
    assert said({"memory": {"swap": {"percent": 91}}}) == {}


@pytest.mark.parametrize(
    "monitoring",
    [
        {"load": 1, "disk": "2%", "memory": "3%"},
        {"data": {"load": 1, "disk": "2%", "memory": "3%"}},
        json.dumps({"load": 1, "disk": "2%", "memory": "3%"}),
        {"load1": 1, "disk_used_percent": 2, "memory_used_percent": 3},
        {"load_1": 1, "diskPercent": 2, "mem_percent": 3},
    ],
)
def test_where_the_parts_stand(monitoring: Any) -> None:
    assert said(monitoring) == {"load1": 1, "disk_percent": 2, "memory_percent": 3}


@pytest.mark.parametrize("nothing", [None, [], {}, "", "{", "[1]", 7, True, {"data": None}, [{}]])
def test_nothing_is_said(nothing: Any) -> None:
    assert read_monitoring(nothing) == dict.fromkeys(NAMES)


@given(st.integers())
def test_what_the_simulated_platform_says_is_read_in_full(seed: int) -> None:
    monitoring = simulated.monitoring(random.Random(seed))
    found = read_monitoring(monitoring)
    assert None not in found.values()
    assert {name: found[name] for name in monitoring["load"]} == monitoring["load"]
    for part in ("disk", "memory"):
        assert found[f"{part}_percent"] == monitoring[part]["used_percent"]
        assert found[f"{part}_total_mb"] == monitoring[part]["total_mb"]


WORDS = (
    *(
        "load",
        "load1",
        "disk",
        "memory",
        "cpu",
        "cores",
        "percent",
        "used",
        "used_percent",
        "total",
    ),
    *(
        "total_mb",
        "free",
        "usage",
        "unit",
        "/",
        "/data",
        "data",
        "filesystems",
        "mount",
        "avg",
        "1",
    ),
)
SCALARS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    st.sampled_from(("42%", "1.2 GiB", "0.1 0.2 0.3", "1e999", "GB", "∞%", "-1", "{", "1_0", "٣")),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), inner, max_size=5),
        st.dictionaries(st.integers(0, 15), inner, max_size=3),
    ),
    max_leaves=25,
)


@given(ANYTHING)
def test_no_shape_is_an_error_and_every_result_is_sane(value: Any) -> None:
    found = read_monitoring(value)
    assert tuple(found) == NAMES
    for name, number in found.items():
        if number is not None:
            assert isinstance(number, (int, float))
            assert not isinstance(number, bool)
            assert math.isfinite(number)
            assert number >= 0
            if name.endswith("_percent"):
                assert number <= 100


def test_what_has_no_end_is_no_error() -> None:
    endless: dict[str, Any] = {}
    endless.update(disk=endless, load=endless, memory=endless, data=endless, avg=endless)
    assert read_monitoring(endless) == dict.fromkeys(NAMES)


def test_the_filter() -> None:
    assert filter_module.FilterModule().filters() == {"monitoring": filter_module.monitoring}
    assert filter_module.monitoring({"disk": "42%"})["disk_percent"] == 42
