# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to the API: headers, token, repetition, and answers turned into JSON values or errors."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlencode

from ..text import json_text
from ..text.escaping import one_line
from ..text.outline import outline
from .errors import BodyError, ForeignBody, NoAnswer, RequestError, StatusError
from .failures import without_credentials
from .hints import hint_for
from .repetition import Repeat, delay_before, is_rate_limit, may_repeat, retry_after
from .server_message import looks_like_html, server_message
from .session import SessionTransport
from .settings import Settings
from .transport import Request, Response, Transport
from .version import VERSION

if TYPE_CHECKING:
    from .pace import Pace

_PREFIX = "/api/v1"
# Of a text that is no JSON, this much is kept.
_SHORT = 200
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


@dataclass(frozen=True)
class Answer:
    """A successful answer.

    :ivar body: the decoded JSON value; None for an empty body.
    :ivar headers: the response's headers, looked up in any case.
    """

    status: int
    body: Any
    headers: Mapping[str, str]


class Api:
    """The TurboStack REST API behind one token; safe to use from several threads.

    :param on_wait: called before each pause, so that a long one can be shown.
    :param sleep: how to pause, in seconds.
    :param pace: keeps many requests within the server's rate limit; without it, each is on its own.
    :param decode: makes a value of a JSON answer, or raises C(ValueError).
    :param transport: sends the requests; without it, sessions of C(requests).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_wait: Callable[[Wait], None] = lambda wait: None,
        sleep: Callable[[float], None] = time.sleep,
        pace: Pace | None = None,
        decode: Callable[[bytes], Any] = json_text.decode,
        transport: Transport | None = None,
    ) -> None:
        self.settings = settings
        self._on_wait = on_wait
        self._sleep = sleep if pace is None else pace.sleep
        self._pace = pace
        self._decode = decode
        self._transport = SessionTransport(settings) if transport is None else transport
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
        attempt = 0
        while True:
            try:
                return self._paced(request)
            except (NoAnswer, StatusError) as failure:
                if self._pace is not None and is_rate_limit(failure):
                    if self._pace.pauses(failure):
                        continue
                    raise
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

    def call_off(self) -> None:
        """Wake the threads that wait for their turn or for a repetition; they end with C(CalledOff)."""
        if self._pace is not None:
            self._pace.call_off()

    def _paced(self, request: Request) -> Answer:
        if self._pace is None:
            return self._sent(request)
        with self._pace.turn():
            answer = self._sent(request)
            self._pace.answered(answer.headers)
        return answer

    def _sent(self, request: Request) -> Answer:
        """One request, one answer."""
        response = self._transport.send(request)
        status = response.status
        try:
            body = self._decode(response.content) if response.content.strip() else None
        except ValueError:
            if 200 <= status < 300:
                self._refuse_content(request, response)
            body = response.content.decode("utf-8", errors="replace")
        if 200 <= status < 300:
            return Answer(status, body, response.headers)
        message = server_message(body, self.settings.token)
        if 300 <= status < 400:
            message = f"go to {without_credentials(response.headers.get('Location', '?'))}"
            message = one_line(message.replace(self.settings.token, "********"))
        raise StatusError(
            request.method,
            request.path,
            status,
            one_line(response.reason),
            hint=hint_for(status, self.settings),
            server_message=message,
            retry_after=retry_after(response.headers),
        )

    def _refuse_content(self, request: Request, response: Response) -> NoReturn:
        method, path = request.method, request.path
        text = response.content.decode("utf-8", errors="replace")
        if looks_like_html(text):
            raise ForeignBody(
                method,
                path,
                "an HTML page came back instead of JSON",
                status=response.status,
                server_message=server_message(text, self.settings.token),
                hint=(
                    f"Check that api_url ({self.settings.url}) is the platform itself and not a login "
                    "page, a maintenance page or a proxy's."
                ),
            )
        chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
        if "Content-Length" not in response.headers and not chunked:
            # Without a length or chunks only the text itself can tell that the connection was cut.
            raise NoAnswer(method, path, "the answer broke off, or is not JSON", sent=True)
        foreign = ForeignBody(
            method,
            path,
            f"the answer ({len(response.content)} bytes) is not JSON",
            status=response.status,
        )
        foreign.text = text[:_SHORT]
        raise foreign


def check_object(method: str, path: str, body: Any) -> dict[str, Any]:
    """The body as an object.

    :raises BodyError: with the body's outline, where it is none.
    """
    if isinstance(body, dict):
        return body
    raise BodyError(
        method,
        f"{_PREFIX}{path}",
        f"the answer has an unknown shape: {outline(body)}",
        hint="Please report this outline to the collection's issue tracker.",
    )
