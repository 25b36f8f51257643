# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a folder of desired configurations, each read once, and the hosts that they speak of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ansible.inventory.helpers import sort_groups
from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.errors import TurboStackError
from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.vault import is_encrypted
from ...module_utils.config_files.yaml_file import FileError
from ..action.vault import ansible_vault
from ..desired_config.client import Client
from ..desired_config.directory import CLIENTS, GROUPS, HOSTS, DesiredDirectory
from ..desired_config.excepting import EXCEPT, is_meant, nobody_meant, parted, unmatched
from ..desired_config.file import shown_path
from ..desired_config.inventory_knowledge import client_of
from .check import FleetFile, FleetHost
from .notice import ERROR, UNREADABLE, UNUSED, WARNING, Notice

# Stands for a secret that nobody can decrypt here. Of what the platform's own Jinja makes, nothing is known either.
_NOT_DECRYPTED = "{{ vaulted }}"


def _not_decrypted(ciphertext: str) -> str:
    return _NOT_DECRYPTED


class FleetFiles:
    """The folder as it is when this is made.

    :ivar notices: what cannot be read, or speaks of nobody.
    :raises SettingsError: where there is no such folder.
    """

    def __init__(self, loader: DataLoader, path: str) -> None:
        self._directory = DesiredDirectory(path)
        self._vault = ansible_vault(loader)
        self._decrypt = self._vault.decrypt if self._vault else _not_decrypted
        self.notices: list[Notice] = []
        self._read: dict[str, FleetFile] = {}
        self._excepted: dict[str, tuple[str, ...]] = {}
        for file in self._directory.every().values():
            self._take(file)

    @property
    def files(self) -> list[FleetFile]:
        """Those that could be read."""
        return list(self._read.values())

    @property
    def names(self) -> list[str]:
        """The paths of all files, fit for a terminal."""
        return [shown_path(path) for path in self._directory.every().values()]

    def _take(self, path: str) -> None:
        name = shown_path(path)
        try:
            text = text_file.read(path)
            if is_encrypted(text) and self._vault is None:
                told = (
                    "It is encrypted as a whole, and Ansible was started without a vault password."
                )
                self.notices.append(Notice(name, None, WARNING, UNREADABLE, told))
                return
            said = reading.said(text, name, self._decrypt)
            said, excepted = parted(said, name, self._directory.speaks_of_one(path))
            self._read[path] = FleetFile(name, said)
            if excepted:
                self._excepted[path] = excepted
        except TurboStackError as error:
            line = error.line if isinstance(error, FileError) else None
            told = str(error).removeprefix(f"{name}: ")
            if told.startswith(f"{name} "):
                told = f"It{told.removeprefix(name)}"
            self.notices.append(Notice(name, line, ERROR, UNREADABLE, told))

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
            if all(path in self._read for path in paths):
                found.append(FleetHost(name, tuple(self._read[path] for path in paths)))
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
                line = self._read[path].said.lines((EXCEPT,))
                name = shown_path(path)
                told = str(nobody_meant(name, unknown)).removeprefix(f"{name}: ")
                found.append(Notice(name, line, WARNING, UNUSED, told, EXCEPT))
        return found
