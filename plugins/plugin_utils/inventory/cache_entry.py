# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies in the cache: records as one JSON text, and whose they are."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from ...module_utils.client.settings import Settings
from .options import Options
from .records import Record
from .source import Reading

# To be counted up whenever records get another shape.
_FORMAT = 2
# Seconds since the epoch that no clock shows.
_NEVER = 1e11
_KIND = "hosted_power.turbostack.inventory"


class ForeignEntry(ValueError):
    """What lies under the key is damaged, or is not this inventory's."""


@dataclass(frozen=True)
class Entry:
    """
    :ivar saved_at: seconds since the epoch.
    :ivar listed, unreadable: see `source.Reading`.
    """

    saved_at: float
    records: list[Record]
    listed: int
    unreadable: dict[str, str]

    @property
    def reading(self) -> Reading:
        """What was read then."""
        return Reading(self.records, self.listed, unreadable=self.unreadable)

    @property
    def age(self) -> float:
        """Seconds; an entry from the future is as old as it is early, so that a wrong clock keeps none alive."""
        return abs(time.time() - self.saved_at)


def identity(settings: Settings, options: Options) -> str:
    """A digest of everything that has a bearing on the records: also of the token, which it does not give away.

    The inventory file's path is no part of it: AWX checks a project out into another folder for each job.
    """
    facts = {
        "format": _FORMAT,
        "url": settings.url,
        # Two tokens may see different clients.
        "token": hashlib.sha256(f"{_KIND}\0{settings.url}\0{settings.token}".encode()).hexdigest(),
        "clients": options.clients,
        "active_only": options.active_only,
        "include_config": options.include_config,
        "include_monitoring": options.include_monitoring,
        "include_clients": options.include_clients,
        "include_sync_status": options.include_sync_status,
        "secrets": options.secrets,
        "schema": options.schema,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def key(of: str) -> str:
    """The cache's key for an identity; fit to be a file's name."""
    return f"turbostack_{of[:32]}"


def packed(of: str, reading: Reading) -> dict[str, Any]:
    """An entry as the cache plugin gets it.

    The records are one text: Ansible copies and compares what it caches, which takes longer than reading
    10,000 hosts, and some of its caches take objects with certain keys for something else.
    """
    return {
        "kind": _KIND,
        "identity": of,
        "saved_at": time.time(),
        "listed": reading.listed,
        "unreadable": reading.unreadable,
        "records": json.dumps(reading.records, separators=(",", ":")),
    }


def unpacked(of: str, value: Any) -> Entry:
    """The entry in what came out of the cache.

    :raises ForeignEntry: for anything else.
    """
    if not isinstance(value, dict) or value.get("kind") != _KIND:
        raise ForeignEntry("it is something else")
    if value.get("identity") != of:
        raise ForeignEntry("it belongs to another connection or other options")
    try:
        saved_at = float(value["saved_at"])
        records = json.loads(value["records"])
        listed = int(value["listed"])
        unreadable = dict(value["unreadable"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise ForeignEntry("it is damaged") from None
    if (
        not 0 <= saved_at < _NEVER
        or not isinstance(records, list)
        or not all(map(_is_record, records))
    ):
        raise ForeignEntry("it is damaged")
    return Entry(saved_at, records, listed, unreadable)


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() >= {"client_id", "active", "name"}:
        return False
    return isinstance(value.get("id"), int) and not isinstance(value["id"], bool)
