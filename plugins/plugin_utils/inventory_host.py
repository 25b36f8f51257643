# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host as the variables of the collection's inventory know it, and whether a task means it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..module_utils.client.envelope import whole_number
from ..module_utils.client.errors import TargetError
from ..module_utils.text.escaping import escape
from .plain import plain

_ID, _NAME, _PLATFORM = "turbostack_id", "turbostack_name", "turbostack_platform"


@dataclass(frozen=True)
class InventoryHost:
    """What an inventory says of a host; an inventory may be old, and may come from another platform.

    :ivar name: the platform's name of the host, whatever the inventory calls it; None where it is not known.
    :ivar platform: see C(settings.platform); None where it is not known.
    """

    id: int
    name: str | None
    platform: str | None

    def check_platform(self, platform: str) -> None:
        """Refuse another platform than the one that gave the host its id.

        :raises TargetError: naming both.
        """
        if self.platform is None or self.platform == platform:
            return
        name = f"{escape(self.name)} (id {self.id})" if self.name else str(self.id)
        raise TargetError(
            f"Host {name} was read from {escape(self.platform)}, and this goes to {platform}, where its id is "
            "another host's or nobody's. Nothing was sent.",
            "Give it the api_url of the inventory. To mean the host of that name in the other platform, give its "
            "name in place of its id.",
        )


def inventory_host(variables: Mapping[str, Any]) -> InventoryHost | None:
    """The host whose variables these are; None where it is not of the collection's inventory."""
    number = whole_number(plain(variables.get(_ID)))
    if number is None:
        return None
    return InventoryHost(number, _text(variables.get(_NAME)), _text(variables.get(_PLATFORM)))


def meant_by(arguments: Mapping[str, Any], variables: Mapping[str, Any]) -> InventoryHost | None:
    """The host whose variables these are, if a task's C(id) is its id."""
    host = inventory_host(variables)
    return host if host and whole_number(plain(arguments.get("id"))) == host.id else None


def _text(value: Any) -> str | None:
    shown = plain(value)
    return shown if isinstance(shown, str) and shown else None
