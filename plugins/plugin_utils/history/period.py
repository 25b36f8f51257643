# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From when to when: days, moments and spans as people write them. The clock is the caller's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...module_utils.client.errors import SettingsError
from ...module_utils.document.paths import quoted

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,4})\s*([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True)
class Period:
    """A time, both ends with their zones."""

    since: datetime
    until: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= moment <= self.until


def period(since: str, until: str, now: datetime) -> Period:
    """The time between two moments.

    :param until: empty for now.
    :raises SettingsError: for what is no moment, and for an end that comes before the beginning.
    """
    begin = _moment("history_since", since, now)
    end = _moment("history_until", until, now) if until.strip() else now
    if begin > end:
        raise SettingsError(
            f"history_since ({shown(begin)}) comes after history_until ({shown(end)})."
        )
    return Period(begin, end)


def _moment(option: str, text: str, now: datetime) -> datetime:
    """A day begins at midnight of the controller's clock."""
    word = text.strip().lower()
    midnight = now.astimezone().replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    if word in ("today", "yesterday"):
        return (midnight - timedelta(days=word == "yesterday")).astimezone()
    if word in _DAYS:
        # The latest such day, which may be today.
        back = (midnight.weekday() - _DAYS.index(word)) % 7
        return (midnight - timedelta(days=back)).astimezone()
    span = _SPAN.fullmatch(word)
    if span:
        return now - int(span[1]) * _UNITS[span[2]]
    try:
        # What Python reads of ISO 8601 before 3.11 knows no Z.
        return datetime.fromisoformat(re.sub("[zZ]$", "+00:00", text.strip())).astimezone()
    except ValueError:
        raise SettingsError(
            f"{option} is {quoted(text)}, which is no time.",
            "Write a day or a moment, as 2030-01-31 or 2030-01-31T05:00; a day of the week, today or yesterday; or how "
            "long ago, as 36h, 7d or 2w.",
        ) from None


def shown(moment: datetime) -> str:
    """For people: as the controller's clock shows it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %z")
