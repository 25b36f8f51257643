# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of host variables: the fields of a record behind `hostvars_prefix`."""

from __future__ import annotations

import re
from typing import Any

from ansible.errors import AnsibleParserError

from . import derived
from .records import Record

DEFAULT_PREFIX = "turbostack_"
#: Set for the whole inventory, as a variable of the group `all`.
PARTIAL = "inventory_partial"
ERRORS = "inventory_errors"

_FIELDS = (
    "id",
    "platform",
    "name",
    "client_id",
    "client_name",
    "active",
    "config",
    "monitoring",
    "sync_status",
    "sync_reason",
    "created_at",
    "updated_at",
    *derived.NAMES,
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class VariableNames:
    """Turns records into variables.

    :raises AnsibleParserError: for a prefix with which a variable would not be a variable of its own.
    """

    def __init__(self, prefix: str) -> None:
        self.of_field = {name: f"{prefix}{name}" for name in (*_FIELDS, PARTIAL, ERRORS)}
        if prefix != DEFAULT_PREFIX:
            _check(prefix, self.of_field.values())

    def variables(self, record: Record) -> dict[str, Any]:
        """The record's values under the names of its variables."""
        of_field = self.of_field
        return {of_field[name]: value for name, value in record.items()}


def _check(prefix: str, names: Any) -> None:
    from ansible.vars.reserved import get_reserved_names

    if prefix.startswith("ansible_"):
        raise AnsibleParserError(
            f"hostvars_prefix {prefix!r} would set variables of Ansible's own (ansible_*), which decide how "
            "to connect to a host. Choose another one"
        )
    if prefix and not _IDENTIFIER.match(prefix):
        raise AnsibleParserError(
            f"hostvars_prefix {prefix!r} must begin with a letter or an underscore and hold nothing but "
            "letters, digits and underscores"
        )
    reserved = sorted(set(names) & (get_reserved_names() | _MAGIC))
    if reserved:
        raise AnsibleParserError(
            f"hostvars_prefix {prefix!r} would give variables names that mean something else to Ansible: "
            f"{', '.join(reserved)}. Choose a longer one, for instance {DEFAULT_PREFIX!r}"
        )


_MAGIC = frozenset(
    {
        *("environment", "groups", "group_names", "hostvars", "inventory_dir", "inventory_file"),
        *("inventory_hostname", "inventory_hostname_short", "omit", "play_hosts", "playbook_dir"),
        *("role_name", "role_path", "vars"),
    }
)
