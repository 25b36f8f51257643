# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients, hosts and groups as the platform's database holds them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, fields
from typing import Any


class Record:
    """A row that knows when it changed, so that its encoded forms can be kept until then."""

    version: int
    encoded: dict[tuple[Any, ...], bytes]

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        object.__setattr__(self, "version", self.__dict__.get("version", 0) + 1)
        object.__setattr__(self, "encoded", {})

    def columns(self) -> tuple[Any, ...]:
        """The values of the row, in the order of the dataclass's fields."""
        return tuple(getattr(self, name) for name in self._names())

    def restore(self, columns: tuple[Any, ...]) -> None:
        """Put back what `columns` returned earlier."""
        for name, value in zip(self._names(), columns, strict=True):
            setattr(self, name, value)

    @classmethod
    def _names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))  # type: ignore[arg-type]


class Documented(Record):
    """A row with a stored configuration: `json` is its text, None or "" when there is none."""

    id: int | str
    json: str | None
    updated_at: int

    @property
    def key(self) -> tuple[str, int]:
        """Kind and number: what the record is known by everywhere."""
        return type(self).__name__, int(self.id)

    @property
    def document(self) -> Any:
        """The stored configuration, decoded; None when nothing (or "") is stored."""
        return json.loads(self.json) if self.json else None

    @document.setter
    def document(self, value: Any) -> None:
        self.json = dump(value)
        self.updated_at = int(time.time())


def dump(value: Any) -> str:
    """A configuration as the platform stores it: compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(eq=False)
class Client(Record):
    """A customer account. Times are seconds since the epoch."""

    id: int | str
    firstname: str | None
    lastname: str | None
    email: str | None
    created_at: int
    updated_at: int


@dataclass(eq=False)
class Host(Documented):
    """A server. `monitoring` is ``{"load": {…}, "disk": {…}, "memory": {…}}`` on a healthy host."""

    id: int | str
    client_id: int | str | None
    active: int
    name: str | None
    json: str | None
    created_at: int
    updated_at: int
    monitoring: Any


@dataclass(eq=False)
class Group(Documented):
    """A group; a partner group has no `client_id` and spans the clients in `spans`."""

    id: int | str
    client_id: int | str | None
    name: str | None
    json: str | None
    created_at: int
    updated_at: int
    spans: tuple[int, ...] = ()
