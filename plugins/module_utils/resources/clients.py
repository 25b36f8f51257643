# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients: the customer accounts that own hosts and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.envelope import open_object, row_id
from ..client.errors import BodyError, StatusError
from ..client.pages import List
from ..text.outline import outline
from . import row_fields
from .absence import NOT_FOUND, no_such

_PATH = "/clients"
_SHOWN = f"/api/v1{_PATH}"


@dataclass(frozen=True)
class Client:
    """A client as the API shows it.

    :ivar name: first and last name with a blank between them; empty where the platform has neither.
    :ivar row: the whole object as it came.
    """

    id: int
    name: str
    email: str
    row: dict[str, Any]


def read(api: Api, number: int) -> Client:
    """One client by its id.

    :raises TargetError: where there is none that the token may see.
    :raises BodyError: where another one comes back than was asked for.
    """
    path = f"{_PATH}/{number}"
    shown = f"/api/v1{path}"
    try:
        body = api.get(path).body
    except StatusError as failure:
        if failure.status != NOT_FOUND:
            raise
        raise no_such("client", number, failure) from None
    row = open_object("GET", shown, body, "client")
    if row_id("GET", shown, row, "clients") != number:
        raise BodyError("GET", shown, f"the answer is another client: {outline(row)}")
    return _of(row)


def read_all(api: Api, *, workers: int = 1) -> list[Client]:
    """All that the token may see."""
    return listing(api, workers=workers).read()


def listing(api: Api, **paging: Any) -> List:
    """The list of all that the token may see, yet to be read.

    :param paging: further arguments of C(List).
    """
    return List(api, _PATH, "clients", make=lambda _number, row: _of(row), **paging)


def _of(row: dict[str, Any]) -> Client:
    names = (row_fields.text(row, field, _SHOWN).strip() for field in ("firstname", "lastname"))
    return Client(
        id=row_id("GET", _SHOWN, row, "clients"),
        name=" ".join(name for name in names if name),
        email=row_fields.text(row, "email", _SHOWN),
        row=row,
    )
