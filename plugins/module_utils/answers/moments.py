# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time as platforms write them, and which of two came first.

Read are ISO 8601 with and without a zone, and seconds and milliseconds since 1970, as numbers or texts of digits.
C(2 minutes ago) and C(30/04/2026 10:00) are no points in time: the first moves, the second may be of two months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from .scalars import whole

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s?(?:(Z|UTC)|([+-])(\d\d):?(\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
# From 2001 to 2286; what is outside is a number of something else.
_SECONDS = range(10**9, 10**10)
_MILLISECONDS = range(10**12, 10**13)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Moment:
    """A point in time.

    :ivar at: in UTC; where the platform names no zone, its own clock's reading.
    :ivar zoned: whether the zone is known. Moments with and without one do not compare.
    :ivar within: how much later than C(at) it may have been, as the platform cuts off what is finer.
    """

    at: datetime
    zoned: bool
    within: timedelta = _SECOND

    def __str__(self) -> str:
        """For messages."""
        shown = self.at.replace(tzinfo=None).isoformat(" ", "seconds")
        return f"{shown} UTC" if self.zoned else shown

    def compares_with(self, other: Moment) -> bool:
        """Whether the two are readings of one clock."""
        return self.zoned is other.zoned

    def surely_before(self, other: Moment) -> bool:
        """Whether this came first; of two in one second, neither did for sure."""
        return self.compares_with(other) and other.at - self.at >= self.within


def read_moment(value: Any) -> Moment | None:
    """The point in time that a value names; None for what is none, or may be several."""
    if isinstance(value, str) and (found := _ISO.fullmatch(value.strip())):
        return _from_iso(found)
    count = whole(value) or 0
    if count in _SECONDS:
        return Moment(_EPOCH + timedelta(seconds=count), zoned=True)
    if count in _MILLISECONDS:
        return Moment(_EPOCH + timedelta(milliseconds=count), True, _fineness(count % 1000, 3))
    if isinstance(value, float) and _SECONDS.start <= value < _SECONDS.stop:
        microseconds = round(value % 1 * 10**6)
        at = _EPOCH + timedelta(seconds=int(value), microseconds=microseconds)
        return Moment(at, True, _fineness(microseconds, 6))
    return None


def _from_iso(found: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes = found.groups()
    digits = (fraction or "")[:6]
    try:
        at = datetime(
            *(int(year), int(month), int(day), int(hour), int(minute), int(second or 0)),
            int(digits.ljust(6, "0")),
            tzinfo=timezone.utc,
        )
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
            at = at - offset if sign == "+" else at + offset
    except (ValueError, OverflowError):
        return None
    if second is None:
        return Moment(at, bool(utc or sign), timedelta(minutes=1))
    return Moment(at, bool(utc or sign), _fineness(int(digits or 0), len(digits)))


def _fineness(fraction: int, digits: int) -> timedelta:
    """Laravel writes six digits of a column that holds whole seconds: zeros say nothing."""
    return timedelta(seconds=10**-digits) if fraction else _SECOND
