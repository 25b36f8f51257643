# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells the entries of lists apart, and what they are called."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from ..text.secret_text import redact_text
from .domains import domains_in
from .equality import content_key, rewritten
from .schema import Identity
from .ssh_keys import ssh_key_label


@dataclass(frozen=True)
class Rule:
    """How a list is to be read.

    :ivar kind: C(by) a field, C(sites) (by a field, or else by the domains that they serve), C(members) (a set
        of scalars), C(contents) (a set of anything), C(replace) (one value), or C(none) (its entries cannot be
        told apart).
    :ivar field: the field of C(by) and C(sites).
    :ivar domains: the field of C(sites) that holds domains.
    """

    kind: str
    field: str = ""
    domains: str = ""

    @property
    def is_named(self) -> bool:
        """Whether entries have an identity of their own, so that they can change and stay the same entry."""
        return self.kind in ("by", "sites")


MEMBERS = Rule("members")
CONTENTS = Rule("contents")
REPLACE = Rule("replace")
NONE = Rule("none")


def rule_of(identity: Identity) -> Rule:
    """The rule for a list whose entries have this identity."""
    if identity.domains:
        return Rule("sites", identity.field, identity.domains)
    return Rule("by", identity.field)


def field_key(entry: Any, field: str) -> Hashable | None:
    """An entry's identity by a field; None where the field is missing, blank, or not a text or number."""
    if not isinstance(entry, dict):
        return None
    value = rewritten(entry.get(field))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return content_key(value)


def domains_of(entry: Any, rule: Rule) -> dict[str, str]:
    """The domains that an entry of C(sites) serves: by what they mean → as they are written."""
    return domains_in(entry.get(rule.domains)) if isinstance(entry, dict) else {}


def naming_field(entry: Any, rule: Rule) -> str:
    """The field that an entry is called by; empty where it has none."""
    if rule.is_named and field_key(entry, rule.field) is not None:
        return rule.field
    if rule.kind == "sites" and domains_of(entry, rule):
        return rule.domains
    return ""


def name_of(entry: Any, field: str, rule: Rule) -> Any:
    """What an entry is called: the field's value, or the first of its domains."""
    if rule.kind == "sites" and field == rule.domains:
        return next(iter(domains_of(entry, rule).values()))
    return entry[field]


def label(value: Any) -> str:
    """What an entry or member is called, in which no secret is left that can be told by its looks."""
    if isinstance(value, str):
        lines = value.strip().splitlines()
        if len(lines) > 1 and any(ssh_key_label(line) for line in lines):
            return f"{label(lines[0])} … ({len(lines)} lines)"
        return ssh_key_label(value) or " ".join(redact_text(value).split()) or "blank"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "literal", value))
