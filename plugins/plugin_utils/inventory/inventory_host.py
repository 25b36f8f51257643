# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host as the variables of the collection's inventory know it, and whether a task means it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils.client.envelope import whole_number
from ..plain import plain
from .known_host import KnownHost

_ID, _NAME, _PLATFORM = "turbostack_id", "turbostack_name", "turbostack_platform"


def inventory_host(variables: Mapping[str, Any]) -> KnownHost | None:
    """The host whose variables these are; None where it is not of the collection's inventory."""
    number = whole_number(plain(variables.get(_ID)))
    if number is None:
        return None
    return KnownHost(number, _text(variables.get(_NAME)), _text(variables.get(_PLATFORM)))


def meant_by(arguments: Mapping[str, Any], variables: Mapping[str, Any]) -> KnownHost | None:
    """The host whose variables these are, if a task's C(id) is its id."""
    host = inventory_host(variables)
    return host if host and whole_number(plain(arguments.get("id"))) == host.id else None


def _text(value: Any) -> str | None:
    shown = plain(value)
    return shown if isinstance(shown, str) and shown else None
