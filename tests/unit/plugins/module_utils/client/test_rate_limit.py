# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is decided about a rate limit: single steps, and whole runs against servers of a clock that is only counted."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.rate_limit import (
    Answered,
    Ended,
    Event,
    RateLimit,
    Refused,
    Sent,
)

# Seconds after which a request has ended.
LASTS = 61.0


def seen(*events: tuple[float, Event]) -> RateLimit:
    """What is known after events at their times."""
    known = RateLimit()
    for now, event in events:
        known = known.observe(event, now)
    return known


def test_nothing_waits_where_no_limit_is_known() -> None:
    assert RateLimit().pause(0) == 0
    known = seen((0, Sent(9)), (1, Answered(9, 0)))
    for number in range(200):
        assert known.pause(1) == 0
        known = known.observe(Sent(10 + number), 1)


def test_no_more_are_under_way_than_are_left_and_half_of_those_are_for_writes() -> None:
    known = seen((0, Sent(60)), (1, Answered(60, 0, left=3, limit=60)))
    for number in range(2):
        assert known.pause(1) == 0
        known = known.observe(Sent(61 + number), 1)
    assert known.pause(1) > 0
    assert known.pause(1, urgent=True) == 0
    known = known.observe(Sent(63), 1)
    assert known.pause(1, urgent=True) > 0
    assert known.observe(Ended(61), 2).pause(2, urgent=True) == 0


def test_what_was_killed_under_way_is_not_waited_for_long() -> None:
    known = seen((0, Sent(60)), (1, Answered(60, 0, left=1, limit=60)), (1, Sent(61)))
    assert known.pause(60.9) > 0
    assert known.pause(61) == 0


def test_a_refusal_stops_all_and_then_one_goes_ahead() -> None:
    known = seen((0, Sent(60)), (1, Refused(60, after=30)))
    assert 29 < known.pause(1.5) < 31
    known = known.observe(Sent(99), 31.1)
    assert known.pause(31.2) > 0
    known = known.observe(Answered(99, 31.1, left=59, limit=60), 31.3)
    assert known.pause(31.3) == 0


def test_refusals_of_one_moment_close_once_and_the_shortest_counts() -> None:
    known = seen(
        (0, Refused(1, after=30)), (0.1, Refused(1, after=29)), (0.2, Refused(1, after=90))
    )
    assert known.refusals == 1
    assert 29 < known.closed_until < 29.2


@pytest.mark.parametrize("after", [None, 0])
def test_refusals_that_say_nothing_of_use_pause_ever_longer(after: float | None) -> None:
    known, now, pauses = RateLimit(), 0.0, []
    for _refusal in range(12):
        known = known.observe(Refused(now, after), now)
        pauses.append(round(known.pause(now), 6))
        now += pauses[-1] + 0.01
    assert pauses[0] < 0.6
    assert all(later >= earlier for earlier, later in pairwise(pauses))
    assert 29 < pauses[-1] <= 61


def test_where_nobody_counts_one_more_goes_after_each_success() -> None:
    known = seen((0, Refused(1, after=1)), (2, Sent(9)), (3, Answered(9, 0)))
    under_way = 0
    while known.pause(3, urgent=True) == 0:
        under_way += 1
        known = known.observe(Sent(100 + under_way), 3)
    assert under_way == 2


@dataclass
class Server:
    """A window that opens with its first request, as Laravel has it."""

    limit: int
    window: float
    counts: bool = True
    says_when: bool = True
    ends: float = -1.0
    used: int = 0

    def handle(self, now: float, sent: float) -> Event:
        over = sent + LASTS
        if now >= self.ends:
            self.ends, self.used = now + self.window, 0
        if self.used >= self.limit:
            return Refused(over, math.ceil(self.ends - now) if self.says_when else None)
        self.used += 1
        if not self.counts:
            return Answered(over, sent)
        return Answered(over, sent, self.limit - self.used, self.limit)


@dataclass
class Run:
    """What came of a run in which some clients at once send so many requests."""

    took: float = 0.0
    refused: list[float] = field(default_factory=list)

    @property
    def most_refused_at_once(self) -> int:
        return max(
            (sum(0 <= other - one < 0.5 for other in self.refused) for one in self.refused),
            default=0,
        )


def run(server: Server, requests: int, clients: int, seed: int) -> Run:
    """Each client looks whether it may send, sends, and looks again, as the loop in pace.py does."""
    chance, known, result = random.Random(seed), RateLimit(), Run()
    # When, whose, what: a look, a request on its way (and when it was sent), or the answer to one.
    events: list[tuple[float, int, float | Event | None]] = []
    for client in range(clients):
        heapq.heappush(events, (chance.uniform(0, 0.3), client, None))
    while requests:
        now, client, what = heapq.heappop(events)
        on_the_way = now + chance.uniform(0.01, 0.1)
        if isinstance(what, float):
            heapq.heappush(events, (on_the_way, client, server.handle(now, what)))
        elif what is not None:
            known = known.observe(what, now)
            if isinstance(what, Refused):
                result.refused.append(now)
            else:
                requests -= 1
                result.took = now
            heapq.heappush(events, (on_the_way, client, None))
        elif (pause := known.pause(now)) > 0:
            again = now + min(pause, 1.0) + chance.uniform(0, 0.05)
            heapq.heappush(events, (again, client, None))
        else:
            known = known.observe(Sent(now + LASTS), now)
            heapq.heappush(events, (on_the_way, client, now))
    return result


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    # What a start and a last answer take counts only where the whole run is as short as they are.
    ("limit", "window", "besides"),
    [(60, 60.0, 0), (60, 5.0, 0), (5, 5.0, 0), (20, 5.0, 0), (40, 2.0, 1.5)],
)
def test_a_run_takes_hardly_longer_than_its_limit(
    limit: int, window: float, besides: float, seed: int
) -> None:
    result = run(Server(limit, window), requests=130, clients=50, seed=seed)
    windows = math.ceil(130 / limit)
    assert result.took <= 1.1 * (windows - 1) * window + besides
    # Most are those who had set out before anything was known.
    assert len(result.refused) <= 8 + 3 * windows
    assert result.most_refused_at_once <= 8


@pytest.mark.parametrize("seed", range(5))
def test_a_server_that_does_not_count_is_not_overrun(seed: int) -> None:
    server = Server(60, 60.0, counts=False)
    result = run(server, requests=130, clients=50, seed=seed)
    assert result.took <= 1.1 * 120
    assert len(result.refused) <= 50 * 3


@pytest.mark.parametrize("seed", range(5))
def test_a_server_that_says_nothing_is_found_out_about(seed: int) -> None:
    server = Server(60, 60.0, counts=False, says_when=False)
    result = run(server, requests=130, clients=50, seed=seed)
    assert result.took <= 2 * 130
    assert len(result.refused) <= 50 * 3
