# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must never appear in any output: the secrets planted in a fleet, and how to find them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .credentials import accounts_of
from .markers import PASSWORD_MARKER, PRIVATE_KEY_MARKER, TOKEN_MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .fleet import Fleet

CANARY = re.compile(f"(?:{TOKEN_MARKER}|{PRIVATE_KEY_MARKER}|{PASSWORD_MARKER})[A-Za-z0-9]*")
"""Matches every planted secret, or a part of one, in any text."""


class PlantedSecret(NamedTuple):
    """One secret of a fleet: its kind (token, private_key, password), its text and its place."""

    kind: str
    value: str
    where: str


def planted_secrets(fleet: Fleet) -> list[PlantedSecret]:
    """Every secret `fleet` holds now; each one's value matches `CANARY`."""
    secrets = [
        PlantedSecret("token", token.value, f"token {name}") for name, token in fleet.tokens.items()
    ]
    for host in fleet.hosts.values():
        where = f"host {host.id}"
        # Parsing is the slow part of a large fleet, and only few documents hold a key.
        if host.json and PRIVATE_KEY_MARKER in host.json:
            secrets.extend(
                PlantedSecret("private_key", text, where)
                for text in _texts(host.document)
                if PRIVATE_KEY_MARKER in text
            )
        secrets.extend(
            PlantedSecret("password", account.password, where)
            for account in accounts_of(host, fleet.seed)
        )
    return secrets


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
