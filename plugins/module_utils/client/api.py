# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to the API: headers, token, repetition, and answers turned into JSON values or errors."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from ..text import json_text
from .errors import NoAnswer, RequestError, StatusError
from .hints import RATE_LIMIT
from .pace import NoRoom, Pace
from .reading import Answer, answer_in
from .repetition import Repeat, delay_before, is_rate_limit, may_repeat
from .session import SessionTransport
from .settings import Settings
from .transport import Request, Transport
from .version import VERSION

_PREFIX = "/api/v1"
# Seconds that a write may wait and still be in time.
_PROMPT = 0.5
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Content-Type": "application/json",
    "User-Agent": (
        f"hosted_power.turbostack/{VERSION} (Ansible collection; Python/{platform.python_version()})"
    ),
}


@dataclass(frozen=True)
class Wait:
    """A pause before a request is repeated, as told to whoever watches."""

    seconds: float
    failure: RequestError


class Late(Exception):
    """A write had to wait for its turn under the rate limit, and was not made: it may be out of date by now."""


class Api:
    """The TurboStack REST API behind one token; safe to use from several threads.

    :param on_wait: called before each pause, so that a long one can be shown.
    :param sleep: how to pause before a repetition, in seconds.
    :param pace: keeps all requests of a run within the server's rate limit.
    :param decode: makes a value of a JSON answer, or raises C(ValueError).
    :param transport: sends the requests; without it, sessions of C(requests).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_wait: Callable[[Wait], None] = lambda wait: None,
        sleep: Callable[[float], None] | None = None,
        pace: Pace | None = None,
        decode: Callable[[bytes], Any] = json_text.decode,
        transport: Transport | None = None,
    ) -> None:
        self.settings = settings
        self._on_wait = on_wait
        self._pace = Pace(settings) if pace is None else pace
        self._sleep = self._pace.sleep if sleep is None else sleep
        self._decode = decode
        self._transport = SessionTransport(settings) if transport is None else transport
        self._urgent_until: float | None = None
        self._headers = {**_HEADERS, "Authorization": f"Bearer {settings.token}"}

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Answer:
        """GET a path below C(/api/v1), repeated as often as the settings allow.

        :raises RequestError: when no attempt brought a JSON answer.
        """
        return self._request("GET", path, query, None, Repeat.IDEMPOTENT)

    def post(self, path: str, body: Mapping[str, Any], repeat: Repeat) -> Answer:
        """POST a JSON object to a path below C(/api/v1).

        :param repeat: what sending it twice would do.
        :raises RequestError: when no attempt that was allowed brought a JSON answer.
        """
        return self._request("POST", path, None, json_text.encode(body).encode("ascii"), repeat)

    def _request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: bytes | None,
        repeat: Repeat,
    ) -> Answer:
        shown = f"{_PREFIX}{path}" + (f"?{urlencode(query)}" if query else "")
        fresh = repeat is not Repeat.IDEMPOTENT
        request = Request(method, shown, self._headers, body, fresh)
        patience = self._urgent_until or time.monotonic() + self.settings.rate_limit_timeout
        attempt = 0
        while True:
            try:
                return self._admitted(request, patience)
            except (NoAnswer, StatusError) as failure:
                attempt += 1
                if attempt > self.settings.retries or not may_repeat(failure, repeat):
                    raise
                self.pause_before(attempt, failure)

    def pause_before(self, attempt: int, failure: RequestError) -> None:
        """Wait before repetition number C(attempt) of a request, for as long as its failure asks for."""
        pause = delay_before(attempt, failure, self.settings.retry_max_delay)
        self._on_wait(Wait(pause, failure))
        self._sleep(pause)

    def without_repetition(self) -> Api:
        """The same way to the platform for requests that whoever sends them repeats himself."""
        return Api(
            replace(self.settings, retries=0),
            on_wait=self._on_wait,
            sleep=self._sleep,
            pace=self._pace,
            decode=self._decode,
            transport=self._transport,
        )

    def in_time(self) -> Api:
        """The same for writes of what was just read, which must not be made late.

        One that has to wait for its turn, or is refused by the rate limit, raises C(Late) after the wait, and is
        to be made anew from what is stored by then. All such waits together are bounded by
        C(Settings.rate_limit_timeout).
        """
        api = self.without_repetition()
        api._urgent_until = time.monotonic() + self.settings.rate_limit_timeout
        return api

    def call_off(self) -> None:
        """Wake the threads that wait for their turn or for a repetition; they end with C(CalledOff)."""
        self._pace.call_off()

    def _admitted(self, request: Request, patience: float) -> Answer:
        """One request, sent again as often as the rate limit refuses it, until C(patience) is at an end."""
        urgent = self._urgent_until is not None
        refusal: StatusError | None = None
        while True:
            try:
                with self._pace.turn(patience, urgent=urgent) as turn:
                    if urgent and turn.waited > _PROMPT:
                        raise Late
                    try:
                        answer = self._sent(request)
                    except StatusError as failure:
                        if not is_rate_limit(failure):
                            raise
                        refusal, pause = failure, turn.refused(failure.retry_after)
                    else:
                        turn.answered(answer.headers)
                        return answer
            except NoRoom:
                raise refusal or self._no_room(request) from None
            if pause is not None:
                self._on_wait(Wait(pause, refusal))
            if urgent:
                raise Late

    def _no_room(self, request: Request) -> NoAnswer:
        seconds = f"{self.settings.rate_limit_timeout:g} s"
        return NoAnswer(
            request.method,
            request.path,
            f"the platform's rate limit leaves no room for it within {seconds}",
            sent=False,
            passing=False,
            hint=RATE_LIMIT,
        )

    def _sent(self, request: Request) -> Answer:
        """One request, one answer."""
        response = self._transport.send(request)
        return answer_in(response, request, self.settings, self._decode)
