# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flat variables out of a configuration's nested users and vhosts, so that groups need no acrobatics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...module_utils.document.domains import words

#: Their names, as fields of a record.
NAMES = (
    "domains",
    "app_types",
    "php_versions",
    "system_users",
    "mysql_version",
    "postgresql_version",
)

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def derived(config: dict[str, Any]) -> dict[str, Any]:
    """Every domain, kind of application, PHP version and Linux user of a configuration, each once.

    And the versions of the databases, as text, or None where there is none.

    Domains and users stand in the order of the configuration, the others are sorted. What has another
    shape than the platform's documents is passed over.
    """
    domains: dict[str, None] = {}
    app_types: set[str] = set()
    php_versions: set[str] = set()
    users: dict[str, None] = {}
    _add(php_versions, version(config.get("php_main_version")))
    for user in _dicts(config.get("system_users")):
        name = user.get("username")
        if isinstance(name, str) and name:
            users[name] = None
        for vhost in _dicts(user.get("vhosts")):
            names = vhost.get("server_name")
            if isinstance(names, str):
                domains.update(dict.fromkeys(words(names)))
            app_type = vhost.get("app_type")
            if isinstance(app_type, str) and app_type:
                app_types.add(app_type)
            _add(php_versions, version(vhost.get("php_version")))
    return {
        "domains": list(domains),
        "app_types": sorted(app_types),
        "php_versions": sorted(php_versions, key=_by_number),
        "system_users": list(users),
        "mysql_version": version(config.get("mysql_version")),
        "postgresql_version": version(config.get("postgresql_version")),
    }


def version(value: Any) -> str | None:
    """A version as text, whether it is stored as a number or as text; None where there is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _add(versions: set[str], value: str | None) -> None:
    if value is not None:
        versions.add(value)


def _by_number(text: str) -> tuple[list[int], str]:
    """8.10 comes after 8.9; what is no number comes in the order of its letters, before the numbers."""
    found = _VERSION.match(text)
    return ([int(part) for part in found[0].split(".")] if found else [], text)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield item
