# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to the API: headers, token, repetition, and answers turned into JSON values or errors."""

from __future__ import annotations

import re
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlencode, urlsplit

from ..text import json_text
from ..text.escaping import one_line
from ..text.outline import outline
from .errors import BodyError, ForeignBody, NoAnswer, RequestError, SettingsError, StatusError
from .hints import hint_for
from .repetition import Repeat, delay_before, is_rate_limit, may_repeat, retry_after
from .server_message import looks_like_html, server_message
from .settings import Settings
from .transport import Received, Transport

if TYPE_CHECKING:
    from .pace import Pace

try:
    import urllib3

    # Only looked for: most runs need no more of it than what it brings along.
    requests_import_error = None if find_spec("requests") else "No module named 'requests'"
except ImportError:
    requests_import_error = traceback.format_exc()

_PREFIX = "/api/v1"
_CONNECTION_OBJECT = re.compile(r"^(<[^>]*>|\w+\([^)]*\)): ")
_URL_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


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
    :param connect: makes the connections to the platform.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_wait: Callable[[Wait], None] = lambda wait: None,
        sleep: Callable[[float], None] = time.sleep,
        pace: Pace | None = None,
        decode: Callable[[bytes], Any] = json_text.decode,
        connect: Callable[[Settings], Transport] = Transport,
    ) -> None:
        self.settings = settings
        self._on_wait = on_wait
        self._sleep = sleep if pace is None else pace.sleep
        self._pace = pace
        self._decode = decode
        self._connect = connect
        self._local = threading.local()

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
        attempt = 0
        while True:
            try:
                return self._paced(method, shown, body, fresh=repeat is not Repeat.IDEMPOTENT)
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

    def call_off(self) -> None:
        """Wake the threads that wait for their turn or for a repetition; they end with C(CalledOff)."""
        if self._pace is not None:
            self._pace.call_off()

    def _paced(self, method: str, path: str, body: bytes | None, *, fresh: bool) -> Answer:
        if self._pace is None:
            return self._send(method, path, body, fresh=fresh)
        with self._pace.turn():
            answer = self._send(method, path, body, fresh=fresh)
            self._pace.answered(answer.headers)
        return answer

    def _send(self, method: str, path: str, body: bytes | None, *, fresh: bool) -> Answer:
        """One request, one answer. C(fresh) keeps it off a connection that may have gone stale."""
        try:
            transport = self._transport()
            if fresh:
                transport.renew()
            received = transport.send(method, path, body)
        except (
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as error:
            # From None: the original's text may quote the proxy's password, and says no more.
            raise self._no_answer(method, path, error) from None
        if not received.complete:
            raise NoAnswer(method, path, "the answer broke off before its end", sent=True)
        return self._answer(method, path, received)

    def _transport(self) -> Transport:
        transport: Transport | None = getattr(self._local, "transport", None)
        if transport is None:
            transport = self._local.transport = self._connect(self.settings)
        return transport

    def _answer(self, method: str, path: str, received: Received) -> Answer:
        content, status = received.content, received.status
        try:
            body = self._decode(content) if content.strip() else None
        except ValueError:
            if 200 <= status < 300:
                self._refuse_content(method, path, received)
            body = content.decode("utf-8", errors="replace")
        if 200 <= status < 300:
            return Answer(status, body, received.headers)
        message = server_message(body, self.settings.token)
        if 300 <= status < 400:
            message = f"go to {_without_credentials(received.headers.get('Location', '?'))}"
            message = one_line(message.replace(self.settings.token, "********"))
        raise StatusError(
            method,
            path,
            status,
            one_line(received.reason),
            hint=hint_for(status, self.settings),
            server_message=message,
            retry_after=retry_after(received.headers),
        )

    def _refuse_content(self, method: str, path: str, received: Received) -> NoReturn:
        text = received.content.decode("utf-8", errors="replace")
        if looks_like_html(text):
            raise ForeignBody(
                method,
                path,
                "an HTML page came back instead of JSON",
                status=received.status,
                server_message=server_message(text, self.settings.token),
                hint=(
                    f"Check that api_url ({self.settings.url}) is the platform itself and not a login "
                    "page, a maintenance page or a proxy's."
                ),
            )
        if "Content-Length" not in received.headers:
            # Without a length only the text itself can tell that the connection was cut.
            raise NoAnswer(method, path, "the answer broke off, or is not JSON", sent=True)
        raise ForeignBody(
            method,
            path,
            f"the answer ({len(received.content)} bytes) is not JSON",
            status=received.status,
        )

    def _timed_out(self, method: str, path: str) -> NoAnswer:
        return NoAnswer(
            method,
            path,
            f"no complete answer within {self.settings.timeout:g} s",
            sent=True,
            hint="Raise api_timeout if the platform needs longer.",
        )

    def _no_answer(self, method: str, path: str, error: Exception) -> Exception:
        """What a failure below HTTP means: may the request have arrived, and may it fare better soon?"""
        host = urlsplit(self.settings.url).netloc
        cause = _root_cause(error)
        if isinstance(cause, ssl.SSLError) or isinstance(error, urllib3.exceptions.SSLError):
            # A ValueError is a certificate that is not believed, be it ssl's own or that of urllib3 1.26.
            untrusted = isinstance(cause, ValueError)
            return NoAnswer(
                method,
                path,
                f"no secure connection to {host}: {_said(cause)}",
                sent=not untrusted,
                passing=not untrusted,
                hint=(
                    "If the server's certificate comes from a private authority, name its bundle with "
                    "ca_path (or TURBOSTACK_CA_PATH); validate_certs=false gives up the check."
                ),
            )
        if _is_connect_timeout(cause):
            return NoAnswer(
                method,
                path,
                f"no connection to {host} within {self.settings.timeout:g} s",
                sent=False,
                hint="Check api_url, the network and the proxy.",
            )
        if isinstance(cause, (TimeoutError, urllib3.exceptions.ReadTimeoutError)):
            return self._timed_out(method, path)
        if isinstance(cause, urllib3.exceptions.NewConnectionError) or _is_refused_tunnel(cause):
            way = " through the proxy" if isinstance(error, urllib3.exceptions.ProxyError) else ""
            return NoAnswer(
                method,
                path,
                f"no connection to {host}{way}: {_said(cause)}",
                sent=False,
                hint="Check api_url, the network and the proxy (HTTPS_PROXY, NO_PROXY).",
            )
        if isinstance(cause, (ValueError, urllib3.exceptions.LocationParseError)):
            return SettingsError(
                f"No request can be made to {host}: {_said(cause).rstrip('.')}.",
                "Check api_url and the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY).",
            )
        return NoAnswer(method, path, f"the connection broke off: {_said(cause)}", sent=True)


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


def _is_connect_timeout(cause: BaseException) -> bool:
    """Whether nobody answered at all; where urllib3 says that it was refused, that is a kind of time-out to it."""
    refused = isinstance(cause, urllib3.exceptions.NewConnectionError)
    return isinstance(cause, urllib3.exceptions.ConnectTimeoutError) and not refused


def _is_refused_tunnel(cause: BaseException) -> bool:
    """Whether a proxy refused the way, before the server was reached; its words, not the server's."""
    lost = isinstance(cause, ConnectionError)
    return isinstance(cause, OSError) and not lost and str(cause).startswith("Tunnel connection")


def _root_cause(error: BaseException) -> BaseException:
    """The innermost reason that urllib3 and requests wrapped: the one that says something."""
    seen = error
    while True:
        inner = getattr(seen, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((arg for arg in seen.args if isinstance(arg, BaseException)), None)
        if inner is None or inner is seen:
            return seen
        seen = inner


def _said(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    # urllib3 puts its connection object's representation in front of what happened.
    return _without_credentials(one_line(_CONNECTION_OBJECT.sub("", str(text)), 200))


def _without_credentials(text: str) -> str:
    return _URL_CREDENTIALS.sub("********@", text)
