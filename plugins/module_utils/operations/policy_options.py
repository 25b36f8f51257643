# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the options of a task to the policy of its plan: built here, once a task, and handed on from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..document.policy import COMPARISONS, DOMAIN_ORDERS, STORED, ListPolicy, Policy

PLATFORM = "platform"

# What a file of the user's says of keys has become a map by the time that an operation sees it.
SCHEMA: dict[str, dict[str, Any]] = {"schema": {"type": "raw"}}

SECRET_PATHS: dict[str, dict[str, Any]] = {
    "secret_paths": {"type": "list", "elements": "str", "default": [], "no_log": False},
    **SCHEMA,
}

POLICY_OPTIONS: dict[str, dict[str, Any]] = {
    "allow_empty": {"type": "bool", "default": False},
    "create": {"type": "bool", "default": True},
    "domain_order": {"type": "str", "choices": list(DOMAIN_ORDERS), "default": STORED},
    "allow_other_domains": {"type": "bool", "default": False},
    "lists": {"type": "dict", "default": {}},
    "comparison": {"type": "str", "choices": list(COMPARISONS), "default": PLATFORM},
    "allow_float_versions": {"type": "bool", "default": False},
    **SECRET_PATHS,
}


@dataclass(frozen=True)
class SecretPaths:
    """What a task that only reads may say of a configuration."""

    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None

    @cached_property
    def policy(self) -> Policy:
        """As a task without further options has it."""
        return Policy(secret_paths=self.secret_paths, schema=self.schema or {})


@dataclass(frozen=True)
class PolicyOptions:
    """How a task's plan is to be made, as its options say it."""

    allow_empty: bool
    create: bool
    domain_order: str
    allow_other_domains: bool
    lists: Mapping[str, ListPolicy]
    comparison: str
    allow_float_versions: bool
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None

    @cached_property
    def policy(self) -> Policy:
        """The same, as the plan knows it.

        :raises PlanError: for what makes no sense.
        """
        return Policy(
            lists=self.lists,
            comparison=self.comparison,
            allow_float_versions=self.allow_float_versions,
            secret_paths=self.secret_paths,
            allow_empty=self.allow_empty,
            create=self.create,
            domain_order=self.domain_order,
            allow_other_domains=self.allow_other_domains,
            schema=self.schema or {},
        )
