# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which pair a vhost gets, and why: pure decisions, a vhost at a time."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...module_utils.document.certificates import covering
from .pairs import Pair
from .sites import CUSTOM, Site


class Outcome(str, enum.Enum):
    """What becomes of a vhost."""

    REPLACED = "replaced"
    CURRENT = "current"
    KEPT = "kept"
    PARTLY = "partly_covered"
    UNCOVERED = "uncovered"
    UNKNOWN = "not_known"
    OTHER = "other"


@dataclass(frozen=True)
class Decision:
    """What becomes of one vhost.

    :ivar pair: the one that it gets, has, or comes closest to having; None without one.
    :ivar reason: why.
    :ivar passed_over: other pairs that cover it, and expire sooner.
    """

    site: Site
    outcome: Outcome
    pair: Pair | None = None
    reason: str = ""
    passed_over: tuple[Pair, ...] = ()


class Deciding:
    """Decides over the vhosts of a fleet.

    :param pairs: that may be used.
    :param types: where a certificate may come from that is replaced.
    """

    def __init__(self, pairs: Sequence[Pair], types: Collection[str]) -> None:
        # What lasts longest comes first; what else is equal, in the order of the files.
        self._pairs = sorted(
            pairs, key=lambda pair: (pair.leaf.ends, pair.leaf.begins), reverse=True
        )
        self._types = types
        self._holding: defaultdict[str, set[int]] = defaultdict(set)
        for number, pair in enumerate(self._pairs):
            for name in pair.held:
                self._holding[name].add(number)

    def decide(self, site: Site) -> Decision:
        """What becomes of a vhost."""
        if site.kind not in self._types:
            return Decision(site, Outcome.OTHER)
        if site.is_rendered:
            return Decision(
                site, Outcome.UNKNOWN, reason="its certificate is the platform's to render"
            )
        by_name = {domain: self._covering(domain) for domain in site.domains}
        whole = set.intersection(*by_name.values()) if by_name else set()
        if site.unknown and (whole or not by_name):
            return Decision(
                site,
                Outcome.UNKNOWN,
                reason=f"nobody but the platform knows what {' '.join(site.unknown)} stands for",
            )
        if whole:
            best, *others = (self._pairs[number] for number in sorted(whole))
            return _decided(site, best, tuple(others))
        if site.kind != CUSTOM:
            # One that has its certificate from elsewhere needs no pair.
            return Decision(site, Outcome.OTHER)
        return self._partly(site, by_name)

    def _covering(self, domain: str) -> set[int]:
        return set().union(*(self._holding.get(name, ()) for name in covering(domain)))

    def _partly(self, site: Site, by_name: dict[str, set[int]]) -> Decision:
        counts: defaultdict[int, int] = defaultdict(int)
        for numbers in by_name.values():
            for number in numbers:
                counts[number] += 1
        if not counts:
            return Decision(site, Outcome.UNCOVERED)
        closest = max(sorted(counts), key=lambda number: counts[number])
        missing = [domain for domain, numbers in by_name.items() if closest not in numbers]
        return Decision(
            site,
            Outcome.PARTLY,
            self._pairs[closest],
            f"does not have {', '.join(missing)}",
        )


def _decided(site: Site, pair: Pair, others: tuple[Pair, ...]) -> Decision:
    outcome, reason = _compared(site, pair)
    return Decision(site, outcome, pair, reason, others)


def _compared(site: Site, pair: Pair) -> tuple[Outcome, str]:
    """What a vhost holds beside a pair that covers it."""
    if site.kind != CUSTOM:
        return Outcome.REPLACED, f"its certificate was {site.kind}"
    if site.stored is None:
        return Outcome.REPLACED, "what it holds is no certificate that can be read"
    if not site.stored:
        return Outcome.REPLACED, "it holds none"
    leaf = site.stored[0]
    if leaf == pair.leaf:
        if site.public != pair.key.public:
            return Outcome.REPLACED, "it holds the certificate with another key"
        # A root behind the chain does no harm.
        if site.stored[: len(pair.chain)] != pair.chain:
            return Outcome.REPLACED, "it holds the certificate with another chain"
        return Outcome.CURRENT, "it holds this one"
    missing = [domain for domain in site.domains if not leaf.covers(domain)]
    if missing:
        return Outcome.REPLACED, f"the one that it holds is not for {', '.join(missing)}"
    if not _fits(site):
        return Outcome.REPLACED, "the one that it holds does not belong to its key"
    if leaf.ends < pair.leaf.ends:
        return Outcome.REPLACED, f"the one that it holds expires on {leaf.ends:%Y-%m-%d}"
    return Outcome.KEPT, f"the one that it holds lasts until {leaf.ends:%Y-%m-%d}"


def _fits(site: Site) -> bool:
    try:
        return site.leaf is None or site.public in (None, site.leaf.public_key)
    except ValueError:
        return True
