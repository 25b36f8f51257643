# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain is served by one vhost, in the whole document; and a vhost of other domains may be another vhost."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..document.errors import PlanError
from ..document.identity import domains_of
from ..document.masking import masked
from ..document.paths import quoted
from ..document.place import Place
from ..document.policy import Policy
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


def check_same_site(
    stored: dict[str, Any], wanted: dict[str, Any], place: Place, policy: Policy
) -> None:
    """Refuse to merge into a site that has the wanted one's name, and none of its domains.

    A site that was copied from elsewhere would overwrite another one that is called the same. Where one of the two
    has no domain, or one that the platform's Jinja makes, nothing speaks against their being the same.

    :param place: of the stored one.
    :raises PlanError: naming both sites and the domains of both.
    """
    rule = place.rule_of_list
    if policy.allow_other_domains or rule.kind != "sites":
        return
    domains = place.below(rule.domains)
    here, there = domains_of(stored, rule), domains_of(wanted, rule)
    if (
        not here
        or not there
        or not here.keys().isdisjoint(there)
        or any("{" in domain for domain in (*here, *there))
    ):
        return
    serves, would = (
        quoted(masked(" ".join(dict.fromkeys(one.values())), domains)) for one in (here, there)
    )
    raise PlanError(
        f"{place} is stored and serves {serves}; the one of the configuration would serve {would}. They share the "
        f"{rule.field}, and no domain.",
        f"If it is another site, give it another {rule.field}. If it is the same one, name one of its present domains "
        f"beside the new ones, or set {policy.prefix}allow_other_domains: true.",
        domains,
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
