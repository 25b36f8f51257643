# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: what goes wrong between a client and the platform, before or after a request took effect.

`FAULTS` names the constructors for the control endpoint and the command line.
"""

from __future__ import annotations

import gzip as gzip_format
import inspect
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Any

from .answers import HTML, JSON, Answer, encode, forbidden, html_page, refusal, unauthenticated
from .request_log import LoggedRequest

Render = Callable[[Answer, LoggedRequest], Answer]


@dataclass(frozen=True)
class Fault:
    """One way to fail. `render` makes the answer sent from the one that was due.

    With `takes_effect` the request is carried out first; without, it never reaches the platform and
    `render` is given an empty answer. `delay` is in seconds and comes before the answer.
    """

    name: str
    render: Render
    takes_effect: bool = False
    delay: float = 0.0

    def after_effect(self) -> Fault:
        """The same fault on a request that was carried out."""
        return replace(self, takes_effect=True)

    def delayed(self, seconds: float) -> Fault:
        """The same fault, late."""
        return replace(self, delay=self.delay + seconds)

    @staticmethod
    def status(status: int = 500, message: str = "Server Error", after: bool = False) -> Fault:
        """``{"message": …}`` with any status; with `after` the request takes effect first."""
        return Fault(f"status-{status}", lambda _due, _request: refusal(status, message), after)

    @staticmethod
    def too_many_requests(retry_after: float | None = 1, as_date: bool = False) -> Fault:
        """429 with Laravel's headers; Retry-After in seconds, as a date, or left out (None)."""

        def render(_due: Answer, _request: LoggedRequest) -> Answer:
            headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0"}
            if retry_after is not None:
                moment = time.time() + retry_after
                headers["Retry-After"] = (
                    formatdate(moment, usegmt=True) if as_date else f"{retry_after:g}"
                )
                headers["X-RateLimit-Reset"] = str(int(moment))
            return refusal(429, "Too Many Attempts.", headers)

        return Fault("too_many_requests", render)

    @staticmethod
    def bad_gateway(after: bool = False) -> Fault:
        """502 with nginx's HTML page."""
        return Fault("bad_gateway", lambda _d, _r: html_page("502 Bad Gateway", 502), after)

    @staticmethod
    def gateway_timeout(after: bool = True) -> Fault:
        """504 with nginx's HTML page; by default the request took effect all the same."""
        return Fault("gateway_timeout", lambda _d, _r: html_page("504 Gateway Timeout", 504), after)

    @staticmethod
    def maintenance(retry_after: float | None = 1, as_date: bool = False) -> Fault:
        """503 "Service Unavailable" with Retry-After, as `php artisan down` makes it."""

        def render(_due: Answer, _request: LoggedRequest) -> Answer:
            headers = {}
            if retry_after is not None:
                date = formatdate(time.time() + retry_after, usegmt=True)
                headers["Retry-After"] = date if as_date else f"{retry_after:g}"
            return refusal(503, "Service Unavailable", headers)

        return Fault("maintenance", render)

    @staticmethod
    def page_expired() -> Fault:
        """419, Laravel's "CSRF token mismatch."."""
        return Fault.status(419, "CSRF token mismatch.")

    @staticmethod
    def redirect(to: str = "https://elsewhere.example/api/v1/hosts", status: int = 302) -> Fault:
        """A redirect to another host, which must not get the token."""

        def render(_due: Answer, _request: LoggedRequest) -> Answer:
            page = html_page("Redirecting", status)
            page.headers["Location"] = to
            return page

        return Fault("redirect", render)

    @staticmethod
    def unauthenticated() -> Fault:
        """401."""
        return Fault("unauthenticated", lambda _due, _request: unauthenticated())

    @staticmethod
    def forbidden() -> Fault:
        """403."""
        return Fault("forbidden", lambda _due, _request: forbidden())

    @staticmethod
    def html(after: bool = False) -> Fault:
        """A page for people with status 200."""
        return Fault("html", lambda _d, _r: html_page("TurboStack", 200, "Welcome back"), after)

    @staticmethod
    def invalid_json() -> Fault:
        """The right answer with a PHP warning before it and its last byte missing."""

        def render(due: Answer, _request: LoggedRequest) -> Answer:
            return replace(due, body=b"<br />\n<b>Warning</b>: Undefined key\n" + due.body[:-1])

        return Fault("invalid_json", render, True)

    @staticmethod
    def truncated() -> Fault:
        """Half of the announced body, then the connection closes; the request took effect."""
        return Fault("truncated", lambda due, _request: replace(due, cut="half"), True)

    @staticmethod
    def dropped() -> Fault:
        """The connection closes before the request is carried out."""
        return Fault("dropped", lambda due, _request: replace(due, cut="before"))

    @staticmethod
    def lost_answer() -> Fault:
        """The connection closes after the request took effect."""
        return Fault("lost_answer", lambda due, _request: replace(due, cut="before"), True)

    @staticmethod
    def slow(seconds: float = 1.0) -> Fault:
        """The right answer after that many seconds."""
        return Fault("slow", lambda due, _request: due, True, seconds)

    @staticmethod
    def drip(seconds: float = 1.0) -> Fault:
        """The right answer in small pieces that take that many seconds in all."""
        return Fault("drip", lambda due, _request: replace(due, drip=seconds), True)

    @staticmethod
    def gzip() -> Fault:
        """The right answer compressed, whether the client accepts that or not."""

        def render(due: Answer, _request: LoggedRequest) -> Answer:
            headers = {**due.headers, "Content-Encoding": "gzip"}
            return replace(due, body=gzip_format.compress(due.body), headers=headers)

        return Fault("gzip", render, True)

    @staticmethod
    def broken_gzip() -> Fault:
        """The right answer, claimed to be compressed although it is not."""

        def render(due: Answer, _request: LoggedRequest) -> Answer:
            return replace(due, headers={**due.headers, "Content-Encoding": "gzip"})

        return Fault("broken_gzip", render, True)

    @staticmethod
    def wrong_type(body: Any = 42) -> Fault:
        """Valid JSON of a kind nobody expects, with status 200."""
        return Fault("wrong_type", lambda _d, _r: Answer(200, encode(body)), True)

    @staticmethod
    def empty_body() -> Fault:
        """Status 200 and no body at all; the request took effect."""
        return Fault("empty_body", lambda _due, _request: Answer(200), True)

    @staticmethod
    def wrong_charset(body_in: str = "iso-8859-1", claimed: str = "utf-8") -> Fault:
        """The right answer unescaped in one encoding, its header claiming another."""

        def render(due: Answer, _request: LoggedRequest) -> Answer:
            try:
                value = json.loads(due.body)
            except ValueError:
                return due  # no JSON (an empty body, a page): nothing to encode anew
            text = json.dumps(value, ensure_ascii=False)
            content_type = f"{JSON}; charset={claimed}"
            return replace(due, body=text.encode(body_in, "replace"), content_type=content_type)

        return Fault("wrong_charset", render, True)

    @staticmethod
    def byte_order_mark() -> Fault:
        """The right answer with a UTF-8 byte order mark before it."""
        return Fault("bom", lambda due, _r: replace(due, body=b"\xef\xbb\xbf" + due.body), True)

    @staticmethod
    def html_type() -> Fault:
        """The right JSON, labelled text/html."""
        return Fault("html_type", lambda due, _r: replace(due, content_type=HTML), True)

    @staticmethod
    def echo_token(status: int = 500) -> Fault:
        """An error whose message repeats the request's token, as a debug page does."""

        def render(_due: Answer, request: LoggedRequest) -> Answer:
            text = f'Undefined array key "user" (Authorization: Bearer {request.token})'
            trace = {"exception": "ErrorException", "trace": [{"args": [request.token]}]}
            return Answer(status, encode({"message": text, **trace}))

        return Fault("echo_token", render)


FAULTS: dict[str, Callable[..., Fault]] = {
    "status": Fault.status,
    "too_many_requests": Fault.too_many_requests,
    "bad_gateway": Fault.bad_gateway,
    "gateway_timeout": Fault.gateway_timeout,
    "maintenance": Fault.maintenance,
    "page_expired": Fault.page_expired,
    "redirect": Fault.redirect,
    "unauthenticated": Fault.unauthenticated,
    "forbidden": Fault.forbidden,
    "html": Fault.html,
    "invalid_json": Fault.invalid_json,
    "truncated": Fault.truncated,
    "dropped": Fault.dropped,
    "lost_answer": Fault.lost_answer,
    "slow": Fault.slow,
    "drip": Fault.drip,
    "gzip": Fault.gzip,
    "broken_gzip": Fault.broken_gzip,
    "wrong_type": Fault.wrong_type,
    "empty_body": Fault.empty_body,
    "wrong_charset": Fault.wrong_charset,
    "byte_order_mark": Fault.byte_order_mark,
    "html_type": Fault.html_type,
    "echo_token": Fault.echo_token,
}
"""Every fault by the name the control endpoint and the command line know it under."""


def fault_named(name: str, options: dict[str, Any]) -> Fault:
    """The fault of that name; ValueError for an unknown name or option."""
    if name not in FAULTS:
        raise ValueError(f"there is no fault {name!r}; there are: {', '.join(FAULTS)}")
    try:
        inspect.signature(FAULTS[name]).bind(**options)
    except TypeError as error:
        raise ValueError(f"fault {name}: {error}") from None
    return FAULTS[name](**options)


def faults_table() -> str:
    """A Markdown table: name, options with their defaults, meaning."""
    lines = ["| fault | options | meaning |", "| --- | --- | --- |"]
    for name, make in FAULTS.items():
        parameters = inspect.signature(make).parameters.values()
        options = ", ".join(f"`{one.name}={one.default}`" for one in parameters)
        summary = inspect.getdoc(make) or ""
        lines.append(f"| `{name}` | {options} | {summary} |")
    return "\n".join(lines) + "\n"
