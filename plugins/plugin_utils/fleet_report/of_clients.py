# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clients that a page is made for: nothing of another one may get into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils.client.errors import SettingsError
from ...module_utils.text.escaping import escape

_OPTION = "fleet_report_clients"
_CANDIDATES = 10


def chosen(wanted: Sequence[str], every: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The clients that are asked for, each once, in the order in which they are.

    :param wanted: ids and names; a text of digits is an id.
    :param every: C(clients) of C(turbostack_client_info).
    :raises SettingsError: for one that there is not, or not only once.
    """
    found = {client["id"]: client for client in (_one(word, every) for word in wanted)}
    return list(found.values())


def hosts_of(client: Mapping[str, Any], listed: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What a list about a client's hosts has of this client's: an entry that names another client is none."""
    number = client["id"]
    return [
        {**host, "client_id": number} for host in listed if host.get("client_id") in (None, number)
    ]


def _one(word: str, every: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    wanted = word.strip()
    if wanted.isdecimal():
        named = [client for client in every if client["id"] == int(wanted)]
    else:
        named = [client for client in every if str(client["name"]).casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise SettingsError(
            f"{_OPTION} names {escape(wanted)}, and there are {len(named)} clients of that name: {_listed(named)}.",
            "Name the one that is meant by its id: a page for one must not show another.",
        )
    raise SettingsError(
        f"{_OPTION} names {escape(wanted)}, which is no id and no name of a client among the {len(every)} that "
        f"the token may see{': ' + _listed(every) if every else ''}."
    )


def _listed(clients: Sequence[Mapping[str, Any]]) -> str:
    shown = [f"{escape(str(one['name']))} (id {one['id']})" for one in clients[:_CANDIDATES]]
    if len(clients) > _CANDIDATES:
        shown.append(f"and {len(clients) - _CANDIDATES} more")
    return ", ".join(shown)
