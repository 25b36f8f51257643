# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deployments: they are queued, run and end as the clock goes on; nothing has to drive them."""

from __future__ import annotations

import math
import time
from collections import Counter
from dataclasses import dataclass, field

from .records import Host
from .switches import Switches

DEPLOY_TYPES = ("deploy", "fullDeploy", "fullResetDeploy")
FINAL = ("succeeded", "failed", "warnings")

_FIRST_ID = 5001


@dataclass
class Deployment:
    """One deployment. `starts` and `ends` are wall-clock seconds (`ends` may be infinite)."""

    id: int
    host_id: int
    type: str
    created: float
    starts: float
    ends: float
    outcome: str  # one of FINAL
    reason: str | None = None
    visible_after_reads: int = 0

    def state(self, now: float | None = None) -> str:
        """queued, running, or how it ended: succeeded, failed or warnings."""
        now = time.time() if now is None else now
        if now < self.starts:
            return "queued"
        return "running" if now < self.ends else self.outcome

    @property
    def finished(self) -> bool:
        """Whether it has ended."""
        return self.state() in FINAL


@dataclass
class Deployments:
    """All deployments of a simulator, and how many a client has started.

    `started[host_id]` counts every deployment a request has started, resets included;
    `full_resets[host_id]` counts the `fullResetDeploy` ones among them.
    """

    started: Counter[int] = field(default_factory=Counter)
    full_resets: Counter[int] = field(default_factory=Counter)
    reasons: dict[int, str] = field(default_factory=dict)  # hosts whose deployments fail, and why
    _by_host: dict[int, list[Deployment]] = field(default_factory=dict)
    _next_id: int = _FIRST_ID

    def __getitem__(self, host_id: int) -> int:
        return self.started[host_id]

    def __len__(self) -> int:
        return self.started.total()

    def of(self, host_id: int) -> list[Deployment]:
        """The deployments of a host, oldest first."""
        return list(self._by_host.get(host_id, ()))

    def last(self, host_id: int) -> Deployment | None:
        """The latest deployment of a host."""
        known = self._by_host.get(host_id)
        return known[-1] if known else None

    def fail_for(self, host_id: int, reason: str | None = None) -> None:
        """Let the deployments a host starts from now on fail, whatever the switch says."""
        self.reasons[host_id] = reason or ""

    def start(self, host: Host, kind: str, switches: Switches) -> Deployment:
        """Start a deployment, behind an unfinished one if there is one to queue behind."""
        host_id = int(host.id)
        now = time.time()
        self._remember_earlier(host, switches)
        previous = self.last(host_id)
        begin = now
        if switches.deploy_second == "queue" and previous and not previous.finished:
            begin = previous.ends
        starts = begin + switches.deploy_queued_seconds
        outcome, reason = switches.deploy_outcome, None
        ends = starts + switches.deploy_running_seconds
        if outcome == "stuck":
            outcome, ends = "succeeded", math.inf
        if host_id in self.reasons:
            outcome = "failed"
        if outcome == "failed":
            reason = self.reasons.get(host_id) or certificate_failure(host)
        deployment = Deployment(
            id=self._next_id,
            host_id=host_id,
            type=kind,
            created=now,
            starts=starts,
            ends=ends,
            outcome=outcome,
            reason=reason,
            visible_after_reads=switches.deploy_lag_reads,
        )
        self._next_id += 1
        self._by_host.setdefault(host_id, []).append(deployment)
        self.started[host_id] += 1
        if kind == "fullResetDeploy":
            self.full_resets[host_id] += 1
        return deployment

    def seen_by_status_read(self, host: Host, switches: Switches) -> list[Deployment]:
        """The deployments a status read knows of, oldest first; counts as a read."""
        host_id = int(host.id)
        self._remember_earlier(host, switches)
        seen = []
        for deployment in self._by_host.get(host_id, ()):
            if deployment.visible_after_reads > 0:
                deployment.visible_after_reads -= 1
            else:
                seen.append(deployment)
        return seen

    def latest_in_row(self, host: Host, switches: Switches) -> Deployment | None:
        """The latest deployment as the host's own row knows of it; the row may be changed by its end."""
        self._remember_earlier(host, switches)
        if switches.deploy_touches_row:
            ends = [int(one.ends) for one in self.of(int(host.id)) if one.finished]
            if ends and max(ends) > host.updated_at:
                host.updated_at = max(ends)
        return self.last(int(host.id))

    def clear(self) -> None:
        """Forget everything; ids start anew."""
        self.started.clear()
        self.full_resets.clear()
        self.reasons.clear()
        self._by_host.clear()
        self._next_id = _FIRST_ID

    def _remember_earlier(self, host: Host, switches: Switches) -> None:
        outcome = switches.deploy_history
        if outcome == "none" or int(host.id) in self._by_host:
            return
        # Begun after the host was last changed; but where that was just now, over before it.
        ended = float(host.updated_at) + 100
        if ended >= time.time():
            ended -= 105
        reason = certificate_failure(host) if outcome == "failed" else None
        earlier = Deployment(
            id=1000 + int(host.id),
            host_id=int(host.id),
            type="deploy",
            created=ended - 95,
            starts=ended - 90,
            ends=ended,
            outcome=outcome,
            reason=reason,
        )
        self._by_host[int(host.id)] = [earlier]


def certificate_failure(host: Host) -> str:
    """Why publications fail in practice: the domain does not point at the host yet."""
    domain = f"www.{(host.name or 'shop.example').partition('.')[2] or 'shop.example'}"
    return (
        f"TASK [nginx : Request Let's Encrypt certificate] fatal: [{host.name}]: FAILED! => "
        f"Certbot failed to authenticate some domains (authenticator: webroot). Domain: {domain} "
        f"Type: dns Detail: DNS problem: NXDOMAIN looking up A for {domain} - check that a DNS "
        "record exists for this domain"
    )
