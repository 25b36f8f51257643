# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ordered conditions that decide which hosts an inventory has (`filters`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.common.text.converters import to_native

from .evaluation import Evaluation, SharedCondition
from .sharing import Scope

_ACTIONS = {"include": True, "exclude": False}


class Conditions:
    """A list such as `[{include: expression}, {exclude: expression}]`; the first that applies decides.

    Args:
        plugin: the inventory plugin, after its options were read.
        filters: the list. A host to which no condition applies is accepted. A boolean in place of an
            expression applies to every host or to none.

    Raises:
        AnsibleParserError: the list has another form.
    """

    def __init__(self, plugin: Any, filters: Sequence[Mapping[str, Any]] | None) -> None:
        evaluation = Evaluation(plugin)
        self._rules: list[tuple[bool, Any, SharedCondition | bool]] = []
        for position, rule in enumerate(filters or (), start=1):
            accept, text = _parsed(rule, position)
            condition = text if isinstance(text, bool) else evaluation.condition(text, strict=True)
            self._rules.append((accept, text, condition))

    def accepts(self, host: str, variables: dict[str, Any]) -> bool:
        """Tell whether a host belongs to the inventory.

        Args:
            host: its name, for messages.
            variables: what the conditions see, and nothing else.

        Raises:
            AnsibleParserError: a condition cannot be evaluated. A host is not left out for that in silence,
                whatever `strict` says.
        """
        scope = Scope(variables, None, {})
        for accept, text, condition in self._rules:
            try:
                applies = condition if isinstance(condition, bool) else condition.holds(scope)
            except Exception as error:
                raise AnsibleParserError(
                    f"Could not evaluate the filter condition {text!r} for host {host}: {to_native(error)}"
                ) from error
            if applies:
                return accept
        return True


def _parsed(rule: Any, position: int) -> tuple[bool, Any]:
    if not isinstance(rule, Mapping) or len(rule) != 1:
        raise AnsibleParserError(
            f"filters[{position}] must be a dictionary with one key, include or exclude; got {rule!r}"
        )
    ((action, text),) = rule.items()
    if action not in _ACTIONS:
        raise AnsibleParserError(f"filters[{position}] must be include or exclude; got {action!r}")
    if not isinstance(text, (str, bool)):
        raise AnsibleParserError(
            f"filters[{position}]: {action} must be an expression or a boolean; got {text!r}"
        )
    return _ACTIONS[action], text
