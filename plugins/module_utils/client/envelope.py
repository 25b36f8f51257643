# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The envelopes in which a server may hand out a list or an object.

Known: Laravel's paginator (C({"current_page", "data", "last_page", "total", ...})), its simple and cursor
kin (C(next_page_url)), an API resource (C({"data", "links", "meta"})), a bare list; the list under the
noun's own name or under C(items) or C(results); a list that PHP turned into an object with numeric keys;
and any of these within one more C(data).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..text.outline import outline
from .errors import BodyError

_LIST_KEYS = ("data", "items", "results")
_REPORT = "Please report this outline to the collection's issue tracker."


@dataclass(frozen=True)
class Page:
    """One page of a list.

    :ivar last: the number of the last page; None where the server does not say.
    :ivar total: how many rows there are on all pages; None where the server does not say.
    :ivar more: whether there is a next page; None where the server does not say.
    """

    rows: list[dict[str, Any]]
    last: int | None = None
    total: int | None = None
    more: bool | None = None


def open_page(method: str, path: str, body: Any, noun: str) -> Page:
    """The rows of a list answer, and what the envelope says of the pages.

    :param noun: what the rows are, in the plural (C(hosts)), as some servers name the list.
    :raises BodyError: with the outline, for a shape that is none of the known ones.
    """
    found = _find_rows(body, (*_LIST_KEYS, noun))
    if found is None:
        raise BodyError(
            method, path, f"the list of {noun} has an unknown shape: {outline(body)}", hint=_REPORT
        )
    rows, envelopes = found
    for row in rows:
        if not isinstance(row, dict):
            raise BodyError(
                method,
                path,
                f"the list of {noun} holds something that is no object: {outline(body)}",
                hint=_REPORT,
            )
    return Page(
        rows=rows,
        last=_count(envelopes, ("last_page", "total_pages")),
        total=_count(envelopes, ("total",)),
        more=_more(envelopes),
    )


def open_object(method: str, path: str, body: Any, noun: str) -> dict[str, Any]:
    """The object of a single-object answer: bare, or wrapped in C(data) or its own name.

    :param noun: what the object is, in the singular (C(host)).
    :raises BodyError: with the outline, for anything else.
    """
    value = body
    for _level in range(3):
        if not isinstance(value, dict):
            break
        if "id" in value:
            return value
        value = next((value[key] for key in ("data", noun) if key in value), None)
    raise BodyError(method, path, f"the {noun} has an unknown shape: {outline(body)}", hint=_REPORT)


def row_id(method: str, path: str, row: dict[str, Any], noun: str) -> int:
    """The id of a row, which may come as a number or as its digits.

    :raises BodyError: for a row without one.
    """
    number = whole_number(row.get("id"))
    if number is None:
        raise BodyError(method, path, f"one of the {noun} has no usable id: {outline(row)}")
    return number


def whole_number(value: Any) -> int | None:
    """An id, which may come as a number or as its digits; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _find_rows(body: Any, keys: Iterable[str]) -> tuple[list[Any], list[Mapping[str, Any]]] | None:
    """The rows, and the objects around them, the innermost first."""
    envelopes: list[Mapping[str, Any]] = []
    value = body
    for _level in range(3):
        if isinstance(value, list):
            return value, envelopes
        if not isinstance(value, dict):
            return None
        if envelopes and _is_list_in_disguise(value):
            return list(value.values()), envelopes
        envelopes.insert(0, value)
        value = next((value[key] for key in keys if key in value), None)
    return (value, envelopes) if isinstance(value, list) else None


def _is_list_in_disguise(value: Mapping[str, Any]) -> bool:
    """PHP writes a list with holes, as a filter leaves it, as an object: C({"0": {}, "3": {}})."""
    return all(key.isdecimal() and isinstance(item, dict) for key, item in value.items())


def _places(envelopes: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Where an envelope may speak of its pages: itself, C(meta), C(pagination), C(meta.pagination)."""
    for envelope in envelopes:
        yield envelope
        for key in ("meta", "pagination"):
            inner = envelope.get(key)
            if isinstance(inner, dict):
                yield inner
                if isinstance(inner.get("pagination"), dict):
                    yield inner["pagination"]


def _count(envelopes: list[Mapping[str, Any]], keys: tuple[str, ...]) -> int | None:
    for place in _places(envelopes):
        for key in keys:
            value = place.get(key)
            if isinstance(value, str) and value.isdecimal():
                return int(value)
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                return value
    return None


def _more(envelopes: list[Mapping[str, Any]]) -> bool | None:
    for place in _places(envelopes):
        if "next_page_url" in place:
            return place["next_page_url"] is not None
        if "next" in place and "results" in place:
            return place["next"] is not None
        links = place.get("links")
        if isinstance(links, dict) and "next" in links:
            return links["next"] is not None
    return None
