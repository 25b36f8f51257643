# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_client_info."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.errors import TargetError
from ..resources import clients
from ..resources.clients import Client
from ..text.escaping import escape
from .operation import Operation, Result, TaskContext
from .plain_json import plain_json
from .selection import WORKERS, fits, workers_of

OPTIONS: dict[str, dict[str, Any]] = {
    "id": {"type": "int"},
    "name": {"type": "str"},
    "name_pattern": {"type": "str"},
    **WORKERS,
}

_FIELDS = ("firstname", "lastname", "created_at", "updated_at")
_CANDIDATES = 10


@dataclass(frozen=True)
class ClientInfo:
    """Which clients are to be shown."""

    id: int | None
    name: str | None
    name_pattern: str | None
    workers: int


def run(wanted: ClientInfo, api: Api, context: TaskContext) -> Result:
    """C(clients): one by its id, its name or its email address; all, or those whose name fits."""
    if wanted.id is not None:
        found = [clients.read(api, wanted.id)]
    else:
        found = clients.read_all(api, workers=workers_of(wanted.workers))
        if wanted.name is not None:
            found = [_named(wanted.name, found)]
        pattern = wanted.name_pattern
        found = [one for one in found if fits(one.name, pattern) or fits(one.email, pattern)]
    return {"changed": False, "clients": [_shown(one) for one in found]}


def _named(name: str, every: list[Client]) -> Client:
    named = [one for one in every if one.name == name or one.email.casefold() == name.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise TargetError(
            f"There are {len(named)} clients named {escape(name)}: {_listed(named)}.",
            "Name the one that is meant by its id.",
        )
    raise TargetError(
        f"There is no client with the name or email address {escape(name)} among the {len(every)} that "
        f"the token may see{': ' + _listed(every) if every else ''}.",
    )


def _listed(candidates: list[Client]) -> str:
    shown = [f"id {one.id} ({escape(one.name or one.email)})" for one in candidates[:_CANDIDATES]]
    if len(candidates) > _CANDIDATES:
        shown.append(f"and {len(candidates) - _CANDIDATES} more")
    return ", ".join(shown)


def _shown(client: Client) -> Result:
    shown: Result = plain_json(
        {
            "id": client.id,
            "name": client.name,
            "email": client.email,
            **{field: client.row.get(field) for field in _FIELDS},
        }
    )
    return shown


OPERATION = Operation(
    name="turbostack_client_info",
    options=OPTIONS,
    takes=ClientInfo,
    run=run,
    rules={"mutually_exclusive": [("id", "name", "name_pattern")]},
)
