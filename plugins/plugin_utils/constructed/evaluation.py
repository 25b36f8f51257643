# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions and conditions whose results hosts share, made from their text."""

from __future__ import annotations

from typing import Any

from .direct import NOT_DIRECT, DirectPath, reading
from .expression import Dependence
from .failures import Failed
from .marks import known_marks
from .sharing import Inputs, Scope, SharedResults
from .templating import Templating, templating
from .values import Marks, NotShareable, can_be_copied, copy_of, scalar_key


class Evaluation:
    """Makes shared expressions for one inventory plugin.

    Args:
        plugin: the inventory plugin, after `parse()` of its base class.
    """

    def __init__(self, plugin: Any) -> None:
        self._display = plugin.display
        self.templating = templating(plugin.loader)
        self.marks = known_marks(self.templating.templates_are_recursive)

    def expression(self, text: Any, strict: bool) -> SharedExpression:
        """Make an expression that sees all of its scope's `values`.

        Args:
            text: the expression, with the marks that it has as an option's value.
            strict: whether one that cannot be evaluated raises; otherwise the result is `Failed`.
        """
        dependence = self.templating.expression_dependence(text)
        shared: SharedResults[tuple[Any, bool]] = self.shared(text, (dependence,))
        return SharedExpression(
            text,
            self.templating,
            self.marks,
            shared,
            self._direct(text, dependence),
            strict,
        )

    def condition(
        self, text: Any, strict: bool, added_by_ansible: frozenset[str] = frozenset()
    ) -> SharedCondition:
        """Make a condition.

        Args:
            text: the condition, with the marks that it has as an option's value.
            strict: whether one that cannot be evaluated raises; otherwise it does not hold.
            added_by_ansible: see `Inputs`.
        """
        dependence = self.templating.condition_dependence(text)
        shared: SharedResults[bool | Failed] = self.shared(text, (dependence,), added_by_ansible)
        return SharedCondition(text, self.templating, shared, strict)

    def shared(
        self,
        text: Any,
        dependences: tuple[Dependence, ...],
        added_by_ansible: frozenset[str] = frozenset(),
    ) -> SharedResults[Any]:
        """Make room for the results of what has these dependences; `text` is for messages."""

        def report(reason: str) -> None:
            self._display.vv(f"constructed: {str(text)!r} is evaluated for each host: {reason}")

        inputs = Inputs(
            dependences, self.marks, self.templating.templates_are_recursive, added_by_ansible
        )
        if inputs.obstacle is not None:
            report(inputs.obstacle)
        return SharedResults(inputs, report)

    def _direct(self, text: Any, dependence: Dependence) -> DirectPath | None:
        if dependence.obstacle is not None or dependence.plain is None:
            return None
        how = reading(text, dependence.plain, self.marks)
        return None if how is None else DirectPath(dependence.plain, how, self._is_same)

    def _is_same(self, one: Any, other: Any) -> bool:
        try:
            return scalar_key(one, self.marks) == scalar_key(other, self.marks)
        except NotShareable:
            return False


class SharedExpression:
    """An expression; see `Evaluation.expression`."""

    def __init__(
        self,
        text: Any,
        evaluator: Templating,
        marks: Marks,
        shared: SharedResults[tuple[Any, bool]],
        direct: DirectPath | None,
        strict: bool,
    ) -> None:
        self._text = text
        self._templating = evaluator
        self._marks = marks
        self._shared = shared
        self._direct = direct
        self._strict = strict

    def result(self, scope: Scope) -> Any:
        """Return the result for one host, or `Failed`. Containers are the host's own."""
        if self._direct is not None:
            value = self._direct.read(scope)
            if value is not NOT_DIRECT:
                return value
        key, known = self._shared.find(scope)
        if known is not None:
            value, is_container = known
            return copy_of(value) if is_container else value
        try:
            value = self._templating.expression(self._text, scope.everything)
        except Exception as error:
            if self._strict:
                raise
            failed = Failed.of(error)
            self._shared.keep(key, (failed, False))
            return failed
        if self._direct is not None:
            self._direct.learn(scope, value)
        if key is not None and can_be_copied(value, self._marks):
            is_container = isinstance(value, (dict, list))
            # The host may change its own.
            self._shared.keep(key, (copy_of(value) if is_container else value, is_container))
        return value


class SharedCondition:
    """A condition; see `Evaluation.condition`."""

    def __init__(
        self, text: Any, evaluator: Templating, shared: SharedResults[bool | Failed], strict: bool
    ) -> None:
        self._text = text
        self._templating = evaluator
        self._shared = shared
        self._strict = strict

    def holds(self, scope: Scope) -> bool | Failed:
        """Tell whether the condition holds for one host, or why that cannot be told."""
        key, known = self._shared.find(scope)
        if known is not None:
            return known
        holds: bool | Failed
        try:
            holds = self._templating.condition(self._text, scope.everything)
        except Exception as error:
            if self._strict:
                raise
            holds = Failed.of(error)
        self._shared.keep(key, holds)
        return holds
