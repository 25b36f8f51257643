# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of expressions, shared by the hosts for which everything that they depend on is equal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from .expression import Dependence
from .values import Marks, NotShareable, key_at

Result = TypeVar("Result")

_MOST_RESULTS = 2048
"""Of one expression. An expression that has more, and hardly repeats one, is not worth a memory."""


class Scope:
    """The variables of one host that an expression sees.

    Args:
        values: the variables, except, possibly, those that Ansible itself adds to each host's.
        everything: gives all of them, at some cost. `None` if `values` is everything.
        seen: what is remembered of the values; scopes of the same host may have it in common.
    """

    __slots__ = ("_everything", "_read_everything", "_seen", "values")

    def __init__(
        self,
        values: Mapping[str, Any],
        everything: Callable[[], Mapping[str, Any]] | None,
        seen: dict[int, tuple[Any, Hashable]],
    ) -> None:
        self.values = values
        self._everything: Mapping[str, Any] | None = None
        self._read_everything = everything
        self._seen = seen

    @property
    def everything(self) -> Mapping[str, Any]:
        if self._read_everything is None:
            return self.values
        if self._everything is None:
            self._everything = self._read_everything()
        return self._everything

    def mark_of(self, value: Any, marks: Marks) -> Hashable:
        """Return `marks.of_variable(value)`, worked out once."""
        known = self._seen.get(id(value))
        if known is None:
            # The value is kept as well, so that its id stays its own.
            known = self._seen[id(value)] = (value, marks.of_variable(value))
        return known[1]


class Inputs:
    """Reads from a host's variables what some expressions depend on.

    Args:
        dependences: of the expressions.
        marks: of the values.
        marks_matter: whether a variable's marks have an influence whichever part of it is used.
        added_by_ansible: the names of the variables that `Scope.values` may lack.
    """

    def __init__(
        self,
        dependences: Iterable[Dependence],
        marks: Marks,
        marks_matter: bool,
        added_by_ansible: frozenset[str],
    ) -> None:
        dependences = tuple(dependences)
        self.obstacle = next((each.obstacle for each in dependences if each.obstacle), None)
        self._marks = marks
        self._paths = tuple(
            (path, each.shows_missing) for each in dependences for path in each.paths
        )
        names = frozenset(path.name for path, shows_missing in self._paths)
        self._marked_names = tuple(sorted(names)) if marks_matter else ()
        self._needs_everything = bool(names & added_by_ansible)

    def key(self, scope: Scope) -> Hashable:
        """Return what is equal for two hosts only if the expressions cannot tell them apart.

        Raises:
            NotShareable: no such thing can be told.
        """
        variables = scope.everything if self._needs_everything else scope.values
        marks = self._marks
        try:
            parts = [key_at(path, variables, marks, shows) for path, shows in self._paths]
            for name in self._marked_names:
                if name in variables:
                    parts.append(scope.mark_of(variables[name], marks))
        except RecursionError:
            raise NotShareable("it is nested too deeply") from None
        return tuple(parts)


class SharedResults(Generic[Result]):
    """The results of one expression, by what it depends on.

    Args:
        inputs: of the expression.
        report: is told why results are not shared any more.
    """

    def __init__(self, inputs: Inputs, report: Callable[[str], None]) -> None:
        self._inputs = inputs
        self._report = report
        self._results: dict[Hashable, Result] = {}
        self._repeated = 0
        self.is_open = inputs.obstacle is None

    def find(self, scope: Scope) -> tuple[Hashable | None, Result | None]:
        """Return the key under which to keep the host's result, and the result if it is known.

        The key is `None` where the host's result is its own.
        """
        if not self.is_open:
            return None, None
        try:
            key = self._inputs.key(scope)
        except NotShareable:
            return None, None
        result = self._results.get(key)
        if result is not None:
            self._repeated += 1
        return key, result

    def keep(self, key: Hashable | None, result: Result) -> None:
        """Keep a result for the hosts that give the same key."""
        if key is None:
            return
        if len(self._results) >= _MOST_RESULTS:
            worth_it = self._repeated >= len(self._results)
            self._results.clear()
            self._repeated = 0
            if not worth_it:
                self.is_open = False
                self._report("almost each host has another value")
                return
        self._results[key] = result
