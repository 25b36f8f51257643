# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of desired configurations, read once for all hosts of a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.inventory.helpers import sort_groups
from ansible.parsing.dataloader import DataLoader
from ansible.utils.display import Display

from ...module_utils.document.policy import Policy
from ..plain import plain
from .client import Client
from .directory import DesiredDirectory
from .file import Overlay, read_overlay
from .inventory_knowledge import client_of, clients_of_all, found_folder, namesakes
from .layering import Layered, layered

display = Display()


class DesiredFolder:
    """A folder of desired configurations, as the lookup desired_config reads it; each file is read once.

    :param all_known: whether the inventory has every host that a file could leave out.
    :ivar path: an absolute one.
    :ivar vaulted: what was encrypted in the files that were read so far.
    :raises SettingsError: where there is no such folder.
    """

    def __init__(self, loader: DataLoader, path: str, *, all_known: bool = True) -> None:
        self._loader = loader
        self._all_known = all_known
        self.path = found_folder(loader, path)
        self._directory = DesiredDirectory(self.path)
        self.vaulted: set[str] = set()
        self._files: dict[str, Overlay] = {}
        self._named: dict[str, int] = {}
        self._merged: dict[tuple[tuple[str, ...], int], Layered] = {}

    def unused(self, task_vars: Mapping[str, Any]) -> list[str]:
        """The files that mean no host, group or client of the inventory."""
        groups = plain(task_vars["groups"])
        return self._directory.unused(set(groups["all"]), set(groups), clients_of_all(task_vars))

    def config(self, host: Any, variables: Mapping[str, Any], policy: Policy) -> Layered:
        """The desired configuration of a host; hosts of which the same files speak share it.

        :param host: the inventory's own.
        :raises TurboStackError: with the name of the file that is at fault.
        """
        overlays = self._overlays(host, variables)
        files = tuple(file for file, one in overlays.items() if one.counts_for(host.name))
        key = (files, id(policy))
        if key not in self._merged:
            merged = layered([overlays[file].layer for file in files], policy)
            for warning in merged.warnings:
                display.warning(warning)
            self._merged[key] = merged
        return self._merged[key]

    def left_out(self, host: Any, variables: Mapping[str, Any]) -> list[str]:
        """The files that would speak of a host, and say that they do not count for it.

        :raises TurboStackError: as C(config).
        """
        every = self._overlays(host, variables).values()
        return [one.layer.source for one in every if not one.counts_for(host.name)]

    def _overlays(self, host: Any, variables: Mapping[str, Any]) -> dict[str, Overlay]:
        groups = [group.name for group in sort_groups(host.get_groups())]
        client = client_of({**variables, "inventory_hostname": host.name})
        if client is not None:
            self._refuse_namesake(client)
        files = self._directory.files_of(host.name, groups, client)
        return {file: self._read(file, variables) for file in files}

    def _refuse_namesake(self, client: Client) -> None:
        file = self._directory.named_after(client)
        if file is not None and self._named.setdefault(file, client.id) != client.id:
            raise namesakes(file, client.id, self._named[file])

    def _read(self, file: str, variables: Mapping[str, Any]) -> Overlay:
        if file not in self._files:
            found = read_overlay(self._loader, self._directory, file, self.vaulted)
            if found.excepted and self._all_known:
                found.check(set(plain(variables["groups"]["all"])))
            self._files[file] = found
        return self._files[file]
