# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same settings for those vhosts of a host that fit a condition."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from ...module_utils.document.equality import is_container
from ...module_utils.document.errors import PlanError
from ...module_utils.document.identity import Rule, domains_of, name_of, naming_field
from ...module_utils.document.place import Place
from ...module_utils.document.policy import DEFAULT, Policy
from ...module_utils.document.walk import visit
from ...module_utils.plan.existing import CREATE

# A name of C(where) that is no key of a vhost.
_DOMAIN = "domain"


def settings_for_vhosts(
    document: Any,
    settings: Mapping[str, Any],
    where: Mapping[str, Any],
    policy: Policy | None = None,
) -> dict[str, Any]:
    """A configuration for C(state: merged) that gives the settings to the vhosts that fit, if they are still there.

    :param document: a stored configuration. Nothing of it is returned but what its vhosts are called by.
    :param settings: keys and values.
    :param where: keys and values that a vhost has to have. A number and the text of the same look are the
        same here, as in C(php_version: 8.2). C(domain) is a pattern for one of its domains, and what the entry that
        it lies in is called by (C(username)) a pattern for that entry.
    :returns: an empty configuration where no vhost fits.
    :raises PlanError: for a document of another shape, or a vhost that fits and cannot be named.
    """
    if not isinstance(document, dict):
        raise PlanError("There is no configuration to look for vhosts in.")
    chosen = _Chosen()
    for place, value in visit(document, (policy or DEFAULT).root):
        known = place.known
        if known is not None and known.is_list and not place.is_entry and value:
            if not isinstance(value, list):
                raise PlanError(f"{place} is no list.")
            rule = place.rule(value)
            for at, entry in zip(place.entries(value, rule), value, strict=True):
                if rule.kind == "sites" and isinstance(entry, dict) and _fits(at, entry, where):
                    chosen.add(at, settings)
    return chosen.document


class _Chosen:
    """A configuration that names entries, and nothing of what they lie in but what it is called by."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = {}
        self._named: dict[tuple[Any, ...], dict[str, Any]] = {}

    def add(self, place: Place, settings: Mapping[str, Any]) -> None:
        self._map_at(place).update(settings)

    def _map_at(self, place: Place) -> dict[str, Any]:
        """The map that stands for the one at the place."""
        if place.parent is None:
            return self.document
        if place.path in self._named:
            return self._named[place.path]
        holder = place.parent.parent
        if place.is_entry and holder is not None:
            made = _name(place)
            self._map_at(holder).setdefault(place.key, []).append(made)
        else:
            made = self._map_at(place.parent).setdefault(place.key, {})
        self._named[place.path] = made
        return made


def _fits(place: Place, vhost: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(_has(place, vhost, key, wanted) for key, wanted in where.items())


def _has(place: Place, vhost: Mapping[str, Any], key: str, wanted: Any) -> bool:
    if key in vhost:
        return _alike(vhost[key], wanted)
    if key == _DOMAIN:
        domains = domains_of(vhost, place.rule_of_list)
        # As it is written and as it stands in DNS.
        return any(
            fnmatchcase(name.lower(), str(wanted).lower())
            for one in domains.items()
            for name in one
        )
    holder = place.parent.parent if place.parent is not None else None
    if holder is None or not holder.is_entry or key != holder.rule_of_list.field:
        return False
    return fnmatchcase(str(holder.content.get(key)), str(wanted))


def _alike(stored: Any, wanted: Any) -> bool:
    if any(
        is_container(side) or side is None or isinstance(side, bool) for side in (stored, wanted)
    ):
        return type(stored) is type(wanted) and bool(stored == wanted)
    return str(stored).strip() == str(wanted).strip()


def _name(place: Place) -> dict[str, Any]:
    rule: Rule = place.rule_of_list
    field = naming_field(place.content, rule)
    if not field:
        fields = f"neither {rule.field} nor {rule.domains}" if rule.domains else f"no {rule.field}"
        raise PlanError(f"{place} has {fields}, so that it cannot be named.")
    name = name_of(place.content, field, rule)
    # One of its domains is enough to find it by; another one may be gone meanwhile, and must not come back.
    shown = [name] if isinstance(place.content[field], list) else name
    return {field: shown, CREATE: False}
