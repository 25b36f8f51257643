# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients: the customer accounts that own hosts and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.envelope import open_object, row_id
from ..client.errors import BodyError, StatusError, TargetError
from ..client.pages import List
from ..text.outline import outline

_PATH = "/clients"
_NOT_FOUND = 404


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
        if failure.status != _NOT_FOUND:
            raise
        raise no_such_client(number, failure) from None
    row = open_object("GET", shown, body, "client")
    if row_id("GET", shown, row, "clients") != number:
        raise BodyError("GET", shown, f"the answer is another client: {outline(row)}")
    return _of(row)


def read_all(api: Api, *, workers: int = 1) -> list[Client]:
    """All that the token may see."""
    return [_of(row) for row in List(api, _PATH, "clients", workers=workers).read()]


def no_such_client(number: int, failure: StatusError) -> TargetError:
    """What a 404 below C(/clients/{id}) means to the user."""
    said = f' The server says: "{failure.server_message}"' if failure.server_message else ""
    return TargetError(
        f"There is no client with id {number}, or the token may not see it.{said}",
        f"GET /api/v1{_PATH} lists those that it may see.",
    )


def _of(row: dict[str, Any]) -> Client:
    names = (row.get("firstname"), row.get("lastname"))
    email = row.get("email")
    return Client(
        id=row_id("GET", f"/api/v1{_PATH}", row, "clients"),
        name=" ".join(str(name).strip() for name in names if name not in (None, "")).strip(),
        email="" if email is None else str(email),
        row=row,
    )
