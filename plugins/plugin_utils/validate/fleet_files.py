# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a folder of desired configurations, each read once, and the hosts that they speak of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ansible.inventory.helpers import sort_groups
from ansible.parsing.dataloader import DataLoader

from ...module_utils.config_files.reading import Said
from ..desired_config.client import Client
from ..desired_config.directory import CLIENTS, GROUPS, HOSTS, DesiredDirectory
from ..desired_config.excepting import EXCEPT, is_meant, nobody_meant, parted, unmatched
from ..desired_config.file import shown_path
from ..desired_config.inventory_knowledge import client_of
from .check import FleetFile, FleetHost
from .notice import UNUSED, WARNING, Notice
from .read_files import ReadFiles


class FleetFiles:
    """The folder as it is when this is made.

    :raises SettingsError: where there is no such folder.
    """

    def __init__(self, loader: DataLoader, path: str) -> None:
        self._directory = DesiredDirectory(path)
        self._excepted: dict[str, tuple[str, ...]] = {}
        self._files = ReadFiles(loader)
        for file in self._directory.every().values():
            self._files.take(file, self._parted)

    def _parted(self, said: Said, path: str) -> Said:
        said, excepted = parted(said, shown_path(path), self._directory.speaks_of_one(path))
        if excepted:
            self._excepted[path] = excepted
        return said

    @property
    def notices(self) -> list[Notice]:
        """What cannot be read."""
        return self._files.notices

    @property
    def files(self) -> list[FleetFile]:
        """Those that could be read."""
        return list(self._files.read.values())

    @property
    def names(self) -> list[str]:
        """The paths of all files, fit for a terminal."""
        return [shown_path(path) for path in self._directory.every().values()]

    def _names(self, folder: str) -> list[str]:
        return [name for where, name in self._directory.every() if where == folder]

    def hosts(self, inventory: Any) -> list[FleetHost]:
        """The hosts of the inventory, and those that only have a file of their own.

        :param inventory: Ansible's; of its hosts groups and clients are known, as far as it knows them.
        """
        found = []
        for name in dict.fromkeys([*inventory.hosts, *self._names(HOSTS)]):
            host = inventory.hosts.get(name)
            groups = [group.name for group in sort_groups(host.get_groups())] if host else []
            client = client_of({**host.vars, "inventory_hostname": name}) if host else None
            paths = [
                path
                for path in self._directory.files_of(name, groups, client)
                if not is_meant(name, self._excepted.get(path, ()))
            ]
            if all(path in self._files.read for path in paths):
                found.append(FleetHost(name, tuple(self._files.read[path] for path in paths)))
        return found

    def unused(self, inventory: Any) -> list[Notice]:
        """What speaks of nobody that the inventory knows; without one, what no host, group or client could mean."""
        hosts, groups = set(inventory.hosts), set(inventory.groups)
        if not hosts:
            hosts, groups = set(self._names(HOSTS)), set(self._names(GROUPS))
        clients = [
            client_of({**host.vars, "inventory_hostname": host.name})
            for host in inventory.hosts.values()
        ]
        if not any(clients):
            # What is no id may be a name.
            clients = [
                Client(int(name)) if name.isdecimal() else Client(0, name)
                for name in self._names(CLIENTS)
            ]
        found = [
            Notice(
                shown_path(path), None, WARNING, UNUSED, "No host, group or client is meant by it."
            )
            for path in self._directory.unused(hosts, groups, clients)
        ]
        return found + (self._excepted_nobody(inventory.hosts) if inventory.hosts else [])

    def _excepted_nobody(self, hosts: Collection[str]) -> list[Notice]:
        """What files leave out that the inventory does not have."""
        found = []
        for path, patterns in self._excepted.items():
            if unknown := unmatched(patterns, hosts):
                line = self._files.read[path].said.lines((EXCEPT,))
                name = shown_path(path)
                told = str(nobody_meant(name, unknown)).removeprefix(f"{name}: ")
                found.append(Notice(name, line, WARNING, UNUSED, told, EXCEPT))
        return found
