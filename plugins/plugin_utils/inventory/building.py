# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts, their variables and groups into Ansible's inventory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .ready_groups import ReadyGroups
from .selection import Host


class Builder:
    """Puts hosts into an inventory.

    :param inventory: as the plugin's `parse` got it.
    :param ready_groups: names each host's groups.
    """

    def __init__(self, inventory: Any, ready_groups: ReadyGroups) -> None:
        self._inventory = inventory
        self._ready_groups = ready_groups
        self._groups: dict[str, str] = {}

    def into(self, inventory: Any) -> Builder:
        """One that puts the same into another inventory."""
        return Builder(inventory, self._ready_groups)

    def add(self, hosts: Iterable[Host]) -> None:
        """Add hosts with their variables and ready-made groups."""
        for host in hosts:
            self._add(host)

    def _add(self, host: Host) -> None:
        inventory = self._inventory
        is_new = host.name not in inventory.hosts
        inventory.add_host(host.name)
        if is_new:
            # As data that nobody trusts as a template, and that needs no note of where it comes from. The
            # inventory's own set_variable walks through each value for that, which takes longer than
            # all the rest.
            inventory.hosts[host.name].vars.update(host.variables)
        else:
            for key, value in host.variables.items():
                inventory.set_variable(host.name, key, value)
        for wanted in self._ready_groups.of(host.record):
            group = self._groups.get(wanted)
            if group is None:
                group = self._groups[wanted] = inventory.add_group(wanted)
            inventory.add_child(group, host.name)
