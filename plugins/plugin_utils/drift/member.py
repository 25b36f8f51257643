# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host of the play, and what it is to hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...module_utils.document.masking import find_secrets
from ...module_utils.document.policy import Policy
from ...module_utils.plan.origins import NOWHERE, Origins
from ...module_utils.validation.doubts import Validation
from ...module_utils.validation.findings import WARN
from ..inventory.known_host import KnownHost


@dataclass(frozen=True)
class Wanted:
    """A configuration that is wanted; hosts of which the same is wanted share it.

    :ivar state: C(merged) or C(replaced).
    :ivar origins: which file says what of it.
    :ivar validation: what becomes of doubts about it.
    """

    config: dict[str, Any] = field(repr=False)
    state: str
    policy: Policy
    origins: Origins = field(default=NOWHERE, repr=False)
    validation: Validation = field(default=Validation(WARN, ()))

    @cached_property
    def secrets(self) -> set[str]:
        """The secrets in it."""
        return find_secrets(self.config, self.policy)


@dataclass(frozen=True)
class Member:
    """One host of the play.

    :ivar name: its name in the inventory.
    :ivar known: what the inventory knows of it; None where it has no id, so that its name is the platform's.
    :ivar wanted: None where nothing is.
    :ivar problem: why it cannot be compared; None where it can.
    """

    name: str
    known: KnownHost | None = None
    wanted: Wanted | None = None
    problem: str | None = None
