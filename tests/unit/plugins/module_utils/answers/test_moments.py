# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.moments import (
    Moment,
    read_moment,
)

TEN = datetime(2026, 6, 1, 10, 0, 5, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-06-01T10:00:05Z", Moment(TEN, zoned=True)),
        ("2026-06-01T10:00:05+00:00", Moment(TEN, zoned=True)),
        ("2026-06-01T12:00:05+02:00", Moment(TEN, zoned=True)),
        ("2026-06-01 12:00:05+0200", Moment(TEN, zoned=True)),
        ("2026-06-01 12:00:05 +02", Moment(TEN, zoned=True)),
        ("2026-06-01T04:30:05-05:30", Moment(TEN, zoned=True)),
        ("2026-06-01 10:00:05 UTC", Moment(TEN, zoned=True)),
        ("2026-06-01 10:00:05", Moment(TEN, zoned=False)),
        ("2026-06-01T10:00", Moment(TEN - timedelta(seconds=5), False, timedelta(minutes=1))),
        (1780308005, Moment(TEN, zoned=True)),
        ("1780308005", Moment(TEN, zoned=True)),
        (1780308005.0, Moment(TEN, zoned=True)),
        # Six digits of a column that holds whole seconds are no finer than those.
        ("2026-06-01T10:00:05.000000Z", Moment(TEN, zoned=True)),
        (1780308005000, Moment(TEN, zoned=True)),
        (
            "2026-06-01T10:00:05.250Z",
            Moment(TEN + timedelta(milliseconds=250), True, timedelta(milliseconds=1)),
        ),
        (1780308005250, Moment(TEN + timedelta(milliseconds=250), True, timedelta(milliseconds=1))),
        (
            "2026-06-01T10:00:05.123456789Z",
            Moment(TEN + timedelta(microseconds=123456), True, timedelta(microseconds=1)),
        ),
    ],
)
def test_a_point_in_time(value: Any, expected: Moment) -> None:
    assert read_moment(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", 0, 1, -1, True, [], {}, "soon", "2 minutes ago", "30/04/2026 10:00"),
        *("2026-06-01", "0000-00-00 00:00:00", "2026-13-01 10:00:00", "0001-01-01T00:00:00+10:00"),
        *(17803080, 10**18, "9" * 5000, float("nan"), float("inf"), 1e300, "2026-06-01T10:00:05X"),
    ],
)
def test_what_is_none(value: Any) -> None:
    assert read_moment(value) is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_nothing_is_an_error(value: Any) -> None:
    read_moment(value)


@given(st.datetimes(min_value=datetime(2002, 1, 1), max_value=datetime(2200, 1, 1)))
def test_every_spelling_of_a_second_is_one_moment(moment: datetime) -> None:
    second = moment.replace(microsecond=0, tzinfo=timezone.utc)
    expected = Moment(second, zoned=True)
    assert read_moment(second.isoformat()) == expected
    assert read_moment(second.astimezone(timezone(timedelta(hours=2))).isoformat(" ")) == expected
    assert read_moment(int(second.timestamp())) == expected
    assert read_moment(int(second.timestamp()) * 1000) == expected


def test_what_came_first() -> None:
    def at(second: float, zoned: bool = True) -> Moment:
        return Moment(TEN + timedelta(seconds=second), zoned)

    assert at(0).surely_before(at(1))
    assert not at(1).surely_before(at(0))
    # Of two within one second, either may have come first.
    assert not at(0).surely_before(at(0))
    assert not at(0).surely_before(at(0.5))
    assert not at(0).surely_before(at(1, zoned=False))


def test_how_it_is_shown() -> None:
    assert str(Moment(TEN, zoned=True)) == "2026-06-01 10:00:05 UTC"
    assert str(Moment(TEN, zoned=False)) == "2026-06-01 10:00:05"
