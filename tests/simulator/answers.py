# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer before it goes over the wire, and the answers Laravel gives to bad requests."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

JSON = "application/json"
HTML = "text/html; charset=UTF-8"


@dataclass
class Answer:
    """Status, body and headers; `cut` tells how the connection breaks, `drip` slows the body.

    `cut` is "" (not at all), "before" (nothing is sent) or "half" (half of the announced body is).
    `drip` is the time in seconds the body takes.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = JSON
    cut: Literal["", "before", "half"] = ""
    drip: float = 0.0


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """An answer with a JSON body."""
    return Answer(status, encode(value), dict(headers or {}))


def encode(value: Any) -> bytes:
    """JSON as PHP writes it: compact, ASCII (so that even a lone surrogate can be sent)."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def html_page(title: str, status: int = 200, text: str = "") -> Answer:
    """A page for people, as a proxy or the GUI sends it."""
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body><center><h1>{title}</h1></center><hr><center>{text or 'nginx'}</center>"
        "</body></html>\n"
    )
    return Answer(status, page.encode(), content_type=HTML)


def refusal(status: int, message: str, headers: dict[str, str] | None = None) -> Answer:
    """``{"message": …}`` with an error status."""
    return json_answer({"message": message}, status, headers)


def invalid(field_name: str, text: str) -> Answer:
    """A failed validation: 422 with the texts for one field."""
    return json_answer({"message": text, "errors": {field_name: [text]}}, 422)


def unauthenticated() -> Answer:
    """No token, an unknown one or one that has expired."""
    return refusal(401, "Unauthenticated.")


def forbidden() -> Answer:
    """A record of somebody else."""
    return refusal(403, "This action is unauthorized.")


def no_such_record(model: str, number: str) -> Answer:
    """An id that does not exist."""
    return refusal(404, f"No query results for model [App\\Models\\{model}] {number}")


def no_such_route(path: str) -> Answer:
    """A path that does not exist."""
    return refusal(404, f"The route {path.lstrip('/')} could not be found.")


def method_not_allowed(method: str, path: str, allowed: tuple[str, ...]) -> Answer:
    """A path that exists, with another method."""
    text = (
        f"The {method} method is not supported for route {path.lstrip('/')}. "
        f"Supported methods: {', '.join(allowed)}."
    )
    return refusal(405, text, {"Allow": ", ".join(allowed)})


def login_redirect(base_url: str) -> Answer:
    """What a browser without a session gets."""
    page = html_page("Redirecting to /login", 302)
    page.headers["Location"] = f"{base_url}/login"
    return page


def login_page() -> Answer:
    """The GUI, which is what a request gets that does not ask for JSON."""
    return html_page("TurboStack", 200, "You need to enable JavaScript to run this app.")
