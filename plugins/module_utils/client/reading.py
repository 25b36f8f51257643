# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a response says: a JSON value, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..text.escaping import one_line
from .errors import ForeignBody, NoAnswer, RequestError, StatusError
from .failures import without_credentials
from .hints import hint_for
from .repetition import retry_after
from .server_message import looks_like_html, server_message
from .settings import Settings
from .transport import Request, Response

# Of a text that is no JSON, this much is kept.
_SHORT = 200


@dataclass(frozen=True)
class Answer:
    """A successful answer.

    :ivar body: the decoded JSON value; None for an empty body.
    :ivar headers: the response's headers, looked up in any case.
    """

    status: int
    body: Any
    headers: Mapping[str, str]


def answer_in(
    response: Response, request: Request, settings: Settings, decode: Callable[[bytes], Any]
) -> Answer:
    """The answer that a response holds.

    :param decode: makes a value of a JSON text, or raises C(ValueError).
    :raises StatusError: for a status that is not a success.
    :raises ForeignBody: for a success that is not JSON; or C(NoAnswer), where it may have been cut.
    """
    succeeded = 200 <= response.status < 300
    try:
        body = decode(response.content) if response.content.strip() else None
    except ValueError:
        if succeeded:
            raise _no_json(response, request, settings) from None
        body = response.content.decode("utf-8", errors="replace")
    if succeeded:
        return Answer(response.status, body, response.headers)
    message = server_message(body, settings.token)
    if 300 <= response.status < 400:
        message = f"go to {without_credentials(response.headers.get('Location', '?'))}"
        message = one_line(message.replace(settings.token, "********"))
    raise StatusError(
        request.method,
        request.path,
        response.status,
        one_line(response.reason),
        hint=hint_for(response.status, settings),
        server_message=message,
        retry_after=retry_after(response.headers),
    )


def _no_json(response: Response, request: Request, settings: Settings) -> RequestError:
    text = response.content.decode("utf-8", errors="replace")
    if looks_like_html(text):
        return ForeignBody(
            request.method,
            request.path,
            "an HTML page came back instead of JSON",
            status=response.status,
            server_message=server_message(text, settings.token),
            hint=(
                f"Check that api_url ({settings.url}) is the platform itself and not a login page, a "
                "maintenance page or a proxy's."
            ),
        )
    chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
    if "Content-Length" not in response.headers and not chunked:
        # Without a length or chunks only the text itself can tell that the connection was cut.
        said = "the answer broke off, or is not JSON"
        return NoAnswer(request.method, request.path, said, sent=True)
    foreign = ForeignBody(
        request.method,
        request.path,
        f"the answer ({len(response.content)} bytes) is not JSON",
        status=response.status,
    )
    foreign.text = text[:_SHORT]
    return foreign
