# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records: rows of the API as the inventory keeps and caches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.text.escaping import one_line
from .configuration import UNKNOWN, Unreadable, stored
from .derived import derived
from .nesting import is_too_deep
from .withholding import withholding

Record = dict[str, Any]
"""`id`, `name`, `client_id`, `active`, `created_at`, `updated_at`, and where they were asked for and are known
`config`, `monitoring`, `client_name` and what `derived` names: JSON's types and nothing else."""


@dataclass
class RecordMaker:
    """Makes records of rows; may be used by several threads.

    :param config: whether a record holds the configuration, without or with its secrets.
    :param monitoring: whether a record holds the live monitoring data.
    :param secrets: C(omit), C(mask) or C(include).
    :ivar unreadable: what is wrong with configurations that cannot be read, by host.
    """

    config: bool
    monitoring: bool
    secrets: str
    unreadable: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._withhold = withholding(self.secrets)

    def record(self, number: int, row: dict[str, Any]) -> Record:
        """The record of the row with that id; fields that are not known of make no difference."""
        name = row.get("name")
        made: Record = {
            "id": number,
            "name": name,
            "client_id": whole_number(row.get("client_id")),
            "active": _is_active(row.get("active")),
            "created_at": row.get("created_at"),
            "updated_at": row.get("updated_at"),
        }
        if self.monitoring:
            live = row.get("monitoring")
            if live == [] or is_too_deep(live):
                # PHP writes an empty object as an empty list.
                live = {}
            made["monitoring"] = live
        try:
            config = stored(row)
        except Unreadable as error:
            self.unreadable[_shown(number, name)] = str(error)
            if self.config:
                made["config"] = None
            return made
        if config is UNKNOWN:
            return made
        if self._withhold is not None:
            config = self._withhold(config)
        if self.config:
            made["config"] = config
        made.update(derived(config))
        return made


def whole_number(value: Any) -> int | None:
    """An id, which may come as a number or as its digits; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def listed(names: Iterable[str], most: int = 10) -> str:
    """A few of many names for a message."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"


def _is_active(value: Any) -> bool | None:
    if isinstance(value, str):
        value = {"1": True, "0": False, "true": True, "false": False}.get(value.strip().lower())
    return bool(value) if isinstance(value, (bool, int, float)) else None


def _shown(number: int, name: Any) -> str:
    return (
        f"{one_line(name, 80)} (id {number})" if isinstance(name, str) and name else f"id {number}"
    )
