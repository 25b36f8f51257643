# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to keep to a server's rate limit: what was seen of it, and how long the next request has to wait.

It decides and does nothing else: there is no clock in it and no waiting. Times are seconds of one clock.

| seen | the next request |
| --- | --- |
| nothing yet | goes, while fewer than C(_UNKNOWN) are under way |
| an answer that counts the requests that are left | goes, while fewer than those are under way |
| an answer that counts none | waits for a moment at which a refusal tells most, then one goes |
| an answer that does not count | goes; where a limit was met, one more at once after each success |
| a refusal that says for how long | waits so long, then one goes ahead for all |
| a refusal that says nothing, or that it is over at once and was not | the same, for a time that doubles |
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

# How many go at once before anything is known of a limit.
_UNKNOWN = 16
# Seconds after which it is looked again whether a request that is under way has brought news.
_LOOK = 0.05
# Seconds on top of what the server asks for: clocks tick.
_GRACE = 0.05
# Seconds of the first pause that nobody asked for, and of the longest.
_FIRST, _LONGEST = 0.5, 60.0


@dataclass(frozen=True)
class Sent:
    """A request went off.

    :ivar over: when it has ended at the latest, whatever becomes of who sent it.
    """

    over: float


@dataclass(frozen=True)
class Answered:
    """It brought an answer.

    :ivar sent: when it went off.
    :ivar left, limit: how many requests are left in the server's window, of how many; None where it does not say.
    """

    over: float
    sent: float
    left: int | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Refused:
    """It was one too many.

    :ivar after: seconds after which the server wants to be asked again; None where it does not say.
    """

    over: float
    after: float | None = None


@dataclass(frozen=True)
class Ended:
    """It brought nothing that says anything about a limit."""

    over: float


Event: TypeAlias = "Sent | Answered | Refused | Ended"


@dataclass(frozen=True)
class RateLimit:
    """What is known at one moment.

    :ivar under_way: for each request under way, when it has ended at the latest.
    :ivar room: how many may be under way at once; None for any number.
    :ivar told: when the last was learned: an answer to an older request may be older news.
    :ivar closed_until: nothing is sent before.
    :ivar refusals: how many closures there were in a row.
    :ivar opened: when the server's window began, at the latest; None where that is not known.
    """

    under_way: Sequence[float] = ()
    room: int | None = _UNKNOWN
    told: float = 0.0
    closed_until: float = 0.0
    refusals: int = 0
    opened: float | None = None

    def pause(self, now: float, *, urgent: bool = False) -> float:
        """Seconds until it has to be asked again whether a request may be sent; 0 where one may be sent now.

        :param urgent: whether it is a write of what was just read. Half of the room is kept for those: what is
            read by many at once would otherwise be old by the time that there is room to write it.
        """
        if now < self.closed_until:
            return self.closed_until - now
        if self.room is None:
            return 0.0
        room = self.room if urgent else self.room - self.room // 2
        under_way = sum(1 for over in self.under_way if over > now)
        return _LOOK if under_way >= room else 0.0

    def observe(self, event: Event, now: float) -> RateLimit:
        """What is known after an event."""
        others = [over for over in self.under_way if over > now]
        if isinstance(event, Sent):
            return replace(self, under_way=(*others, event.over))
        if event.over in others:
            others.remove(event.over)
        known = replace(self, under_way=tuple(others))
        if isinstance(event, Answered):
            return known._answered(event, now)
        return known._refused(event, now) if isinstance(event, Refused) else known

    def _answered(self, answer: Answered, now: float) -> RateLimit:
        is_first = answer.limit is not None and answer.left == answer.limit - 1
        opened = now if is_first or self.refusals else self.opened
        return replace(self._with_room(answer, now), refusals=0, opened=opened)

    def _with_room(self, answer: Answered, now: float) -> RateLimit:
        if answer.left is None:
            met = self.refusals or self.opened is not None
            room = self.room + 1 if self.room is not None and met else None
            return replace(self, room=room)
        room = max(1, answer.left)
        if answer.sent <= self.told and self.room is not None and room >= self.room:
            return self
        closed_until = self.closed_until
        if answer.left == 0 and self.opened is not None:
            # Only a refusal tells for how long, in whole seconds and rounded up. Asked for when so many seconds
            # of the window have passed, it tells exactly.
            closed_until = self.opened + math.ceil(now - self.opened)
        return replace(self, room=room, told=now, closed_until=max(self.closed_until, closed_until))

    def _refused(self, refusal: Refused, now: float) -> RateLimit:
        if now < self.closed_until:
            # It was under way when another one was refused. Both were told when the window ends at the latest.
            told = self.closed_until if refusal.after is None else now + refusal.after + _GRACE
            return replace(self, closed_until=min(self.closed_until, told))
        guessed = min(_FIRST * 2 ** min(self.refusals, 16), _LONGEST)
        asked = refusal.after
        pause = guessed if asked is None else max(asked, guessed / 2 if self.refusals else 0.0)
        return replace(
            self,
            room=1,
            told=now,
            closed_until=now + pause + _GRACE,
            refusals=self.refusals + 1,
            opened=None,
        )
