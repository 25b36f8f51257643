# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say how much a desired configuration is doubted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..document.paths import Pattern
from ..document.place import Place
from ..document.policy import Policy
from ..plan.engine import Plan
from ..plan.origins import NOWHERE, Origins
from ..validation.doubts import doubts, named
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

    def admitted(
        self, found: Iterable[tuple[Place, Finding]], origins: Origins = NOWHERE
    ) -> list[Finding]:
        """Of what was found, what something is to be said about, with the file that says it."""
        return named(found, self._but, origins)

    def findings(
        self,
        config: dict[str, Any],
        stored: dict[str, Any],
        state: str,
        policy: Policy,
        made: Plan,
        origins: Origins = NOWHERE,
    ) -> list[Finding]:
        """Every doubt about a configuration that a plan has accepted; none with C(validate=off).

        :param made: that plan.
        :param origins: which file says what.
        :raises PlanError: for C(validate_except) that holds no paths.
        """
        but = self._but
        if self.validate == OFF:
            return []
        return doubts(config, stored, state, policy.root, but, made, origins)
