# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role has to tell: of each pair and vhost, of what expires, and all of it as numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from ...module_utils.document.certificates import Certificate
from ...module_utils.text.escaping import escape
from .deciding import Decision, Outcome
from .fleet import Fleet, Host
from .pairs import Pair, Pairs, named
from .sites import CUSTOM

_SHOWN = 20
_DAY = timedelta(days=1)
# How the rollout calls it that a host is as it was wanted.
_DONE, _PLANNED = "done", "planned"


@dataclass(frozen=True)
class Ends:
    """When something that a vhost holds ends.

    :ivar days: that are left; below 0 where it has ended.
    """

    host: Host
    decision: Decision
    certificate: Certificate
    days: int

    def __str__(self) -> str:
        when = "expired" if self.days < 0 else "expires"
        return (
            f"{escape(self.host.name)}: {self.decision.site}: the certificate for "
            f"{named(self.certificate.known_as)} {when} on {self.certificate.ends:%Y-%m-%d}"
        )


class Telling:
    """The tale of one run.

    :param rolled: the rollout's result; empty before it, and where nothing is to be rolled out.
    """

    def __init__(
        self,
        pairs: Pairs,
        fleet: Fleet,
        now: datetime,
        warn_days: int,
        rolled: Mapping[str, Any],
    ) -> None:
        self._pairs = pairs
        self._fleet = fleet
        self._now = now
        self._warn_days = warn_days
        self._entries: Mapping[str, Mapping[str, Any]] = rolled.get("hosts", {})

    # What was decided

    def opening(self) -> Iterator[str]:
        """What is to be seen before anything is done, a line each."""
        for pair in self._pairs.usable:
            counts = self._counts_of(pair)
            told = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
            yield f"{pair}, by {escape(pair.leaf.issuer)}: {told or 'covers no vhost'}"
        uncovered = [
            f"{self._place(host, decision)} ({_holds(decision)})"
            for host, decision in self._of(Outcome.UNCOVERED)
        ]
        if uncovered and self._pairs.usable:
            yield f"No pair covers, of vhosts with a certificate of their own:{listed(uncovered)}"

    def warnings(self) -> Iterator[str]:
        """What somebody should look at."""
        for pair in self._pairs.usable:
            if pair.doubt:
                yield f"{pair}: {pair.doubt}"
        for pair, reason in self._pairs.idle:
            yield f"{pair} is not used: {reason}."
        unused = [str(pair) for pair in self._pairs.usable if self._is_unused(pair)]
        if unused:
            yield f"These pairs cover no vhost with a certificate of its own:{listed(unused)}"
        partly = [
            f"{self._place(host, decision)}: {decision.pair} {escape(decision.reason)}"
            for host, decision in self._of(Outcome.PARTLY)
        ]
        if partly:
            yield f"These vhosts are covered in part, and were not touched:{listed(partly)}"
        unknown = [
            f"{self._place(host, decision)}: {escape(decision.reason)}"
            for host, decision in self._of(Outcome.UNKNOWN)
        ]
        if unknown:
            yield f"Of these vhosts it cannot be told, and they were not touched:{listed(unknown)}"
        yield from self._doubled()
        if self._fleet.unread:
            yield (
                f"{len(self._fleet.unread)} hosts could not be looked at."
                f"{listed(list(map(escape, self._fleet.unread)))}"
            )

    def expiry(self) -> Iterator[str]:
        """What expires soon, in the whole fleet, as it stands now."""
        if self.expiring:
            yield (
                f"Within {self._warn_days} days (certificates_warn_days) these expire:"
                f"{listed(list(map(str, self.expiring)))}"
            )

    def _doubled(self) -> Iterator[str]:
        found: dict[tuple[Pair, Pair], int] = {}
        for _host, decision in self._fleet.decisions():
            for other in decision.passed_over:
                if decision.pair is not None:
                    key = (decision.pair, other)
                    found[key] = found.get(key, 0) + 1
        told = [
            f"{number} {'vhost' if number == 1 else 'vhosts'}: {best}, and not {other}"
            for (best, other), number in found.items()
        ]
        if told:
            yield f"Two pairs cover the same vhosts, and the one that lasts longer is used:{listed(told)}"

    # As data

    def result(self) -> dict[str, Any]:
        """The keys of the task's result."""
        return {
            "pairs": [self._pair(pair) for pair in self._pairs.usable]
            + [{**self._pair(pair), "idle": reason} for pair, reason in self._pairs.idle],
            "vhosts": [
                self._vhost(host, decision)
                for host, decision in self._fleet.decisions()
                if decision.outcome is not Outcome.OTHER
            ],
            "expiring": [
                {
                    "host": escape(one.host.name),
                    "id": one.host.row.id,
                    "path": str(one.decision.site),
                    "days_left": one.days,
                    **_shown(one.certificate),
                }
                for one in self.expiring
            ],
            "unread": [escape(reason) for reason in self._fleet.unread],
            "strays": list(self._pairs.strays),
            "counts": self._counts(),
        }

    def _counts(self) -> dict[str, int | None]:
        ends = [self._ended(host, decision) for host, decision in self._fleet.decisions()]
        days = [one.days for one in self._held]
        return {
            "pairs": len(self._pairs.usable),
            "idle_pairs": len(self._pairs.idle),
            "unused_pairs": sum(map(self._is_unused, self._pairs.usable)),
            "vhosts": sum(end != Outcome.OTHER.value for end in ends),
            **{
                end: ends.count(end)
                for end in (
                    *(_PLANNED, "failed"),
                    *(one.value for one in Outcome if one is not Outcome.OTHER),
                )
            },
            "expiring": sum(one.days >= 0 for one in self.expiring),
            "expired": sum(one.days < 0 for one in self.expiring),
            "days_left": min(days, default=None),
            "unread": len(self._fleet.unread),
        }

    def _pair(self, pair: Pair) -> dict[str, Any]:
        return {
            **_shown(pair.leaf),
            "files": list(pair.files),
            "chain": [escape(one.subject) for one in pair.chain[1:]],
            "days_left": self._days(pair.leaf),
            "vhosts": sum(self._counts_of(pair).values()),
        }

    def _vhost(self, host: Host, decision: Decision) -> dict[str, Any]:
        leaf, pair = decision.site.leaf, decision.pair
        return {
            "host": escape(host.name),
            "id": host.row.id,
            "path": str(decision.site),
            "domains": list(map(escape, decision.site.domains)),
            "outcome": self._ended(host, decision),
            "reason": escape(decision.reason),
            "pair": pair.leaf.fingerprint if pair is not None else None,
            "held": _shown(leaf) if leaf is not None else None,
        }

    # As it stands

    @cached_property
    def expiring(self) -> list[Ends]:
        """What ends within the days that the user has named, the soonest first."""
        return [one for one in self._held if one.days <= self._warn_days]

    @cached_property
    def _held(self) -> list[Ends]:
        """What the vhosts of the whole fleet hold by now."""
        found = []
        for host in self._fleet.hosts:
            for decision in host.decisions:
                is_new = host.is_meant and self._ended(host, decision) == Outcome.REPLACED.value
                if is_new and decision.pair is not None:
                    certificate: Certificate | None = decision.pair.leaf
                else:
                    certificate = decision.site.leaf if decision.site.kind == CUSTOM else None
                if certificate is not None:
                    days = self._days(certificate)
                    found.append(Ends(host, decision, certificate, days))
        return sorted(found, key=lambda one: one.certificate.ends)

    def _ended(self, host: Host, decision: Decision) -> str:
        """What became of a vhost, as a word of the result."""
        word: str = decision.outcome.value
        if decision.outcome is not Outcome.REPLACED:
            return word
        end = self._entries.get(host.name, {}).get("outcome")
        return {_DONE: word, _PLANNED: _PLANNED}.get(str(end), "failed")

    def _days(self, certificate: Certificate) -> int:
        return math.floor((certificate.ends - self._now) / _DAY)

    def _of(self, outcome: Outcome) -> Iterator[tuple[Host, Decision]]:
        return (each for each in self._fleet.decisions() if each[1].outcome is outcome)

    @cached_property
    def _by_pair(self) -> dict[Pair, list[Decision]]:
        found: dict[Pair, list[Decision]] = {}
        for _host, decision in self._fleet.decisions():
            if decision.pair is not None and decision.outcome is not Outcome.PARTLY:
                for pair in (decision.pair, *decision.passed_over):
                    found.setdefault(pair, []).append(decision)
        return found

    def _counts_of(self, pair: Pair) -> dict[str, int]:
        """How many vhosts come to what with a pair."""
        decisions = self._by_pair.get(pair, [])
        own = [one.outcome for one in decisions if one.pair == pair]
        return {
            "to get it": own.count(Outcome.REPLACED),
            "with it already": own.count(Outcome.CURRENT),
            "with one that lasts as long": own.count(Outcome.KEPT),
            "with another pair that lasts longer": len(decisions) - len(own),
        }

    def _is_unused(self, pair: Pair) -> bool:
        return pair not in self._by_pair

    def _place(self, host: Host, decision: Decision) -> str:
        return f"{escape(host.name)}: {decision.site} ({named(decision.site.domains)})"


def listed(texts: Sequence[str]) -> str:
    """The first of them, a line each."""
    more = f"\n- and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return "".join(f"\n- {text}" for text in texts[:_SHOWN]) + more


def in_a_row(texts: Sequence[str]) -> str:
    """The same in one line, as messages of failed tasks are."""
    more = f" And {len(texts) - _SHOWN} more." if len(texts) > _SHOWN else ""
    return (
        " ".join(text if text.endswith((".", ")")) else f"{text}." for text in texts[:_SHOWN])
        + more
    )


def _holds(decision: Decision) -> str:
    site = decision.site
    if site.stored is None:
        return "what it holds cannot be read"
    return f"it holds one until {site.stored[0].ends:%Y-%m-%d}" if site.stored else "it holds none"


def _shown(certificate: Certificate) -> dict[str, Any]:
    return {
        "names": list(map(escape, certificate.known_as)),
        "issuer": escape(certificate.issuer),
        "begins": certificate.begins.isoformat(),
        "ends": certificate.ends.isoformat(),
        "fingerprint": certificate.fingerprint,
    }
