# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which groups `groups` and `keyed_groups` will give, where a host might be called like one of them.

Ansible takes a name that a group and a host share for the group's: the host's variables would become the
group's. Such a host needs another name, but most groups only come into being when the hosts are there. So they
are all put into an inventory that is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ansible.inventory.data import InventoryData

from ..constructed.engine import Constructed
from .building import Builder
from .selection import Choice, Host

_MAY_BE_A_GROUPS = re.compile(r"\w+\Z")


def is_needed(plugin: Any, chosen: Iterable[Choice]) -> bool:
    """Whether a host wants a name that a constructed group may have too."""
    if not (plugin.get_option("groups") or plugin.get_option("keyed_groups")):
        return False
    return any(_MAY_BE_A_GROUPS.match(each.wanted_name) for each in chosen)


def group_names(plugin: Any, builder: Builder, hosts: Sequence[Host]) -> set[str]:
    """The names of the groups that these hosts would give."""
    inventory = plugin.inventory
    plugin.inventory = InventoryData()
    try:
        builder.into(plugin.inventory).add(hosts)
        constructed = Constructed(plugin)
        for host in hosts:
            try:
                constructed.apply(host.name, host.seen_variables)
            except Exception:  # noqa: S112  # it is raised again when it counts
                continue
        return set(plugin.inventory.groups)
    finally:
        plugin.inventory = inventory
