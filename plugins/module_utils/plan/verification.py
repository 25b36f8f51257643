# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what was read back is what was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..document.equality import exactly_equal, platform_equal
from ..document.masking import Masking
from ..document.paths import Path, render
from ..document.policy import Policy
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

    :raises PlanError: only for a policy that cannot be understood, or documents nested too deeply.
    """
    policy = replace(policy or Policy(), comparison="platform")
    mismatches = tuple(
        dict.fromkeys(render(change.path) for change in explain(sent, read_back, policy))
    )
    normalized: dict[str, None] = {}
    _collect(sent, read_back, (), Masking(policy), normalized)
    return Verification(tuple(normalized), mismatches)


def _collect(
    sent: Any, read_back: Any, path: Path, masking: Masking, found: dict[str, None]
) -> None:
    if isinstance(sent, dict) and isinstance(read_back, dict):
        for key, value in sent.items():
            if key in read_back:
                _collect(value, read_back[key], (*path, key), masking, found)
    elif isinstance(sent, list) and isinstance(read_back, list):
        if len(sent) == len(read_back):
            items = masking.lists.items(path, sent)
            for item, value, other in zip(items, sent, read_back, strict=True):
                _collect(value, other, (*path, item), masking, found)
    elif not exactly_equal(sent, read_back) and platform_equal(sent, read_back):
        found[render(path)] = None
