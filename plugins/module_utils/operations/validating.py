# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say how much a desired configuration is doubted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..document.paths import Pattern
from ..document.policy import Policy
from ..plan.origins import NOWHERE, Origins
from ..validation.doubts import doubts
from ..validation.findings import LEVELS, OFF, STRICT, WARN, Finding

VALIDATION_OPTIONS: dict[str, dict[str, Any]] = {
    "validate": {"type": "str", "choices": list(LEVELS), "default": WARN},
    "validate_except": {"type": "list", "elements": "str", "default": []},
}


@dataclass(frozen=True)
class Validation:
    """What becomes of doubts, and which places there are none about."""

    validate: str
    validate_except: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """Whether nothing is written where something is doubtful."""
        return self.validate == STRICT

    @cached_property
    def _but(self) -> tuple[Pattern, ...]:
        return tuple(map(Pattern, self.validate_except))

    def findings(
        self,
        config: dict[str, Any],
        stored: dict[str, Any],
        state: str,
        policy: Policy,
        after: dict[str, Any],
        origins: Origins = NOWHERE,
    ) -> list[Finding]:
        """Every doubt about a configuration that a plan has accepted; none with C(validate=off).

        :param after: the plan's payload.
        :param origins: which file says what.
        :raises PlanError: for C(validate_except) that holds no paths.
        """
        but = self._but
        if self.validate == OFF:
            return []
        return doubts(config, stored, state, policy.root, but, after, origins)
