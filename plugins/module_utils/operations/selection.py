# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts, groups or clients a task reads: one, all, or those that fit its conditions."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from ..client.api import Api
from ..client.errors import BodyError, SettingsError, StatusError
from ..resources.absence import NOT_FOUND, no_such
from ..resources.configured import Collection, Configured
from ..resources.targets import find
from ..text.outline import outline

_MOST_WORKERS = 32

Made = TypeVar("Made")

WORKERS: dict[str, dict[str, Any]] = {"workers": {"type": "int", "default": 4}}

GROUP_SELECTION: dict[str, dict[str, Any]] = {
    "id": {"type": "int"},
    "name": {"type": "str"},
    "client_id": {"type": "int"},
    "name_pattern": {"type": "str"},
    **WORKERS,
}

HOST_SELECTION: dict[str, dict[str, Any]] = {**GROUP_SELECTION, "active": {"type": "bool"}}

GROUP_SELECTION_RULES: dict[str, Any] = {
    "mutually_exclusive": [
        ("id", "name", "client_id"),
        ("id", "name", "name_pattern"),
    ],
}

HOST_SELECTION_RULES: dict[str, Any] = {
    "mutually_exclusive": [*GROUP_SELECTION_RULES["mutually_exclusive"], ("id", "name", "active")],
}

# For what takes a request per host, so that nobody asks for a whole fleet by leaving something out.
NAMED_HOSTS_RULES: dict[str, Any] = {
    **HOST_SELECTION_RULES,
    "required_one_of": [("id", "name", "client_id", "name_pattern", "active")],
}


@dataclass(frozen=True)
class Selection:
    """What is to be read, of groups or of hosts.

    :ivar workers: how many requests may be under way at once; see C(workers_of).
    """

    id: int | None
    name: str | None
    client_id: int | None
    name_pattern: str | None
    workers: int

    @property
    def names_one(self) -> bool:
        """Whether the task is about one that it names, so that there is no list of which it is a part."""
        return self.id is not None or self.name is not None

    def covers(self, one: Configured) -> bool:
        """Whether a row of the list that is read is meant."""
        return fits(one.name, self.name_pattern)


@dataclass(frozen=True)
class HostSelection(Selection):
    """The same of hosts, which are active or are not."""

    active: bool | None

    def covers(self, one: Configured) -> bool:
        """As for all.

        :raises BodyError: where it takes to know whether the host is active, and that cannot be told.
        """
        return super().covers(one) and _has_state(one, self.active)


def select(
    api: Api, collection: Collection, selection: Selection, make: Callable[[Configured], Made]
) -> list[Made]:
    """What is made of each of the selected ones as it comes, so that a fleet's documents need not all be kept.

    :param make: called in the thread that fetched the row.
    :returns: in the API's order. Rows of a list need not hold the configuration.
    :raises TargetError: where the one that is named, or the client, does not exist.
    """
    if selection.names_one:
        return [make(find(api, collection, selection.id, selection.name))]
    client_id, workers = selection.client_id, workers_of(selection.workers)

    def made(one: Configured) -> list[Made]:
        return [make(one)] if selection.covers(one) else []

    try:
        found = collection.listing(api, client_id=client_id, workers=workers, make=made).read()
    except StatusError as failure:
        if failure.status != NOT_FOUND or client_id is None:
            raise
        raise no_such("client", client_id, failure) from None
    return list(itertools.chain.from_iterable(found))


def fits(name: str, pattern: str | None) -> bool:
    """Whether a name fits a shell's pattern, whatever the case of its letters; None fits all."""
    return pattern is None or fnmatchcase(name.casefold(), pattern.casefold())


def workers_of(workers: int) -> int:
    """The option C(workers).

    :raises SettingsError: for a number that makes no sense.
    """
    if not 1 <= workers <= _MOST_WORKERS:
        raise SettingsError(f"workers must be between 1 and {_MOST_WORKERS}, not {workers}.")
    return workers


def _has_state(one: Configured, wanted: bool | None) -> bool:
    if wanted is None:
        return True
    if one.active is None:
        # To leave it out, or in, would be a guess that nobody notices.
        raise BodyError(
            "GET",
            f"/api/v1/{one.kind}s",
            f"whether {one} is active cannot be told: {outline(one.row)}",
            hint="Select by something else than active, and please report this outline.",
        )
    return one.active is wanted
