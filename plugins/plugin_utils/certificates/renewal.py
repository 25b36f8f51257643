# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host is to become: its vhosts with the pairs that are for them, decided over what it holds at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.plan.changes import Change, apply
from ...module_utils.plan.engine import Plan
from ..rollout.job.port import Wanted
from .deciding import Deciding, Outcome
from .sites import sites_in


@dataclass(frozen=True)
class Renewal(Wanted):
    """Wanted is no configuration, but what comes of the one that a host holds when it is asked.

    So a vhost that somebody gives another name, or a newer certificate, before its turn comes is decided anew.
    """

    deciding: Deciding = field(kw_only=True)

    def over(self, document: dict[str, Any]) -> Plan:
        """What changes is the certificate and the key of vhosts, and nothing else."""
        changes = tuple(self._changes(document))
        return Plan(apply(document, changes) if changes else document, changes, ())

    def _changes(self, document: dict[str, Any]) -> Iterator[Change]:
        for site in sites_in(document, self.policy):
            decision = self.deciding.decide(site)
            if decision.outcome is Outcome.REPLACED and decision.pair is not None:
                yield from site.given(decision.pair.fullchain, decision.pair.key.text)
