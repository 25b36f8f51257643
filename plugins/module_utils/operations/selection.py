# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts, groups or clients a task reads: one, all, or those that fit its conditions."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from ..answers.activity import is_active
from ..client.api import Api
from ..client.errors import BodyError, SettingsError, StatusError
from ..resources.clients import no_such_client
from ..resources.configured import Collection, Configured
from ..resources.targets import find
from ..text.outline import outline

_NOT_FOUND = 404
_MOST_WORKERS = 32

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


def names_one(options: Mapping[str, Any]) -> bool:
    """Whether the task is about one that it names, so that there is no list of which it is a part."""
    return options["id"] is not None or options["name"] is not None


def select(api: Api, collection: Collection, options: Mapping[str, Any]) -> list[Configured]:
    """The selected ones in the API's order; rows of a list, which need not hold the configuration.

    :raises TargetError: where the one that is named, or the client, does not exist.
    """
    if names_one(options):
        return [find(api, collection, options["id"], options["name"])]
    try:
        rows = collection.read_all(api, client_id=options["client_id"], workers=workers_of(options))
    except StatusError as failure:
        if failure.status != _NOT_FOUND or options["client_id"] is None:
            raise
        raise no_such_client(options["client_id"], failure) from None
    return [
        one
        for one in rows
        if fits(one.name, options["name_pattern"]) and _has_state(one, options.get("active"))
    ]


def fits(name: str, pattern: str | None) -> bool:
    """Whether a name fits a shell's pattern, whatever the case of its letters; None fits all."""
    return pattern is None or fnmatchcase(name.casefold(), pattern.casefold())


def workers_of(options: Mapping[str, Any]) -> int:
    """The option C(workers).

    :raises SettingsError: for a number that makes no sense.
    """
    workers: int = options["workers"]
    if not 1 <= workers <= _MOST_WORKERS:
        raise SettingsError(f"workers must be between 1 and {_MOST_WORKERS}, not {workers}.")
    return workers


def _has_state(one: Configured, wanted: bool | None) -> bool:
    if wanted is None:
        return True
    active = is_active(one.row)
    if active is None:
        # To leave it out, or in, would be a guess that nobody notices.
        raise BodyError(
            "GET",
            f"/api/v1/{one.kind}s",
            f"whether {one} is active cannot be told: {outline(one.row)}",
            hint="Select by something else than active, and please report this outline.",
        )
    return active is wanted
