# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what is stored for a host is in effect on it: a value of its own, with its reason.

    evidence = Evidence(Stored.of_row(row), deployment=deployments.status(api, host_id))
    status = sync_status(evidence)
    status.sync, status.reason, status.due

Everything here is pure. What can be known is in C(Evidence): the row as the platform shows it, the latest deployment,
and what this run did. The decisions are one table, C(DECISIONS); C(docs/sync-status.md) explains it.

The platform's times go to the second, and C(updated_at) is touched by a change of any column of the row, not only of
the configuration, and perhaps by the deployment itself. So the order of two events is only believed where it is sure:
whoever writes a configuration and then starts its deployment lets C(APART) seconds pass between the two, and whoever
looks later will see which came first.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .deployment_status import Deployment, State
from .moments import Moment, read_moment

#: Seconds between two events after which times to the second tell which came first.
APART = 1.0


class Sync(str, enum.Enum):
    """Whether what is stored for a host is in effect on it."""

    IN_EFFECT = "in_effect"
    STORED_NOT_DEPLOYED = "stored_not_deployed"
    DEPLOYING = "deploying"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Order(enum.Enum):
    """When what is stored was last changed, seen from the latest deployment."""

    BEFORE = "before it began"
    TOGETHER = "in the moment in which it began"
    DURING = "after it began"
    AFTER = "after it had ended"
    UNTOLD = "not told"


@dataclass(frozen=True)
class Stored:
    """What the platform says of the stored row.

    :ivar updated: when any column of it was last changed.
    """

    updated: Moment | None = None

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Stored:
        """The times of a row of a list, or of a single answer."""
        return cls(read_moment(row.get("updated_at")))


@dataclass(frozen=True)
class Ours:
    """What this run has done to the host, as far as it went.

    :ivar changed: whether its write changed what is stored.
    :ivar at: when, by the platform's clock (C(updated_at) of the answer, or its C(Date)).
    :ivar before: the latest deployment as it was shown before the write.
    :ivar since: the latest deployment as it was shown after the write (or, where nothing had to be written, after the
        configuration was read), before this run started one.
    :ivar started: the id of the deployment that this run started after that.
    :ivar kept: whether what is stored now is what this run wrote or found; None where that was not looked at.
    """

    changed: bool = False
    at: Moment | None = None
    before: Deployment | None = None
    since: Deployment | None = None
    started: str | None = None
    kept: bool | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything that a decision may rest on.

    :ivar deployment: the latest one as it is shown now; None where it was not asked for.
    """

    stored: Stored = Stored()
    deployment: Deployment | None = None
    ours: Ours = Ours()


@dataclass(frozen=True)
class SyncStatus:
    """The decision.

    :ivar reason: why, in one sentence, fit for a terminal.
    """

    sync: Sync
    reason: str

    @property
    def due(self) -> bool | None:
        """Whether a deployment is what it takes to be sure; None while one is running, as its end decides."""
        return None if self.sync is Sync.DEPLOYING else self.sync is not Sync.IN_EFFECT


@dataclass(frozen=True)
class Decision:
    """One line of the table.

    :ivar states: of the latest deployment; C(None) stands for one that was not asked for.
    :ivar orders: when what is stored was changed.
    """

    states: tuple[State | None, ...]
    orders: tuple[Order, ...]
    sync: Sync
    reason: str


_ANY = tuple(Order)
_ACTIVE = (State.QUEUED, State.RUNNING)

#: The first line that fits holds.
DECISIONS: tuple[Decision, ...] = (
    Decision(
        (None,),
        (Order.AFTER,),
        Sync.STORED_NOT_DEPLOYED,
        "This task has changed what is stored, and nothing was deployed since.",
    ),
    Decision((None,), _ANY, Sync.UNKNOWN, "The status of the deployment was not asked for."),
    Decision(
        _ACTIVE,
        (Order.DURING,),
        Sync.DEPLOYING,
        "A deployment is under way, and the host was changed after it began.",
    ),
    Decision(_ACTIVE, _ANY, Sync.DEPLOYING, "A deployment is under way."),
    Decision(
        (State.UNKNOWN,),
        _ANY,
        Sync.UNKNOWN,
        "The platform gives the latest deployment a status that is not known.",
    ),
    Decision(
        (State.NONE,),
        (Order.AFTER,),
        Sync.STORED_NOT_DEPLOYED,
        "What is stored was never deployed.",
    ),
    Decision(
        (State.NONE,),
        _ANY,
        Sync.UNKNOWN,
        "The platform shows no deployment: there never was one, or none is running just now.",
    ),
    Decision(
        (State.FAILED, State.CANCELLED),
        (Order.AFTER,),
        Sync.STORED_NOT_DEPLOYED,
        "The host was changed after its latest deployment, which did not succeed.",
    ),
    Decision((State.FAILED,), _ANY, Sync.FAILED, "The latest deployment failed."),
    Decision((State.CANCELLED,), _ANY, Sync.FAILED, "The latest deployment was cancelled."),
    Decision(
        (State.SUCCEEDED,),
        (Order.BEFORE,),
        Sync.IN_EFFECT,
        "The latest deployment began after the last known change, and succeeded.",
    ),
    Decision(
        (State.SUCCEEDED,),
        (Order.AFTER,),
        Sync.STORED_NOT_DEPLOYED,
        "The host was changed after its latest deployment.",
    ),
    Decision(
        (State.SUCCEEDED,),
        (Order.DURING,),
        Sync.UNKNOWN,
        "The host was changed after its latest deployment began, by that deployment itself or by somebody.",
    ),
    Decision(
        (State.SUCCEEDED,),
        (Order.TOGETHER,),
        Sync.UNKNOWN,
        "The host was changed in the very moment in which its latest deployment began.",
    ),
    Decision(
        (State.SUCCEEDED,),
        (Order.UNTOLD,),
        Sync.UNKNOWN,
        "The latest deployment succeeded, but no times tell whether it began after the last change.",
    ),
)


def sync_status(evidence: Evidence) -> SyncStatus:
    """The sync status that the evidence allows; C(unknown) where it does not say."""
    state = None if evidence.deployment is None else evidence.deployment.state
    order = order_of(evidence)
    found = next(
        decision for decision in DECISIONS if state in decision.states and order in decision.orders
    )
    return SyncStatus(found.sync, f"{found.reason[:-1]}{_times(evidence)}.")


def order_of(evidence: Evidence) -> Order:
    """When what is stored was last changed, seen from the latest deployment.

    What was written by this run and is still stored needs no times: then the deployments that were shown before and
    after the write tell. Otherwise the times decide, and where they do not, what this run has seen.
    """
    deployment, ours = evidence.deployment, evidence.ours
    if deployment is None or deployment.state is State.NONE:
        never = deployment is not None and deployment.never
        unseen = ours.changed and ours.started is None
        return Order.AFTER if never or unseen else Order.UNTOLD
    if ours.kept is True:
        return _by_what_was_seen(deployment, ours) or _by_times(evidence)
    order = _by_times(evidence)
    if order in (Order.TOGETHER, Order.UNTOLD) and ours.kept is None:
        return _by_what_was_seen(deployment, ours) or order
    return order


def _by_what_was_seen(deployment: Deployment, ours: Ours) -> Order | None:
    if ours.started is not None and deployment.has_id(ours.started):
        return Order.BEFORE
    if ours.since is not None and deployment.began_after(ours.since):
        return Order.BEFORE
    if ours.changed and ours.before is not None and deployment.is_surely(ours.before):
        return Order.AFTER if ours.before.state.ended else Order.DURING
    return None


def _by_times(evidence: Evidence) -> Order:
    changed, deployment = _last_change(evidence), evidence.deployment
    if changed is None or deployment is None:
        return Order.UNTOLD
    began, ended = deployment.times.began, deployment.times.ended
    if began is not None and changed.surely_before(began):
        return Order.BEFORE
    if ended is not None and ended.surely_before(changed):
        return Order.AFTER
    if began is None or not began.compares_with(changed):
        return Order.UNTOLD
    return Order.DURING if began.surely_before(changed) else Order.TOGETHER


def _last_change(evidence: Evidence) -> Moment | None:
    updated, at = evidence.stored.updated, evidence.ours.at if evidence.ours.changed else None
    if at is not None and (updated is None or updated.surely_before(at)):
        return at
    return updated


def _times(evidence: Evidence) -> str:
    """The times beside a reason, as far as they are known."""
    times = evidence.deployment.times if evidence.deployment is not None else None
    known = (
        ("changed", _last_change(evidence)),
        ("deployment began", times.began if times else None),
        ("ended", times.ended if times else None),
    )
    said = [f"{what} {moment}" for what, moment in known if moment is not None]
    return f" ({', '.join(said)})" if said else ""
