# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hosts and groups have in common: an id, a name, an owner, and a stored configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..answers.acceptance import check_accepted
from ..answers.activity import is_active
from ..client.api import Api
from ..client.envelope import open_object, row_id
from ..client.errors import BodyError
from ..client.repetition import Repeat
from ..document.depth import is_too_deep
from ..text import json_text
from ..text.escaping import escape
from ..text.outline import outline
from . import json_field, row_fields

if TYPE_CHECKING:
    from ..client.pages import List


@dataclass(frozen=True)
class Configured:
    """A host or a group as the API shows it.

    :ivar kind: C(host) or C(group).
    :ivar name: empty where the platform has none.
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
    def active(self) -> bool | None:
        """A host's state; None where the platform does not say, or in a way that is not known."""
        return is_active(self.row)

    @property
    def monitoring(self) -> Any:
        """A host's live data as they come.

        PHP writes an empty object as an empty list; and what is nested without end says nothing.
        """
        live = self.row.get("monitoring")
        return {} if live == [] or is_too_deep(live) else live

    @property
    def created_at(self) -> str | int | float | None:
        return row_fields.moment(self.row, "created_at")

    @property
    def updated_at(self) -> str | int | float | None:
        return row_fields.moment(self.row, "updated_at")

    @property
    def has_document(self) -> bool:
        """Whether the answer came with the configuration; rows of a list need not."""
        return json_field.FIELD in self.row

    def without_document(self) -> Configured:
        """What the answer said beside the configuration."""
        row = {key: value for key, value in self.row.items() if key != json_field.FIELD}
        return replace(self, row=row)

    def document_alone(self) -> Configured:
        """What it takes to decode the configuration later, where the answer came with it."""
        row = {key: value for key, value in self.row.items() if key == json_field.FIELD}
        return replace(self, row=row)

    def document(self, text: json_field.Decode = json_text.decode) -> dict[str, Any]:
        """The stored configuration, decoded.

        :param text: what becomes of JSON text.
        :raises UnreadableDocument: where what is stored is no document.
        :raises BodyError: where the answer came without it.
        """
        stored = json_field.stored_in(self.row, f"/api/v1/{self.kind}s/{self.id}")
        return json_field.decode(stored, str(self), text)


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

    def complete(self, api: Api, row: Configured) -> Configured:
        """A row of a list, which may come without its configuration, with it.

        :raises TurboStackError: as C(read) does.
        """
        return row if row.has_document else self.read(api, row.id)

    def read_all(
        self, api: Api, *, client_id: int | None = None, workers: int = 1
    ) -> list[Configured]:
        """All that the token may see, or all of one client."""
        return self.listing(api, client_id=client_id, workers=workers).read()

    def listing(
        self,
        api: Api,
        *,
        client_id: int | None = None,
        make: Callable[[Configured], Any] = lambda one: one,
        **paging: Any,
    ) -> List:
        """The list of all that the token may see, or of one client's, yet to be read.

        :param make: what is to become of each, in the thread that fetched it.
        :param paging: further arguments of C(List).
        """
        # Here, since a run in which only single hosts are read need not load it.
        from ..client.pages import List

        path = self.path if client_id is None else f"/clients/{client_id}{self.path}"

        def made(_number: int, row: dict[str, Any]) -> Any:
            return make(self.of(row))

        return List(api, path, f"{self.kind}s", make=made, **paging)

    def save(self, api: Api, number: int, configuration: dict[str, Any]) -> None:
        """Store a whole configuration. Doing it twice is the same as doing it once.

        :raises BodyError: where the server answers with success but says in the body that it failed.
        """
        path = f"{self.path}/{number}"
        body = api.post(path, {json_field.FIELD: configuration}, Repeat.IDEMPOTENT).body
        check_accepted(api, path, body, f"the {self.kind} was not saved")

    def of(self, row: dict[str, Any]) -> Configured:
        """A row of a list, or the object of a single answer.

        :raises BodyError: for a row whose id or name cannot be told.
        """
        shown = f"/api/v1{self.path}"
        return Configured(
            kind=self.kind,
            id=row_id("GET", shown, row, f"{self.kind}s"),
            name=row_fields.text(row, "name", shown),
            client_id=row_fields.owner(row),
            row=row,
        )


HOSTS = Collection("host")
GROUPS = Collection("group")
