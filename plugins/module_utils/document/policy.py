# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a plan is to be made, as the task's options say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .errors import PlanError

# As text: ansible-test reads module_utils as a Python would that knows no such unions at run time.
ListPolicy: TypeAlias = "str | Mapping[str, str]"

COMPARISONS = ("platform", "strict")
MERGED, REPLACED, DELETED = "merged", "replaced", "deleted"
STATES = (MERGED, REPLACED, DELETED)


@dataclass(frozen=True)
class Policy:
    """How a plan is to be made.

    :ivar lists: path pattern → C(union), C(replace) or C({"by": field}); see C(identity.py).
    :ivar comparison: C(platform), where values that the platform itself rewrites into one another are
        equal, or C(strict), where they are not.
    :ivar allow_float_versions: whether a float under a key ending in C(_version) is meant.
    :ivar secret_paths: patterns of further places whose content is secret.
    :ivar allow_empty: whether C(replaced) may put an empty configuration over one that is not.
    :raises PlanError: for a comparison of another name.
    """

    lists: Mapping[str, ListPolicy] = field(default_factory=dict)
    comparison: str = "platform"
    allow_float_versions: bool = False
    secret_paths: Sequence[str] = ()
    allow_empty: bool = False

    def __post_init__(self) -> None:
        if self.comparison not in COMPARISONS:
            raise PlanError(
                f"There is no comparison {self.comparison!r}.",
                f"Choose one of {', '.join(COMPARISONS)}.",
            )
