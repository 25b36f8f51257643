# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keyed groups: from a key to the names of groups, and the groups that were made for a key before."""

from __future__ import annotations

# Joined with % as Ansible does: on Python 3.10 that keeps the type of the only part that is not empty.
# ruff: noqa: UP031
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.common.text.converters import to_native

from .failures import Failed
from .sharing import Scope, SharedResults
from .templating import Templating

Group = tuple[str, Any]
"""The name of a group in the inventory, and its parent's, if it has one."""

Groups = tuple[Group, ...]


class _NotEvaluated(Exception):
    """The key or the parent of a host cannot be evaluated, and that is no error."""


class KeyedGroup:
    """One entry of `keyed_groups`.

    Args:
        entry: the entry.
        templating: evaluates the key and the parent.
        shared: the groups of hosts that have the same key and parent.
        inventory: takes the groups.
        safe_name: gives a group's name the form that Ansible gives it.
        leading_separator: gives that option.
        strict: whether a key that cannot be evaluated is an error.
    """

    def __init__(
        self,
        entry: Mapping[str, Any],
        templating: Templating,
        shared: SharedResults[Groups | Failed],
        inventory: Any,
        safe_name: Callable[[Any], Any],
        leading_separator: Callable[[], Any],
        strict: bool,
    ) -> None:
        self._entry = entry
        self._templating = templating
        self._shared = shared
        self._inventory = inventory
        self._safe_name = safe_name
        self._leading_separator = leading_separator
        self._strict = strict

    def add(self, host: str, scope: Scope) -> Failed | None:
        """Add a host to its groups, which come into being where there are none.

        Returns:
            Why it has none, if they cannot be told.
        """
        key, groups = self._shared.find(scope)
        if groups is None:
            try:
                groups = tuple(self._add_to_new(host, scope))
            except _NotEvaluated as error:
                groups = Failed(str(error))
            self._shared.keep(key, groups)
            return groups if isinstance(groups, Failed) else None
        if isinstance(groups, Failed):
            return groups
        for name, _parent in groups:
            # The parent has had this group as its child since the first host.
            self._inventory.add_host(host, name)
        return None

    def _add_to_new(self, host: str, scope: Scope) -> Iterator[Group]:
        entry = self._entry
        try:
            key = self._templating.expression(entry.get("key"), scope.everything)
        except Exception as error:
            if self._strict:
                raise AnsibleParserError(
                    f"Could not generate group for host {host} from {entry.get('key')} entry:"
                    f" {to_native(error)}"
                ) from error
            raise _NotEvaluated(to_native(error)) from None
        default = entry.get("default_value")
        if entry.get("trailing_separator") is not None and default is not None:
            raise AnsibleParserError(
                "parameters are mutually exclusive for keyed groups: default_value|trailing_separator"
            )
        takes_default = key in self._templating.empty_keys and default is not None
        if not key and not takes_default:
            if self._strict and key not in ([], {}):
                raise AnsibleParserError(
                    f"No key or key resulted empty for {entry.get('key')} in host {host}, invalid entry"
                )
            return
        raw_parent = entry.get("parent_group")
        try:
            raw_parent = self._templating.parent(raw_parent, scope.everything)
        except self._templating.parent_errors as error:
            if self._strict:
                text = self._templating.parent_error_text % (raw_parent, key, error)
                raise AnsibleParserError(text) from error
            raise _NotEvaluated(f"its parent: {to_native(error)}") from None
        separator = entry.get("separator", "_")
        names = [default] if takes_default else self._bare_names(key, separator)
        yield from self._make(host, names, separator, raw_parent)

    def _bare_names(self, key: Any, separator: Any) -> list[Any]:
        """Return the names that a key stands for, without prefix."""
        empty = self._templating.empty_keys
        default = self._entry.get("default_value")
        if isinstance(key, str):
            return [key]
        if isinstance(key, list):
            return [default if name in empty and default is not None else name for name in key]
        if not isinstance(key, Mapping):
            raise AnsibleParserError(
                "Invalid group name format, expected a string or a list of them or dictionary,"
                f" got: {type(key)}"
            )
        names: list[Any] = []
        for name, value in key.items():
            if value in empty and default is not None:
                names.append("%s%s%s" % (name, separator, default))
            elif value in empty and self._entry.get("trailing_separator") is False:
                names.append(name)
            else:
                names.append("%s%s%s" % (name, separator, value))
        return names

    def _make(
        self, host: str, names: list[Any], separator: Any, raw_parent: Any
    ) -> Iterator[Group]:
        inventory = self._inventory
        prefix = self._entry.get("prefix", "")
        for bare_name in names:
            if prefix == "" and self._leading_separator() is False:
                separator = ""
            group = inventory.add_group(self._safe_name("%s%s%s" % (prefix, separator, bare_name)))
            inventory.add_host(host, group)
            parent = None
            if raw_parent:
                parent = self._safe_name(raw_parent)
                inventory.add_group(parent)
                inventory.add_child(parent, group)
            yield group, parent
