# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same settings for those vhosts of a host that fit a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..document.equality import is_container
from ..document.errors import PlanError
from ..document.identity import APPLICATION, DOMAINS, application, domains
from ..document.paths import Item, render


def settings_for_vhosts(
    document: Any, settings: Mapping[str, Any], where: Mapping[str, Any]
) -> dict[str, Any]:
    """A configuration for C(state: merged) that gives the settings to the vhosts that fit.

    :param document: a stored configuration. Nothing of it is returned but what its vhosts are called by.
    :param settings: keys and values.
    :param where: keys and values that a vhost has to have. A number and the text of the same look are the
        same here, as in C(php_version: 8.2).
    :returns: an empty configuration where no vhost fits.
    :raises PlanError: for a document of another shape, or a vhost that fits and cannot be named.
    """
    if not isinstance(document, dict):
        raise PlanError("There is no configuration to look for vhosts in.")
    users = []
    for number, user in enumerate(_list(document, "system_users", "system_users")):
        place = render(("system_users", Item(number)))
        chosen = [
            {**_name(vhost, f"{place}.vhosts[#{index}]"), **settings}
            for index, vhost in enumerate(_list(user, "vhosts", f"{place}.vhosts"))
            if isinstance(vhost, dict) and _fits(vhost, where)
        ]
        if chosen:
            if not isinstance(user.get("username"), (str, int)):
                raise PlanError(f"{place} has no username.")
            users.append({"username": user["username"], "vhosts": chosen})
    return {"system_users": users} if users else {}


def _list(holder: Any, key: str, place: str) -> list[Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    if not value:
        return []
    if not isinstance(value, list):
        raise PlanError(f"{place} is no list.")
    return value


def _fits(vhost: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(key in vhost and _alike(vhost[key], wanted) for key, wanted in where.items())


def _alike(stored: Any, wanted: Any) -> bool:
    if any(
        is_container(side) or side is None or isinstance(side, bool) for side in (stored, wanted)
    ):
        return type(stored) is type(wanted) and bool(stored == wanted)
    return str(stored).strip() == str(wanted).strip()


def _name(vhost: Mapping[str, Any], place: str) -> dict[str, Any]:
    if application(vhost) is not None:
        return {APPLICATION: vhost[APPLICATION]}
    if domains(vhost):
        return {DOMAINS: vhost[DOMAINS]}
    raise PlanError(f"{place} has neither {APPLICATION} nor {DOMAINS}, so that it cannot be named.")
