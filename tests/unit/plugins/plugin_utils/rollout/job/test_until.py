# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an hour and a moment mean, by whose clock, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.until import (
    moment_of,
    shown,
)


@pytest.fixture(autouse=True)
def _brussels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A controller whose clock is set forward and back."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> datetime:
    """A moment of the controller's clock."""
    return datetime.fromisoformat(text).astimezone()


@pytest.mark.parametrize(
    ("text", "now", "moment"),
    [
        ("05:00", "2026-01-10 23:00", "2026-01-11 05:00"),
        ("05:00", "2026-01-11 04:59", "2026-01-11 05:00"),
        ("05:00", "2026-01-11 05:00", "2026-01-12 05:00"),
        (" 5:30 ", "2026-12-31 22:00", "2027-01-01 05:30"),
        # The clock is set forward in that night, and back in the other.
        ("05:00", "2026-03-28 23:00", "2026-03-29 05:00"),
        ("05:00", "2026-10-24 23:00", "2026-10-25 05:00"),
        ("2026-01-11T05:00", "2026-01-10 23:00", "2026-01-11 05:00"),
        ("2026-01-11 05:00:00", "2026-01-10 23:00", "2026-01-11 05:00"),
        ("2026-01-11T04:00:00Z", "2026-01-10 23:00", "2026-01-11 05:00"),
        ("2026-01-10T22:30:00-05:30", "2026-01-10 23:00", "2026-01-11 05:00"),
    ],
)
def test_the_controllers_clock(text: str, now: str, moment: str) -> None:
    assert moment_of(text, at(now)) == at(moment)


def test_an_hour_is_the_controllers_whatever_zone_now_is_told_in() -> None:
    now = datetime(2026, 1, 10, 22, 0, tzinfo=timezone.utc)
    assert shown(moment_of("23:30", now)) == "2026-01-10 23:30 +0100"


@pytest.mark.parametrize("text", ["24:00", "5", "05:60", "1350", "soon", "05:00 tomorrow"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"rollout_until is .*, which is no time") as refused:
        moment_of(text, at("2026-01-10 23:00"))
    assert "In YAML it needs its quotes" in str(refused.value)


def test_a_moment_that_is_past_is_refused() -> None:
    with pytest.raises(SettingsError, match="Nothing was sent") as refused:
        moment_of("2026-01-10T05:00", at("2026-01-10 23:00"))
    assert "2026-01-10 05:00 +0100, and it is 2026-01-10 23:00 +0100 already" in str(refused.value)
