# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and single objects as Laravel may wrap them. Rows are JSON already and only joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .answers import encode
from .switches import Switches

DEFAULT_SIZE = 15
UNPAGED = ("bare", "named")


@dataclass(frozen=True)
class Page:
    """One page of a list: `number` from 1, `size` rows at most, `total` rows in all pages."""

    url: str  # the list's address without a query
    noun: str  # clients, hosts or groups
    number: int
    size: int
    asked_size: str | None  # `size` as it stood in the query
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, -(-self.total // self.size))

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the page starts and ends in the list."""
        start = (self.number - 1) * self.size
        return start, min(start + self.size, self.total)

    def url_of(self, number: int, switches: Switches) -> str | None:
        """The address of another page; None when there is no such page."""
        if not 1 <= number <= self.last:
            return None
        query: dict[str, Any] = {"page": number}
        if switches.page_urls_keep_size and self.asked_size is not None:
            query = {"size": self.asked_size, **query}
        return f"{self.url}?{urlencode(query)}"

    def links(self, switches: Switches) -> list[dict[str, Any]]:
        """The page links of Laravel's length-aware paginator (at most ten numbers here)."""
        numbers = range(1, min(self.last, 10) + 1)
        around = [(str(n), n, n == self.number) for n in numbers]
        entries = [
            ("&laquo; Previous", self.number - 1, False),
            *around,
            ("Next &raquo;", self.number + 1, False),
        ]
        return [
            {"url": self.url_of(number, switches), "label": label, "active": active}
            for label, number, active in entries
        ]


def list_body(rows: list[bytes], page: Page, switches: Switches) -> bytes:
    """The body of a list answer; `rows` are those of the page, or all for an unpaged envelope."""
    kind = switches.list_envelope
    array = b"[" + b",".join(rows) + b"]"
    if kind in ("bare", "bare-paged"):
        return array
    if kind in ("named", "named-paged"):
        return b'{"' + page.noun.encode() + b'":' + array + b"}"
    if kind == "resource":
        return _with_member(b"data", array, _resource_members(page, len(rows), switches))
    members = _paginator_members(page, len(rows), switches, lengths=kind != "simple")
    if kind == "numeric-keys":
        # PHP keeps the keys of a filtered array, and one with gaps is encoded as an object.
        keyed = (b'"%d":%s' % (_gapped(index), row) for index, row in enumerate(rows))
        array = b"{" + b",".join(keyed) + b"}"
    return _with_member(b"data", array, members)


def object_body(encoded: bytes, switches: Switches) -> bytes:
    """A single object, bare or in ``data``."""
    return b'{"data":' + encoded + b"}" if switches.object_envelope == "data" else encoded


def _gapped(index: int) -> int:
    return index if index == 0 else index + 2


def _with_member(name: bytes, value: bytes, members: dict[str, Any]) -> bytes:
    return b'{"' + name + b'":' + value + b"," + encode(members)[1:]


def _per_page(page: Page, switches: Switches) -> int | str:
    return str(page.size) if switches.per_page_string else page.size


def _first_and_last_row(page: Page, count: int) -> tuple[int | None, int | None]:
    start = page.bounds[0]
    return (start + 1, start + count) if count else (None, None)


def _paginator_members(page: Page, count: int, switches: Switches, lengths: bool) -> dict[str, Any]:
    first_row, last_row = _first_and_last_row(page, count)
    members: dict[str, Any] = {
        "current_page": page.number,
        "first_page_url": page.url_of(1, switches),
        "from": first_row,
        "next_page_url": page.url_of(page.number + 1, switches),
        "path": page.url,
        "per_page": _per_page(page, switches),
        "prev_page_url": page.url_of(page.number - 1, switches),
        "to": last_row,
    }
    if lengths:
        members["last_page"] = page.last
        members["last_page_url"] = page.url_of(page.last, switches)
        members["links"] = page.links(switches)
        members["total"] = page.total
    return members


def _resource_members(page: Page, count: int, switches: Switches) -> dict[str, Any]:
    first_row, last_row = _first_and_last_row(page, count)
    return {
        "links": {
            "first": page.url_of(1, switches),
            "last": page.url_of(page.last, switches),
            "prev": page.url_of(page.number - 1, switches),
            "next": page.url_of(page.number + 1, switches),
        },
        "meta": {
            "current_page": page.number,
            "from": first_row,
            "last_page": page.last,
            "links": page.links(switches),
            "path": page.url,
            "per_page": _per_page(page, switches),
            "to": last_row,
            "total": page.total,
        },
    }
