# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan that also takes out what the files of a repository once named and name no longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.client.errors import SettingsError
from ....module_utils.document.depth import check_depth
from ....module_utils.document.masking import masked
from ....module_utils.document.policy import MERGED, Policy
from ....module_utils.document.walk import visit
from ....module_utils.plan.changes import REMOVE, Change, short
from ....module_utils.plan.draft import Draft
from ....module_utils.plan.engine import Plan, plan
from ....module_utils.plan.origins import Origins
from .claim import NOTHING, Keys
from .claiming import claimed
from .marks import Marks
from .pruning import Conflict, Pruning

FAIL, FORCE, KEEP = "fail", "force", "keep"

_SILENT = "no file says anything of this host any more: what was applied to it stays, and nothing is removed"


@dataclass(frozen=True)
class Ownership:
    """What of a host is the repository's.

    :ivar claims: what was applied; where an interruption leaves open which of two it was, both.
    :ivar conflicts: C(fail), C(force) or C(keep): what becomes of conflicts.
    """

    claims: tuple[Keys, ...]
    marks: Marks
    conflicts: str


@dataclass(frozen=True)
class OwningPlan(Plan):
    """A plan, the first changes of which are removals.

    :ivar removals: what goes as no file names it any more.
    :ivar conflicts: what no file names any more, and cannot go without a loss of what somebody else wrote.
    :ivar stays: entries of which only what was named goes.
    :ivar owned: what of the host is the repository's once this is stored; None where the record is to stay.
    """

    removals: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    stays: tuple[str, ...] = ()
    owned: Keys | None = field(default=None, repr=False)


def owning_plan(
    document: dict[str, Any],
    config: dict[str, Any],
    policy: Policy,
    origins: Origins,
    ownership: Ownership,
) -> OwningPlan:
    """What has to be stored in place of a document: what is named no longer goes, then the rest is merged.

    In this order a name or a domain can be taken from what goes for something else.

    :param config: what the files say.
    :raises PlanError: as every plan.
    """
    if not config:
        made = plan(document, config, MERGED, policy)
        told = (_SILENT,) if ownership.claims else ()
        return OwningPlan(made.payload, made.changes, (*made.warnings, *told))
    check_depth(document, "The stored configuration")
    draft = Draft(policy)
    pruning = Pruning(draft, ownership.marks, force=ownership.conflicts == FORCE)
    left = document
    for claim in ownership.claims:
        left = pruning.map(left, claim.keys, config, policy.root)
    made = plan(left, config, MERGED, policy)
    former = ownership.claims[-1] if ownership.claims else NOTHING
    return OwningPlan(
        made.payload,
        (*draft.changes, *made.changes),
        made.warnings,
        tuple(draft.changes),
        tuple(dict.fromkeys(pruning.conflicts)),
        tuple(dict.fromkeys(pruning.stays)),
        claimed(config, made.payload, policy.root, ownership.marks, origins, former),
    )


def refused(conflicts: Iterable[Conflict]) -> SettingsError:
    """Why a host is not rolled out of which something is in conflict."""
    told = "\n".join(f"- {conflict}" for conflict in conflicts)
    return SettingsError(
        f"What no file names any more cannot be removed without a loss of what somebody else wrote:\n{told}",
        "Name it in a file again; or set rollout_conflicts to keep, which leaves it to others from now on, or to "
        "force, which removes it.",
    )


def removal(change: Change) -> str:
    """What goes, in one line."""
    if change.op != REMOVE:
        return change.summary()
    return f"{change.place} ({short(masked(change.before, change.place))})"


def values_in(removals: Iterable[Change]) -> int:
    """How many values go."""
    return sum(_values(change) for change in removals)


def _values(change: Change) -> int:
    if change.op != REMOVE:
        return 1
    scalars = sum(
        not isinstance(value, (dict, list)) for _place, value in visit(change.before, change.place)
    )
    return max(1, scalars)


def refuse_too_many(removed: Mapping[str, int], limit: int) -> None:
    """See that a run does not remove more than the user allows.

    :param removed: how many values go, by host.
    :raises SettingsError: where it would.
    """
    total = sum(removed.values())
    if total > limit:
        hosts = sum(map(bool, removed.values()))
        raise SettingsError(
            f"No file names {total} values on {hosts} {'host' if hosts == 1 else 'hosts'} any more, and "
            f"rollout_prune_limit lets one run remove {limit}.",
            "Nothing was written. Look at what the plan is to remove: is a file missing, or empty? If that is meant, "
            f"set rollout_prune_limit to {total}.",
        )
