# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server itself says about a failure, wherever in the body it says it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from ..text.escaping import one_line
from ..text.secret_text import MASK, redact_text

_TITLE = re.compile(r"<(title|h1)[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def server_message(body: Any, token: str) -> str | None:
    """One line out of a decoded JSON body, or out of an HTML or plain text; None where it says nothing.

    Knows Laravel's C(message) and C(errors) (C({field: [texts]})), C(error) as a text or an object,
    and RFC 9457's C(title) and C(detail). Should a server echo the token, or texts of the request that hold secrets,
    these are masked, while lines are still lines.
    """
    try:
        text = _from_text(body) if isinstance(body, str) else _from_object(body)
    except RecursionError:
        return None
    return one_line(redact_text(text.replace(token, MASK))) or None if text else None


def looks_like_html(text: str) -> bool:
    """Whether a body is a page for people: a proxy's, a login form, a maintenance notice."""
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    return start.startswith(("<!doctype", "<html", "<head", "<body", "<?xml"))


def _from_text(text: str) -> str:
    if looks_like_html(text):
        found = _TITLE.search(text)
        return html.unescape(_TAG.sub(" ", found.group(2))) if found else ""
    return text


def _from_fields(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field with what is said of it; fields within fields are named as C(outer.inner)."""
    for name, texts in fields.items():
        text = _from_object(texts)
        if text:
            yield name, text
        elif isinstance(texts, dict):
            for inner, said in _from_fields(texts):
                yield f"{name}.{inner}", said


def _from_object(body: Any) -> str:
    if isinstance(body, list):
        return "; ".join(filter(None, (_from_object(item) for item in body)))
    if isinstance(body, str):
        return body
    if not isinstance(body, dict):
        return ""
    said: list[str] = []
    for key in ("message", "error", "title", "detail", "error_description"):
        text = _from_object(body.get(key))
        if text and text not in said:
            said.append(text)
    fields = body.get("errors")
    if isinstance(fields, dict):
        said += [f"{name}: {text}" for name, text in _from_fields(fields)]
    elif fields:
        said.append(_from_object(fields))
    if not said and isinstance(body.get("data"), dict):
        return _from_object(body["data"])
    return " ".join(
        text if text.endswith((".", "!", "?", ";")) else f"{text}." for text in said if text
    )
