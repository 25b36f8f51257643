# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain is served by one vhost, in the whole document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..document.errors import PlanError
from ..document.identity import domains_of
from ..document.masking import masked
from ..document.place import Place
from ..document.walk import visit

# A vhost that answers for whatever no other one serves.
_CATCH_ALL = "_"


def check_domains(before: dict[str, Any], after: dict[str, Any], root: Place) -> None:
    """Refuse a plan that gives a domain to a second vhost.

    What was stored like that before the plan is no business of the plan. Domains written in Jinja are
    unknown before the platform renders them, and so are not looked at.

    :raises PlanError: naming both vhosts.
    """
    sites_of = served(after, root)
    if all(len(sites) == 1 for sites in sites_of.values()):
        return
    stored = served(before, root)
    for domain, sites in sites_of.items():
        if len(sites) > 1 and len(sites) > len(stored.get(domain, ())):
            one, other = (place for place, _field in sites[:2])
            raise PlanError(
                f"{one} and {other} would both serve {masked(domain, one.below(sites[0][1]))}.",
                "A domain is served by one vhost: leave it out of one of the two, or remove the old one "
                "first with state: deleted. To store it all the same, declare replace for the list of vhosts.",
                other,
            )


def served(document: dict[str, Any], root: Place) -> dict[str, list[tuple[Place, str]]]:
    """The places of the sites that serve each domain, each with the field that names it.

    Without what answers for all others, and without domains that the platform's Jinja makes.
    """
    found: defaultdict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, value in visit(document, root, _is_looked_into):
        if not isinstance(value, list):
            continue
        rule = place.meaning.known_rule(place, value)
        if rule is None or rule.kind != "sites":
            continue
        for at, site in zip(place.entries(value, rule), value, strict=True):
            for domain in domains_of(site, rule):
                if domain != _CATCH_ALL and "{" not in domain:
                    found[domain].append((at, rule.domains))
    return found


def _is_looked_into(place: Place, value: Any) -> bool:
    return not place.meaning.replaces(place)
