# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests of several threads kept within the server's rate limit, and pauses that can be called off."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from .errors import StatusError
from .repetition import delay_before

REMAINING = "X-RateLimit-Remaining"

# Servers round to whole seconds.
_GRACE = 0.25


class CalledOff(Exception):
    """Raised in a thread that waited for its turn while another one failed for good."""


class Pace:
    """Lets requests through as fast as the server allows.

    While the server says how many requests are left, no more than that are under way. A refusal (429)
    stops them all until the server wants to be asked again, and then one goes ahead. Refusals are no
    failures as long as some request succeeds between them.

    :param longest: seconds to pause at most, whatever the server asks for.
    :param patience: how many refusals in a row are borne.
    :param on_pause: told the length of each pause in seconds.
    """

    def __init__(
        self,
        *,
        longest: float,
        patience: int,
        on_pause: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._longest = longest
        self._patience = patience
        self._on_pause = on_pause
        self._changed = threading.Condition()
        self._closed_until = 0.0
        self._left: int | None = None
        self._under_way = 0
        self._refusals = 0
        self._calls_off = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it until the request has ended.

        :raises CalledOff: where C(call_off) put an end to the waiting.
        """
        with self._changed:
            calls_off = self._calls_off
            while True:
                closed_for = self._closed_until - time.monotonic()
                if closed_for > 0:
                    self._wait(closed_for, calls_off)
                elif self._left is not None and self._under_way >= max(1, self._left):
                    self._wait(None, calls_off)
                else:
                    break
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def answered(self, headers: Mapping[str, str]) -> None:
        """Take note of a success, and of what it says about the requests that are left."""
        left = headers.get(REMAINING, "")
        with self._changed:
            self._left = int(left) if left.isdecimal() else None
            self._refusals = 0

    def pauses(self, refusal: StatusError) -> bool:
        """Stop all requests for as long as the server asks; False where patience is at an end."""
        with self._changed:
            now = time.monotonic()
            if now < self._closed_until:
                # Another request of the same moment was refused, and all wait for that already.
                return True
            self._refusals += 1
            if self._refusals > self._patience:
                return False
            if refusal.retry_after is None:
                pause = delay_before(self._refusals, refusal, self._longest)
            else:
                pause = min(refusal.retry_after + random.uniform(0, _GRACE), self._longest)
            self._closed_until = now + pause
            self._left = 1
        self._on_pause(pause)
        return True

    def sleep(self, seconds: float) -> None:
        """Pause the calling thread alone.

        :raises CalledOff: where C(call_off) put an end to the pause.
        """
        until = time.monotonic() + seconds
        with self._changed:
            calls_off = self._calls_off
            while (rest := until - time.monotonic()) > 0:
                self._wait(rest, calls_off)

    def call_off(self) -> None:
        """Wake every thread that waits, so that a failure need not wait for them."""
        with self._changed:
            self._calls_off += 1
            self._changed.notify_all()

    def _wait(self, seconds: float | None, calls_off: int) -> None:
        self._changed.wait(seconds)
        if self._calls_off != calls_off:
            raise CalledOff
