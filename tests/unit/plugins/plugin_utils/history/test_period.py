# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days, moments and spans, by the controller's clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.period import (
    period,
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


# A Wednesday, after the night in which the clock was set back.
NOW = "2026-10-28 12:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", "2026-10-28 00:00"),
        ("Yesterday", "2026-10-27 00:00"),
        ("wednesday", "2026-10-28 00:00"),
        ("Monday", "2026-10-26 00:00"),
        ("thursday", "2026-10-22 00:00"),
        ("7d", "2026-10-21 13:00"),
        ("36 h", "2026-10-27 00:00"),
        ("2w", "2026-10-14 13:00"),
        ("2026-10-25", "2026-10-25 00:00"),
        (" 2026-10-25T05:00 ", "2026-10-25 05:00"),
        ("2026-10-25T04:00:00Z", "2026-10-25 05:00"),
    ],
)
def test_since(text: str, moment: str) -> None:
    found = period(text, "", at(NOW))
    assert (found.since, found.until) == (at(moment), at(NOW))


def test_until() -> None:
    found = period("monday", "yesterday", at(NOW))
    assert found.holds(at("2026-10-26 00:00"))
    assert not found.holds(at("2026-10-27 00:01"))


@pytest.mark.parametrize("text", ["", "soon", "7", "7 days", "28.10.2026", "10000d"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"history_since is .*, which is no time"):
        period(text, "", at(NOW))


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(SettingsError, match="comes after history_until"):
        period("today", "yesterday", at(NOW))
