# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the user wrote, an id or a name, to the one host or group that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..client.api import Api
from ..client.errors import StatusError, TargetError
from ..text.escaping import escape
from .absence import NOT_FOUND, no_such
from .configured import Collection, Configured

_CANDIDATES = 10

#: How much of two names has to be the same for one to be a slip of the other: 1 is all of it.
_LIKENESS = 0.85


@dataclass(frozen=True)
class Candidate:
    """As much of a host or group as it takes to find it by its name."""

    id: int
    name: str
    client_id: int | None


def find(
    api: Api,
    collection: Collection,
    number: int | None,
    name: str | None,
    *,
    expected: str | None = None,
) -> Configured:
    """The host or group by its id or, the id missing, by its exact name; always freshly read.

    :param expected: what it must be called; see C(check_expected).
    :raises TargetError: where there is none, or where several bear the name; lists the candidates. Where it is
        called otherwise than expected.
    """
    if number is None:
        check_name(collection, name)
        number = named(collection, str(name), candidates(api, collection))
    try:
        found = collection.read(api, number)
    except StatusError as failure:
        if failure.status != NOT_FOUND:
            raise
        raise no_such(collection.kind, number, failure) from None
    if expected is not None:
        check_expected(found, expected)
    return found


def check_expected(found: Configured, name: str) -> None:
    """Refuse one that is called otherwise than whoever knew its id believed.

    :raises TargetError: naming both.
    """
    if _spelling(found.name) == _spelling(name):
        return
    raise TargetError(
        f"The {found.kind} with id {found.id} is called {escape(found.name) or 'nothing'} in the platform, "
        f"and {escape(name) or 'nothing'} was expected (expected_name, or turbostack_name of the inventory): it was "
        f"renamed, or its id belongs to another {found.kind} by now. Nothing was changed.",
        "If it was renamed, read the inventory again (--flush-cache where it is cached; in AWX, synchronize the "
        "inventory source) and run the task again.",
    )


def _spelling(name: str) -> str:
    """A name as every reader has it: an inventory holds no half of a surrogate pair."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def candidates(api: Api, collection: Collection) -> list[Candidate]:
    """All that the token may see."""
    return collection.listing(
        api, make=lambda one: Candidate(one.id, one.name, one.client_id)
    ).read()


def check_name(collection: Collection, name: str | None) -> None:
    """Refuse a name that names nobody, before anything is asked for.

    :raises TargetError: for an empty one.
    """
    if name is None or not name.strip():
        raise TargetError(
            f"The name of the {collection.kind} is empty.",
            "Look at what it is made of, for instance a variable that has no value here.",
        )


def named(collection: Collection, name: str, every: Sequence[Candidate]) -> int:
    """The id of the one that bears exactly this name.

    :raises TargetError: where none or several do; lists those that may be meant.
    """
    exact = [one for one in every if one.name == name]
    if len(exact) == 1:
        return exact[0].id
    if exact:
        raise TargetError(
            f"There are {len(exact)} {collection.kind}s named {escape(name)}: {_listed(exact)}.",
            "Name the one that is meant by its id.",
        )
    alike = [one for one in every if name.casefold() in one.name.casefold()]
    if alike := alike or _nearest(name, every):
        raise TargetError(
            f"There is no {collection.kind} named {escape(name)}.",
            f"Is one of these meant: {_listed(alike)}?",
        )
    raise TargetError(
        f"There is no {collection.kind} named {escape(name)} among the {len(every)} that the "
        f"token may see{': ' + _listed(every) if every else ''}.",
    )


def _nearest(name: str, every: Sequence[Candidate]) -> list[Candidate]:
    """Those whose names a slip of the finger away may have meant."""
    names = {one.name.casefold() for one in every}
    near = get_close_matches(name.casefold(), names, n=_CANDIDATES, cutoff=_LIKENESS)
    return [one for one in every if one.name.casefold() in near]


def _listed(of: Sequence[Candidate]) -> str:
    shown = [
        f"id {one.id} ({escape(one.name)}, "
        + (f"client {one.client_id})" if one.client_id is not None else "no client)")
        for one in sorted(of, key=lambda one: one.id)[:_CANDIDATES]
    ]
    if len(of) > _CANDIDATES:
        shown.append(f"and {len(of) - _CANDIDATES} more")
    return ", ".join(shown)
