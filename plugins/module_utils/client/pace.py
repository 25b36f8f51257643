# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for one's turn under the platform's rate limit, together with all processes of a run."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from .board import BOARD, Board
from .rate_limit import Answered, Ended, Event, RateLimit, Refused, Sent
from .settings import Settings

_LIMIT, _REMAINING = "X-RateLimit-Limit", "X-RateLimit-Remaining"
# Seconds after which even a long pause is looked at again: it may have become shorter.
_LONGEST_SLEEP = 1.0
_SPREAD = 0.05


class CalledOff(Exception):
    """Raised in a thread that waited for its turn while another one failed for good."""


class NoRoom(Exception):
    """The rate limit leaves no room for a request in the time that it may wait."""


class Turn:
    """A request's turn: what it learns about the limit, for all.

    :ivar waited: seconds that it was waited for.
    """

    def __init__(
        self, waited: float, sent: float, over: float, closes: Callable[[Refused], float | None]
    ) -> None:
        self.waited = waited
        self._sent = sent
        self._over = over
        self._closes = closes
        self.seen: Event | None = Ended(over)

    def answered(self, headers: Mapping[str, str]) -> None:
        """Take note of a success, and of what it says about the requests that are left."""
        self.seen = Answered(
            self._over, self._sent, _count(headers.get(_REMAINING)), _count(headers.get(_LIMIT))
        )

    def refused(self, after: float | None) -> float | None:
        """Take note of a refusal; the seconds that all pause now, where it is the first to tell."""
        self.seen = None
        return self._closes(Refused(self._over, after))


class Pace:
    """Lets requests through as the server's rate limit allows.

    :param board: where what is known of the limit stands, for all who share it.
    """

    def __init__(self, settings: Settings, board: Board = BOARD) -> None:
        self._key = f"{settings.url}\0{settings.token}"
        # A request may take its time for connecting, and again for the answer.
        self._longest_request = 2 * settings.timeout + 1
        self._board = board
        self._woken = threading.Condition()
        self._calls_off = 0

    @contextmanager
    def turn(self, until: float, *, urgent: bool = False) -> Iterator[Turn]:
        """Wait for a turn, and have it until the request has ended.

        :param until: how long it is waited for (C(time.monotonic)).
        :param urgent: see C(RateLimit.pause).
        :raises NoRoom: where it would not come in time.
        :raises CalledOff: where C(call_off) put an end to the waiting.
        """
        began = time.monotonic()
        sent = self._wait_for_turn(until, urgent)
        turn = Turn(sent - began, sent, sent + self._longest_request, self._close)
        try:
            yield turn
        finally:
            if turn.seen is not None:
                self._observe(turn.seen)

    def sleep(self, seconds: float) -> None:
        """Pause the calling thread alone.

        :raises CalledOff: where C(call_off) put an end to the pause.
        """
        self._sleep(seconds, self._calls_off)

    def call_off(self) -> None:
        """Wake every thread that waits, so that a failure need not wait for them."""
        with self._woken:
            self._calls_off += 1
            self._woken.notify_all()

    def _wait_for_turn(self, until: float, urgent: bool) -> float:
        calls_off, pause = self._calls_off, 0.0

        def take(known: RateLimit) -> RateLimit:
            nonlocal pause
            pause = known.pause(now, urgent=urgent)
            over = now + self._longest_request
            return known if pause > 0 else known.observe(Sent(over), now)

        while True:
            now = time.monotonic()
            self._board.change(self._key, take)
            if pause <= 0:
                return now
            if now + pause > until:
                raise NoRoom
            # Spread out, so that not all look at the same moment.
            self._sleep(min(pause, _LONGEST_SLEEP) + random.uniform(0, _SPREAD), calls_off)

    def _sleep(self, seconds: float, calls_off: int) -> None:
        until = time.monotonic() + seconds
        with self._woken:
            while (rest := until - time.monotonic()) > 0 and self._calls_off == calls_off:
                self._woken.wait(rest)
            if self._calls_off != calls_off:
                raise CalledOff

    def _close(self, refusal: Refused) -> float | None:
        now = time.monotonic()
        before = 0.0

        def note(known: RateLimit) -> RateLimit:
            nonlocal before
            before = known.pause(now) if known.closed_until > now else 0.0
            return known.observe(refusal, now)

        after = self._board.change(self._key, note)
        return after.pause(now) if before <= 0 else None

    def _observe(self, event: Event) -> None:
        now = time.monotonic()
        self._board.change(self._key, lambda known: known.observe(event, now))


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() else None
