# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`group_by`: ready-made groups, by what the platform says of a host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .records import Record

_NOT_OF_A_NAME = re.compile(r"[^A-Za-z0-9_]")


def _client(record: Record) -> Iterable[str]:
    return () if record["client_id"] is None else (f"client_{record['client_id']}",)


def _active(record: Record) -> Iterable[str]:
    return () if record["active"] is None else ("active" if record["active"] else "inactive",)


def _app_type(record: Record) -> Iterable[str]:
    return (f"app_{each}" for each in record.get("app_types", ()))


def _php_version(record: Record) -> Iterable[str]:
    return (f"php_{each}" for each in record.get("php_versions", ()))


def _mysql_version(record: Record) -> Iterable[str]:
    found = record.get("mysql_version")
    return (f"mysql_{found}",) if found else ()


def _postgresql_version(record: Record) -> Iterable[str]:
    found = record.get("postgresql_version")
    return (f"postgresql_{found}",) if found else ()


def _sync_status(record: Record) -> Iterable[str]:
    found = record.get("sync_status")
    return (f"sync_{found}",) if found else ()


KINDS: dict[str, Callable[[Record], Iterable[str]]] = {
    "client": _client,
    "active": _active,
    "app_type": _app_type,
    "php_version": _php_version,
    "mysql_version": _mysql_version,
    "postgresql_version": _postgresql_version,
    "sync_status": _sync_status,
}
"""The choices of `group_by`, each with what gives the ends of a record's group names."""

PREFIX = "turbostack_"


class ReadyGroups:
    """Names the groups of records.

    :param kinds: of `KINDS`.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = [KINDS[kind] for kind in kinds]
        self._names: dict[str, str] = {}

    def of_all(self, records: Iterable[Record]) -> set[str]:
        """The names of all groups that records have."""
        if self._kinds:
            for record in records:
                self.of(record)
        return set(self._names.values())

    def of(self, record: Record) -> list[str]:
        """The names of a record's groups, each once."""
        names: dict[str, Any] = {}
        for kind in self._kinds:
            for end in kind(record):
                name = self._names.get(end)
                if name is None:
                    name = self._names[end] = PREFIX + _NOT_OF_A_NAME.sub("_", str.__str__(end))
                names[name] = None
        return list(names)
