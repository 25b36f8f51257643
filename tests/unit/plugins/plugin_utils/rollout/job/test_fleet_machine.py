# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine of a fleet: batches in turn, a number at once, and no host begun after too many have failed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.fleet_machine import (
    Fleet,
    batches,
)


@pytest.mark.parametrize(
    ("serial", "sizes"),
    [
        ([1, "10%", "25%"], [1, 2, 5, 5, 5, 2]),
        (["100%"], [20]),
        ([7], [7, 7, 6]),
        (["1%"], [1] * 20),
        ([50], [20]),
        ([], [20]),
        (["12.5%", "3"], [2, 3, 3, 3, 3, 3, 3]),
    ],
)
def test_sizes_of_batches(serial: list[int | str], sizes: list[int]) -> None:
    hosts = [f"h{number}" for number in range(20)]
    made = batches(hosts, serial)
    assert [len(batch) for batch in made] == sizes
    assert [host for batch in made for host in batch] == hosts


@pytest.mark.parametrize("wrong", [0, -1, "0%", "101%", "many", "", "nan%"])
def test_what_is_no_size_is_refused(wrong: int | str) -> None:
    with pytest.raises(SettingsError, match="rollout_serial"):
        batches(["a"], [wrong])


def test_no_host_no_batch() -> None:
    assert batches([], ["10%"]) == ()
    assert Fleet(()).start().over


@given(
    st.integers(0, 30),
    st.lists(st.sampled_from([1, 2, 5, "10%", "50%", "100%"]), max_size=3),
    st.integers(1, 8),
    st.sampled_from([0, 20, 50, 100]),
    st.randoms(use_true_random=False),
    st.floats(0, 0.5),
)
def test_whatever_ends_in_whatever_order(
    count: int,
    serial: list[int | str],
    parallel: int,
    max_fail: float,
    random: object,
    share: float,
) -> None:
    hosts = [f"h{number}" for number in range(count)]
    made = batches(hosts, serial)
    step = Fleet(made, parallel, max_fail).start()
    of = {host: number for number, batch in enumerate(made) for host in batch}
    begun: list[str] = []
    ended: dict[str, bool] = {}
    while True:
        begun += step.begin
        running = [host for host in begun if host not in ended]
        assert len(running) <= parallel
        assert len(set(begun)) == len(begun)
        for host in step.begin:
            assert all(one in ended for one in hosts if of[one] < of[host])
        assert step.over is (not running)
        if step.over:
            break
        host = random.choice(running)  # type: ignore[attr-defined]
        ended[host] = random.random() < share  # type: ignore[attr-defined]
        had_stopped = step.fleet.stopped
        step = step.fleet.observe(ended[host], 0)
        assert not (had_stopped and step.begin)
    for batch in made:
        failed = sum(ended.get(host, False) for host in batch)
        if failed * 100 > max_fail * len(batch):
            after = made[of[batch[0]] + 1 :]
            assert not any(host in ended for later in after for host in later)
            return
    assert len(ended) == count


def test_who_is_under_way_goes_on_after_a_failure() -> None:
    step = Fleet((("a", "b", "c"),), parallel=2).start()
    assert step.begin == ("a", "b")
    step = step.fleet.observe(failed=True, elapsed=1)
    assert (step.begin, step.over) == ((), False)
    step = step.fleet.observe(failed=False, elapsed=2)
    assert (step.begin, step.over) == ((), True)
    assert step.fleet.stopped


def test_a_batch_that_is_under_way_at_the_hour_goes_on_and_no_other_is_begun() -> None:
    step = Fleet((("a", "b"), ("c", "d"), ("e",)), parallel=1, until=10).start(0)
    step = step.fleet.observe(failed=False, elapsed=5)
    assert step.begin == ("b",)
    step = step.fleet.observe(failed=False, elapsed=9.9)
    assert step.begin == ("c",)
    step = step.fleet.observe(failed=False, elapsed=10)
    assert (step.begin, step.fleet.late) == (("d",), False)
    step = step.fleet.observe(failed=False, elapsed=11)
    assert (step.begin, step.over, step.fleet.late) == ((), True, True)
    assert not step.fleet.stopped


def test_nothing_is_begun_when_the_plan_took_until_the_hour() -> None:
    step = Fleet((("a",),), until=3).start(3)
    assert (step.begin, step.over, step.fleet.late) == ((), True, True)


def test_a_rollout_that_is_through_by_the_hour_or_has_failed_is_not_late() -> None:
    step = Fleet((("a",),), until=3).start(0).fleet.observe(failed=False, elapsed=9)
    assert (step.over, step.fleet.late) == (True, False)
    step = Fleet((("a",), ("b",)), until=3).start(0).fleet.observe(failed=True, elapsed=9)
    assert (step.over, step.fleet.late, step.fleet.stopped) == (True, False, True)
