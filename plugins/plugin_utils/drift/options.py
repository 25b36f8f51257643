# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role's variables say: of the whole comparison, and of each host."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.client.errors import SettingsError
from ...module_utils.document.policy import (
    DOMAIN_ORDERS,
    MERGED,
    REPLACED,
    STORED,
    ListPolicy,
    Policy,
)
from ...module_utils.operations.options import taken
from ...module_utils.text.escaping import escape
from ...module_utils.validation.findings import LEVELS, WARN

PREFIX = "drift_"
CONFIG = "drift_config"

#: The variables, but for the desired configuration, which is whatever it is.
SPEC: dict[str, dict[str, Any]] = {
    "drift_directory": {"type": "path"},
    "drift_state": {"type": "str", "choices": [MERGED, REPLACED], "default": MERGED},
    "drift_domain_order": {"type": "str", "choices": list(DOMAIN_ORDERS), "default": STORED},
    "drift_allow_other_domains": {"type": "bool", "default": False},
    "drift_lists": {"type": "dict", "default": {}},
    "drift_allow_float_versions": {"type": "bool", "default": False},
    "drift_secret_paths": {"type": "list", "elements": "str", "default": [], "no_log": False},
    "drift_schema": {"type": "raw"},
    "drift_validate": {"type": "str", "choices": list(LEVELS), "default": WARN},
    "drift_validate_except": {"type": "list", "elements": "str", "default": []},
    "drift_groups_directory": {"type": "path"},
    # Without a default: one that is empty is none.
    "drift_json_file": {"type": "path"},
    "drift_junit_file": {"type": "path"},
    "drift_sync": {"type": "bool", "default": False},
    "drift_fail": {"type": "str", "default": "true"},
}

ANYTHING, ERRORS, NEVER = "anything", "errors", "never"
_FAILING = {
    ANYTHING: ("true", "yes", "on", "1"),
    ERRORS: ("error", "errors"),
    NEVER: ("false", "no", "off", "0"),
}


@dataclass(frozen=True)
class DriftOptions:
    """The options as the variables of one host say them.

    :ivar directory: None where the desired configuration is a variable.
    :ivar fail: a word for what is a failure; see C(failing).
    """

    directory: str | None
    state: str
    domain_order: str
    allow_other_domains: bool
    lists: Mapping[str, ListPolicy]
    allow_float_versions: bool
    secret_paths: tuple[str, ...]
    schema: Any
    validate: str
    validate_except: tuple[str, ...]
    groups_directory: str | None
    json_file: str | None
    junit_file: str | None
    sync: bool
    fail: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> DriftOptions:
        """Out of what was checked against C(SPEC)."""
        return taken(cls, given)

    def policy(self, schema: Mapping[str, Any], *, floats: bool | None = None) -> Policy:
        """The policy of a plan.

        :param schema: what the option of that name stands for.
        :param floats: in the place of C(allow_float_versions).
        :raises PlanError: for what makes no sense.
        """
        return Policy(
            lists=self.lists,
            secret_paths=self.secret_paths,
            allow_float_versions=self.allow_float_versions if floats is None else floats,
            domain_order=self.domain_order,
            allow_other_domains=self.allow_other_domains,
            schema=schema,
            prefix=PREFIX,
        )

    @property
    def failing(self) -> str:
        """What is a failure: C(ANYTHING) that is not in line, only C(ERRORS), or C(NEVER).

        :raises SettingsError: for a word that says none of it.
        """
        word = self.fail.strip().lower()
        for meaning, words in _FAILING.items():
            if word in words:
                return meaning
        raise SettingsError(
            f"drift_fail is said by true, false or error, not by {escape(word)}.",
            "With error, only what could not be compared is a failure.",
        )


def here(path: str | None) -> str | None:
    """A path of the user's, counted from where Ansible was started."""
    return os.path.realpath(os.path.expanduser(path)) if path else None
