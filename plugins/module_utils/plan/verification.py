# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what was read back is what was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..document.equality import exactly_equal, is_container, platform_equal
from ..document.policy import DEFAULT, Policy
from ..document.walk import visit_both
from .engine import explain


@dataclass(frozen=True)
class Verification:
    """How a document that was read back differs from the one that was sent.

    :ivar normalized: paths of values that the platform rewrote in one of its known ways.
    :ivar mismatches: paths of everything else that is not as it was sent.
    """

    normalized: tuple[str, ...]
    mismatches: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that was sent is there, and nothing else."""
        return not self.mismatches


def verify(
    sent: dict[str, Any], read_back: dict[str, Any], policy: Policy | None = None
) -> Verification:
    """Compare what was sent with what was read back; the platform's rewritings are no mismatch.

    They are none with C(comparison: strict) either: that says what a change is, not whether a write worked.

    :raises PlanError: only for documents nested too deeply.
    """
    policy = policy or DEFAULT
    if policy.comparison != "platform":
        policy = replace(policy, comparison="platform")
    mismatches = dict.fromkeys(str(change.place) for change in explain(sent, read_back, policy))
    normalized = {
        str(place): None
        for place, one, other in visit_both(sent, read_back, policy.root)
        if not _are_entered(one, other)
        and not exactly_equal(one, other)
        and platform_equal(one, other)
    }
    return Verification(tuple(normalized), tuple(mismatches))


def _are_entered(one: Any, other: Any) -> bool:
    """Whether the two are compared by what they hold, rather than as a whole."""
    return is_container(one) and type(one) is type(other)
