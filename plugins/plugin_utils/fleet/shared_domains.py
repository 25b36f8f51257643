# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain that several hosts serve: meant behind a load balancer, and else one of them serves in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.masking import masked
from ...module_utils.document.place import Place
from ...module_utils.plan.domain_conflicts import served
from ...module_utils.text.escaping import escape
from ...module_utils.validation.findings import Finding

SERVED_ELSEWHERE = "served-elsewhere"


@dataclass(frozen=True)
class Side:
    """One of several hosts.

    :ivar before: what it holds; what it serves already is no news.
    :ivar after: what it is to hold.
    """

    host: str
    before: dict[str, Any] = field(repr=False)
    after: dict[str, Any] = field(repr=False)
    root: Place = field(repr=False)

    def gained(self) -> dict[str, Place]:
        """Where it names each domain that it has not served before."""
        if self.after is self.before:
            return {}
        known = served(self.before, self.root)
        return {
            domain: sites[0][0].below(sites[0][1])
            for domain, sites in served(self.after, self.root).items()
            if domain not in known
        }


def shared_domains(sides: Sequence[Side]) -> list[list[tuple[Place, Finding]]]:
    """For each host, in their order, the domains that it is to serve anew beside another host."""
    gained = [side.gained() for side in sides]
    if not any(gained):
        return [[] for _side in sides]
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for side in sides:
        for domain in served(side.after, side.root):
            hosts[domain].append(side.host)
    return [
        [
            (place, _finding(place, domain, [host for host in hosts[domain] if host != side.host]))
            for domain, place in new.items()
            if len(hosts[domain]) > 1
        ]
        for side, new in zip(sides, gained, strict=True)
    ]


def _finding(place: Place, domain: str, others: Sequence[str]) -> Finding:
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return Finding(
        str(place),
        SERVED_ELSEWHERE,
        f"names {escape(masked(domain, place))}, which {escape(others[0])}{more} serves as well",
        "Leave it out of all but one of them, if they are not meant to share it.",
    )
