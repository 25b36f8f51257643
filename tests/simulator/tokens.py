# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Personal access tokens and what their owners may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .records import Client, Group, Host


@dataclass(frozen=True)
class Token:
    """A token; `clients` are the ids its owner may see, None for all of them, but for the hosts in `hidden`."""

    name: str
    value: str
    clients: frozenset[int] | None = None
    expired: bool = False
    hidden: frozenset[int] = frozenset()

    def sees_client(self, client: Client) -> bool:
        """Whether the owner may see this client."""
        return self.clients is None or int(client.id) in self.clients

    def sees_host(self, host: Host) -> bool:
        """Whether the owner may see (and change) this host."""
        if int(host.id) in self.hidden:
            return False
        if self.clients is None:
            return True
        return host.client_id is not None and int(host.client_id) in self.clients

    def sees_group(self, group: Group) -> bool:
        """Whether the owner may see this group: one of its clients is the owner's."""
        if self.clients is None:
            return True
        if group.client_id is None:
            return not self.clients.isdisjoint(group.spans)
        return int(group.client_id) in self.clients
