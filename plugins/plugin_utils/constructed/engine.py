# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`Constructed`: compose, groups and keyed_groups of an inventory plugin, for each of its hosts."""

from __future__ import annotations

# Subclasses are other kinds of values here, so that isinstance() would be wrong.
# pylint: disable=unidiomatic-typecheck
from typing import Any

from ansible import constants as C  # noqa: N812  # Ansible's own name for it
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.common.text.converters import to_native
from ansible.utils.vars import combine_vars

from .evaluation import Evaluation, SharedCondition, SharedExpression
from .failures import Failed, Failures
from .grouping import Groups, KeyedGroup
from .sharing import Scope, SharedResults


class Constructed:
    """What `Constructable`'s three methods do one after the other, with the same results.

    Args:
        plugin: an inventory plugin that is also a `Constructable`, after `parse()` of its base class and after
            its options were read. Of its options, compose, groups, keyed_groups, strict, use_extra_vars and
            leading_separator are used.

    Attributes:
        failures: what could not be evaluated, where `strict` is not set.
    """

    def __init__(self, plugin: Any) -> None:
        self._plugin = plugin
        self._inventory = plugin.inventory
        self._compose: Any = plugin.get_option("compose")
        self._groups: Any = plugin.get_option("groups")
        self._keyed_groups: Any = plugin.get_option("keyed_groups")
        self._strict: bool = bool(plugin.get_option("strict"))
        try:
            use_extra_vars = plugin.get_option("use_extra_vars")
        except Exception:  # as Constructable does: not every plugin has the option
            use_extra_vars = False
        self._extra: Any = plugin._vars if use_extra_vars else None
        # When dictionaries are merged key by key, too much depends on where a value comes from.
        self._is_ansibles = C.DEFAULT_HASH_BEHAVIOUR == "merge" or (
            use_extra_vars and not isinstance(self._extra, dict)
        )
        self.failures = Failures()
        self._safe_names: dict[str, Any] = {}
        self._group_names: dict[Any, str] = {}
        # These are made with the first host: until then, wrong options are no error.
        self._evaluation: Evaluation | None = None
        self._composed: list[tuple[Any, SharedExpression]] = []
        self._conditions: list[tuple[Any, SharedCondition]] = []
        self._keyed: list[tuple[Any, KeyedGroup | None]] = []

    def apply(self, host: str, variables: dict[str, Any]) -> None:
        """Set a host's composed variables, and add it to its groups.

        Args:
            host: the name of a host that is in the inventory.
            variables: what `compose` sees; `groups` and `keyed_groups` also see what is set on the host.

        Raises:
            AnsibleError: an expression cannot be evaluated, and `strict` is set.
            AnsibleParserError: the same, or a keyed group is not as it should be.
        """
        if self._is_ansibles or type(variables) is not dict:
            self._apply_by_ansible(host, variables)
            return
        if self._evaluation is None:
            self._evaluation = Evaluation(self._plugin)
            self._prepare(self._evaluation, host)
        seen: dict[int, Any] = {}
        if self._composed:
            self._set_variables(host, variables, seen)
        if self._conditions or self._keyed:
            self._add_to_groups(host, variables, seen)

    def _set_variables(self, host: str, variables: dict[str, Any], seen: dict[int, Any]) -> None:
        scope = Scope(self._with_extra(variables), None, seen)
        for name, expression in self._composed:
            try:
                value = expression.result(scope)
            except Exception as error:
                raise AnsibleError(
                    f"Could not set {name} for host {host}: {to_native(error)}"
                ) from error
            if isinstance(value, Failed):
                self.failures.add(f"compose: {name}", host, value)
            else:
                self._inventory.set_variable(host, name, value)

    def _add_to_groups(self, host: str, variables: dict[str, Any], seen: dict[int, Any]) -> None:
        inventory = self._inventory
        known = inventory.get_host(host)
        values = variables | known.vars

        def everything() -> dict[str, Any]:
            return combine_vars(variables, known.get_vars())  # type: ignore[no-any-return]

        if self._conditions:
            self._add_where_conditions_hold(host, Scope(values, everything, seen))
        if self._keyed:
            values = self._with_extra(values)
            for position, (entry, keyed_group) in enumerate(self._keyed, start=1):
                if keyed_group is None:
                    raise AnsibleParserError(
                        f"Invalid keyed group entry, it must be a dictionary: {entry} "
                    )
                # A key sees the groups of the entries before it.
                scope = Scope(values, lambda: self._with_extra(everything()), seen)
                failed = keyed_group.add(host, scope)
                if failed is not None:
                    where = f"keyed_groups[{position}]: {entry.get('key')}"
                    self.failures.add(where, host, failed)

    def _add_where_conditions_hold(self, host: str, scope: Scope) -> None:
        inventory = self._inventory
        joined: list[Any] = []
        try:
            for name, condition in self._conditions:
                safe_name = self._safe_name(name)
                try:
                    holds = condition.holds(scope)
                except Exception as error:
                    raise AnsibleParserError(
                        f"Could not add host {host} to group {safe_name}: {to_native(error)}"
                    ) from error
                if isinstance(holds, Failed):
                    self.failures.add(f"groups: {name}", host, holds)
                elif holds:
                    joined.append(safe_name)
        finally:
            # Not before, since a condition does not see the groups that those before it gave. In any case,
            # since an error leaves the host in the groups that it has by then.
            for safe_name in joined:
                group = self._group_names.get(safe_name)
                if group is None:
                    group = self._group_names[safe_name] = inventory.add_group(safe_name)
                inventory.add_child(group, host)

    def _with_extra(self, variables: dict[str, Any]) -> dict[str, Any]:
        return variables | self._extra if self._extra else variables

    def _safe_name(self, name: Any) -> Any:
        if type(name) is not str:
            return self._plugin._sanitize_group_name(name)
        safe_name = self._safe_names.get(name)
        if safe_name is None:
            safe_name = self._safe_names[name] = self._plugin._sanitize_group_name(name)
        return safe_name

    def _prepare(self, evaluation: Evaluation, host: str) -> None:
        if self._compose and isinstance(self._compose, dict):
            self._composed = [
                (name, evaluation.expression(text, self._strict))
                for name, text in self._compose.items()
            ]
        groups = self._groups if isinstance(self._groups, dict) else {}
        keyed_groups = self._keyed_groups if isinstance(self._keyed_groups, list) else []
        if not groups and not keyed_groups:
            return
        added = frozenset(self._inventory.get_host(host).get_magic_vars())
        self._conditions = [
            (name, evaluation.condition(text, self._strict, added)) for name, text in groups.items()
        ]
        for entry in keyed_groups:
            if entry and isinstance(entry, dict):
                self._keyed.append((entry, self._keyed_group(evaluation, entry, added)))
            else:
                self._keyed.append((entry, None))

    def _keyed_group(
        self, evaluation: Evaluation, entry: dict[str, Any], added: frozenset[str]
    ) -> KeyedGroup:
        dependences = (
            evaluation.templating.expression_dependence(entry.get("key")),
            evaluation.templating.parent_dependence(entry.get("parent_group")),
        )
        shared: SharedResults[Groups | Failed] = evaluation.shared(
            entry.get("key"), dependences, added
        )
        return KeyedGroup(
            entry,
            evaluation.templating,
            shared,
            self._inventory,
            self._safe_name,
            lambda: self._plugin.get_option("leading_separator"),
            self._strict,
        )

    def _apply_by_ansible(self, host: str, variables: dict[str, Any]) -> None:
        plugin = self._plugin
        strict = self._strict
        plugin._set_composite_vars(self._compose, variables, host, strict=strict)
        plugin._add_host_to_composed_groups(self._groups, variables, host, strict=strict)
        plugin._add_host_to_keyed_groups(self._keyed_groups, variables, host, strict=strict)
