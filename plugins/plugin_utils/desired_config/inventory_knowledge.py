# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory of a run knows, for a lookup: groups in their order, clients, and where a folder lies."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.inventory.helpers import sort_groups
from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.errors import SettingsError
from ...module_utils.text.escaping import escape
from ..plain import plain
from .client import Client

CLIENT_ID, CLIENT_NAME = "turbostack_client_id", "turbostack_client_name"


def groups_in_order(variables: Mapping[str, Any]) -> list[str]:
    """The groups of the current host, as their variables would win over one another: the last one most.

    That order (depth, then C(ansible_group_priority), then name) is not in any variable, so that the
    inventory itself is asked for it.
    """
    host = variables["hostvars"]._inventory.get_host(variables["inventory_hostname"])
    return [group.name for group in sort_groups(host.get_groups())]


def client_of(variables: Mapping[str, Any]) -> Client | None:
    """The client of the current host; None for a host without one, or of which the inventory does not say.

    :raises SettingsError: for a variable that is no id.
    """
    number = plain(variables.get(CLIENT_ID))
    if number is None or number == "":
        return None
    if isinstance(number, str) and number.isascii() and number.isdecimal():
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        raise SettingsError(f"{CLIENT_ID} of {variables['inventory_hostname']} is no id.")
    name = plain(variables.get(CLIENT_NAME))
    return Client(number, name if isinstance(name, str) and name else None)


def clients_of_all(variables: Mapping[str, Any]) -> Iterator[Client | None]:
    """The client of each host of the inventory, worked out one by one as they are asked for."""
    for name in plain(variables["groups"]["all"]):
        yield client_of({**variables["hostvars"].raw_get(name), "inventory_hostname": name})


def namesakes(file: str, *ids: int) -> SettingsError:
    """Why a file is of no use that bears a name of several clients."""
    clients = " and ".join(str(number) for number in sorted(ids))
    return SettingsError(
        f"{escape(file)} could speak of the clients {clients}, which bear one name.",
        "Name the file after the client's id.",
    )


def found_folder(loader: DataLoader, path: str) -> str:
    """The folder of that name: beside the playbook, or else where Ansible was started.

    :raises SettingsError: where there is neither.
    """
    path = os.path.expanduser(path)
    places = [os.path.join(loader.get_basedir(), path), os.path.abspath(path)]
    for place in places:
        if os.path.isdir(place):
            return os.path.normpath(place)
    looked = " or ".join(escape(os.path.normpath(place)) for place in dict.fromkeys(places))
    raise SettingsError(f"There is no folder {looked}.")
