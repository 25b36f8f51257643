# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the user wrote, an id or a name, to the one host or group that is meant."""

from __future__ import annotations

from ..client.api import Api
from ..client.errors import StatusError, TargetError
from ..text.escaping import escape
from .configured import Collection, Configured

_NOT_FOUND = 404
_CANDIDATES = 10


def find(api: Api, collection: Collection, number: int | None, name: str | None) -> Configured:
    """The host or group by its id or, the id missing, by its exact name; always freshly read.

    :raises TargetError: where there is none, or where several bear the name; lists the candidates.
    """
    if number is None:
        if name is None or not name.strip():
            raise TargetError(
                f"The name of the {collection.kind} is empty.",
                "Look at what it is made of, for instance a variable that has no value here.",
            )
        number = _id_of(api, collection, name)
    try:
        return collection.read(api, number)
    except StatusError as failure:
        if failure.status != _NOT_FOUND:
            raise
        said = f' The server says: "{failure.server_message}"' if failure.server_message else ""
        raise TargetError(
            f"There is no {collection.kind} with id {number}, or the token may not see it.{said}",
            f"GET /api/v1{collection.path} lists those that it may see.",
        ) from None


def _id_of(api: Api, collection: Collection, name: str) -> int:
    everything = collection.read_all(api)
    named = [one for one in everything if one.name == name]
    if len(named) == 1:
        return named[0].id
    if named:
        raise TargetError(
            f"There are {len(named)} {collection.kind}s named {escape(name)}: {_listed(named)}.",
            "Name the one that is meant by its id.",
        )
    alike = [one for one in everything if name.casefold() in one.name.casefold()]
    if alike:
        raise TargetError(
            f"There is no {collection.kind} named {escape(name)}.",
            f"Is one of these meant: {_listed(alike)}?",
        )
    raise TargetError(
        f"There is no {collection.kind} named {escape(name)} among the {len(everything)} that the "
        f"token may see{': ' + _listed(everything) if everything else ''}.",
    )


def _listed(candidates: list[Configured]) -> str:
    shown = [
        f"id {one.id} ({escape(one.name)}, "
        + (f"client {one.client_id})" if one.client_id is not None else "no client)")
        for one in sorted(candidates, key=lambda one: one.id)[:_CANDIDATES]
    ]
    if len(candidates) > _CANDIDATES:
        shown.append(f"and {len(candidates) - _CANDIDATES} more")
    return ", ".join(shown)
