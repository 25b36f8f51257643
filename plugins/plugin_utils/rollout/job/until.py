# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Until when batches are begun: the hour that a user writes, as one moment. The clock is the caller's."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ....module_utils.client.errors import SettingsError
from ....module_utils.document.paths import quoted

OPTION = "rollout_until"

_WRITTEN = (
    'Write an hour, as in "05:00", or a moment, as in "2030-01-31T05:00". In YAML it needs its quotes: 22:30 without '
    "them is a number."
)
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def moment_of(text: str, now: datetime) -> datetime:
    """What an hour or a moment means.

    :param text: an hour, as in C(05:00), which is the next one; or a moment as ISO 8601 has it, of the controller's
        time where it names no zone.
    :param now: with its zone.
    :raises SettingsError: for something else, and for a moment that is past.
    """
    hour = _HOUR.fullmatch(text.strip())
    if hour:
        return _next_time(int(hour[1]), int(hour[2]), now)
    try:
        # What Python reads of ISO 8601 before 3.11 knows no Z.
        found = datetime.fromisoformat(re.sub("[zZ]$", "+00:00", text.strip()))
    except ValueError:
        raise SettingsError(f"{OPTION} is {quoted(text)}, which is no time.", _WRITTEN) from None
    found = found.astimezone()
    if found <= now:
        raise SettingsError(
            f"{OPTION} is {shown(found)}, and it is {shown(now)} already, so no batch would be begun.",
            "Nothing was sent. Give a moment that is yet to come; an hour alone, as in 05:00, is the next one.",
        )
    return found


def _next_time(hour: int, minute: int, now: datetime) -> datetime:
    """When the controller's clock shows that next."""
    today = now.astimezone().replace(tzinfo=None)
    at = today.replace(hour=hour, minute=minute, second=0, microsecond=0)
    # Without its zone, as the next day may be one of summer time.
    return (at if at > today else at + timedelta(days=1)).astimezone()


def shown(moment: datetime) -> str:
    """For people: as the controller's clock shows it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %z")


def too_late(moment: datetime) -> str:
    """Why hosts were not begun."""
    return (
        f"It is past {shown(moment)}, when {OPTION} ends the rollout, and the batch of this host was still to come. "
        "Nothing was written. The next rollout takes it up."
    )
