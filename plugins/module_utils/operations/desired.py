# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say what a stored configuration is to become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..client.errors import TurboStackError
from ..document.masking import find_secrets
from ..document.policy import DELETED, MERGED, REPLACED, Policy
from ..validation.doubts import Validation
from ..validation.findings import LEVELS, WARN
from . import backup
from .backup import BackupOptions
from .options import options
from .policy_options import POLICY_OPTIONS, PolicyOptions
from .targeting import TARGET_OPTIONS, Target

OPTIONS: dict[str, dict[str, Any]] = {
    **TARGET_OPTIONS,
    "config": {"type": "dict", "required": True},
    "state": {"type": "str", "choices": [MERGED, REPLACED, DELETED], "default": MERGED},
    **POLICY_OPTIONS,
    "expected_fingerprint": {"type": "str"},
    "verify": {"type": "bool", "default": True},
    "validate": {"type": "str", "choices": list(LEVELS), "default": WARN},
    "validate_except": {"type": "list", "elements": "str", "default": []},
    **backup.OPTIONS,
}


@dataclass(frozen=True)
class Desired:
    """A configuration, or a part of one, and what is to be done with it.

    :ivar verify: whether what was written is read back.
    """

    target: Target = field(metadata=options(Target))
    config: dict[str, Any]
    state: str
    how: PolicyOptions = field(metadata=options(PolicyOptions))
    expected_fingerprint: str | None
    verify: bool
    validation: Validation = field(metadata=options(Validation))
    backup: BackupOptions = field(metadata=options(BackupOptions))

    @property
    def policy(self) -> Policy:
        """The plan's policy, built once.

        :raises PlanError: for options that make no sense.
        """
        return self.how.policy

    def secrets(self) -> set[str]:
        """The secrets in the configuration; those that can be told where the options make no sense."""
        return self.secrets_in(self.config)

    def secrets_in(self, config: dict[str, Any]) -> set[str]:
        """The secrets in another configuration of the same host or group."""
        try:
            return find_secrets(config, self.policy)
        except (TurboStackError, TypeError, KeyError):
            return find_secrets(config)
