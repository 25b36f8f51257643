# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hosts and groups have in common: an id, a name, an owner, and a stored configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..answers.acceptance import check_accepted
from ..client.api import Api
from ..client.envelope import open_object, row_id
from ..client.errors import BodyError
from ..client.repetition import Repeat
from ..text.escaping import escape
from ..text.outline import outline
from . import json_field as document


@dataclass(frozen=True)
class Configured:
    """A host or a group as the API shows it.

    :ivar kind: C(host) or C(group).
    :ivar client_id: the owning client; None for a partner group, which belongs to none.
    :ivar row: the whole object as it came.
    """

    kind: str
    id: int
    name: str
    client_id: int | None
    row: dict[str, Any]

    def __str__(self) -> str:
        """For messages, fit for a terminal."""
        name = escape(self.name)
        return f"{self.kind} {name} (id {self.id})" if name else f"{self.kind} {self.id}"

    @property
    def has_document(self) -> bool:
        """Whether the answer came with the configuration; rows of a list need not."""
        return document.FIELD in self.row

    def document(self) -> dict[str, Any]:
        """The stored configuration, decoded.

        :raises UnreadableDocument: where what is stored is no document.
        :raises BodyError: where the answer came without it.
        """
        return document.decode(
            document.stored_in(self.row, f"/api/v1/{self.kind}s/{self.id}"), str(self)
        )


@dataclass(frozen=True)
class Collection:
    """All of one noun: C(HOSTS) or C(GROUPS).

    :ivar kind: the noun in the singular.
    """

    kind: str

    @property
    def path(self) -> str:
        """Below C(/api/v1)."""
        return f"/{self.kind}s"

    def read(self, api: Api, number: int) -> Configured:
        """One of them by its id.

        :raises StatusError: 404 where there is none, 403 where the token may not see it.
        :raises BodyError: where another one comes back than was asked for.
        """
        path = f"{self.path}/{number}"
        shown = f"/api/v1{path}"
        row = open_object("GET", shown, api.get(path).body, self.kind)
        if row_id("GET", shown, row, f"{self.kind}s") != number:
            raise BodyError("GET", shown, f"the answer is another {self.kind}: {outline(row)}")
        return self.of(row)

    def read_all(
        self, api: Api, *, client_id: int | None = None, workers: int = 1
    ) -> list[Configured]:
        """All that the token may see, or all of one client."""
        # Here, since a run in which only single hosts are read need not load it.
        from ..client.pages import List

        path = self.path if client_id is None else f"/clients/{client_id}{self.path}"
        noun = f"{self.kind}s"
        return [self.of(row) for row in List(api, path, noun, workers=workers).read()]

    def save(self, api: Api, number: int, configuration: dict[str, Any]) -> None:
        """Store a whole configuration. Doing it twice is the same as doing it once.

        :raises BodyError: where the server answers with success but says in the body that it failed.
        """
        path = f"{self.path}/{number}"
        body = api.post(path, {document.FIELD: configuration}, Repeat.IDEMPOTENT).body
        check_accepted(api, path, body, f"the {self.kind} was not saved")

    def of(self, row: dict[str, Any]) -> Configured:
        """A row of a list, or the object of a single answer."""
        name = row.get("name")
        return Configured(
            kind=self.kind,
            id=row_id("GET", f"/api/v1{self.path}", row, f"{self.kind}s"),
            name="" if name is None else str(name),
            client_id=_optional_id(row.get("client_id")),
            row=row,
        )


HOSTS = Collection("host")
GROUPS = Collection("group")


def _optional_id(value: Any) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
