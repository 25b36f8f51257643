# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records: hosts of the API as the inventory keeps and caches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.policy import DEFAULT, Policy
from ...module_utils.resources.configured import Configured
from ...module_utils.resources.json_field import UnreadableDocument
from ...module_utils.text.escaping import one_line
from .derived import derived
from .json_data import decode
from .withholding import withholding

Record = dict[str, Any]
"""`id`, `name`, `client_id`, `active`, `created_at`, `updated_at`, and where they were asked for and are known
`config`, `monitoring`, `client_name`, `sync_status`, `sync_reason` and what `derived` names: JSON's types and
nothing else."""


@dataclass
class RecordMaker:
    """Makes records of hosts; may be used by several threads.

    :param config: whether a record holds the configuration, without or with its secrets.
    :param monitoring: whether a record holds the live monitoring data.
    :param secrets: C(omit), C(mask) or C(include).
    :param policy: says which keys are secret.
    :ivar unreadable: what is wrong with configurations that cannot be read, by host.
    """

    config: bool
    monitoring: bool
    secrets: str
    policy: Policy = DEFAULT
    unreadable: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._withhold = withholding(self.secrets, self.policy)

    def record(self, host: Configured) -> Record:
        """The record of a host as the API shows it."""
        made: Record = {
            "id": host.id,
            "name": host.name,
            "client_id": host.client_id,
            "active": host.active,
            "created_at": host.created_at,
            "updated_at": host.updated_at,
        }
        if self.monitoring:
            made["monitoring"] = host.monitoring
        if not host.has_document:
            return made
        try:
            config = host.document(decode)
        except UnreadableDocument as error:
            self.unreadable[_shown(host)] = error.reason
            if self.config:
                made["config"] = None
            return made
        if self._withhold is not None:
            config = self._withhold(config)
        if self.config:
            made["config"] = config
        made.update(derived(config))
        return made


def listed(names: Iterable[str], most: int = 10) -> str:
    """A few of many names for a message."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"


def _shown(host: Configured) -> str:
    return f"{one_line(host.name, 80)} (id {host.id})" if host.name else f"id {host.id}"
