# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of an adopted fleet: its file, and the hosts as every later run will know them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.inventory.helpers import sort_groups
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin
from ansible.plugins.loader import inventory_loader

from ...module_utils.client.errors import SettingsError
from ...module_utils.client.settings import Settings
from ...module_utils.config_files.leavings import is_leaving
from ...module_utils.text.escaping import escape, one_line
from ..inventory.filling import fill
from ..plain import plain
from .adopted import adopted
from .leaving import LeftHost

FILE = "fleet.turbostack.yml"

_PLUGIN = "hosted_power.turbostack.turbostack"
_LONGEST = 255 - len(".yml")  # bytes of a file's name
_NO_CONFIGURATIONS = frozenset({"README", "LICENSE"})
_SHOWN = 200


@dataclass(frozen=True)
class InventoryHost:
    """A host of the inventory.

    :ivar name: its name there.
    :ivar groups: those that it is in, from the most general to the most exact.
    """

    name: str
    id: int
    client: int | None
    groups: tuple[str, ...]

    @property
    def can_have_a_file(self) -> bool:
        """Whether a file of a folder of desired configurations can bear the host's name."""
        return (
            len(os.fsencode(self.name)) <= _LONGEST
            and "/" not in self.name
            and self.name.upper() not in _NO_CONFIGURATIONS
            and not is_leaving(f"{self.name}.yml")
        )


def inventory_text(left_out: Iterable[LeftHost]) -> str:
    """The file of an inventory of all hosts but some, which nothing may be rolled out to yet."""
    lines = [f"plugin: {_PLUGIN}", "group_by:", "  - client", "  - app_type"]
    hosts = sorted(left_out, key=lambda host: host.id)
    if hosts:
        lines += [
            "# No file says anything of these hosts yet. Take an entry away, and adopt again, once one can.",
            "filters:",
        ]
        for host in hosts:
            lines += [
                f"  # {one_line(str(host), _SHOWN)}",
                f"  - exclude: turbostack_id == {host.id}",
            ]
    content = "".join(f"{line}\n" for line in lines)
    return adopted("The hosts of the fleet. The token is in TURBOSTACK_API_TOKEN.", content)


def hosts_in(text: str, loader: DataLoader, settings: Settings) -> list[InventoryHost]:
    """The hosts of an inventory whose file is yet to be written."""
    with tempfile.TemporaryDirectory(prefix="turbostack-") as folder:
        path = os.path.join(folder, FILE)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return hosts_of(path, loader, settings)


def hosts_of(path: str, loader: DataLoader, settings: Settings) -> list[InventoryHost]:
    """The hosts of an inventory.

    :param settings: the connection, as far as the file says nothing of it.
    :raises SettingsError: for a file that is no inventory of this platform.
    :raises TurboStackError: where the platform cannot be read.
    """
    connection = {
        "api_url": settings.url,
        "api_token": settings.token,
        "validate_certs": bool(settings.verify),
        "ca_path": settings.verify if isinstance(settings.verify, str) else None,
    }
    inventory = InventoryData()
    try:
        plugin = inventory_loader.get(_PLUGIN)
        BaseInventoryPlugin.parse(plugin, inventory, loader, path, False)
        file = plugin._read_config_data(path)
        fill(plugin, {**connection, **file}, path, refresh=True)
        inventory.reconcile_inventory()
    except AnsibleError as error:
        raise SettingsError(f"{escape(path)}: {escape(str(error))}") from None
    return [_known(host, path, settings) for host in inventory.hosts.values()]


def _known(host: Any, path: str, settings: Settings) -> InventoryHost:
    variables = plain(host.vars)
    number = variables.get("turbostack_id")
    if not isinstance(number, int):
        raise SettingsError(
            f"{escape(path)} gives {escape(host.name)} no turbostack_id.",
            "Leave hostvars_prefix as it is by default: the other roles need that variable too.",
        )
    if variables.get("turbostack_platform") != settings.platform:
        raise SettingsError(
            f"{escape(path)} is an inventory of another platform than the one that is adopted.",
            f"That one is {settings.platform}; see api_url.",
        )
    groups = tuple(group.name for group in sort_groups(host.get_groups()))
    return InventoryHost(host.name, number, variables.get("turbostack_client_id"), groups)
