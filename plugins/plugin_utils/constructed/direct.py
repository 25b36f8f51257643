# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions that are a plain path (`turbostack_name`, `turbostack_config.php_main_version`), without Jinja.

What Ansible makes of a path's value is known for a few types. The first value of each type is evaluated both
ways, and only where both agree are the following ones read directly: an ansible-core that does something else
is noticed.
"""

from __future__ import annotations

# Subclasses are other kinds of values here, so that isinstance() would be wrong.
# pylint: disable=unidiomatic-typecheck
from collections.abc import Callable
from typing import Any, Protocol

from ansible import constants as C  # noqa: N812  # Ansible's own name for it

from .expression import Path
from .marks import TagMarks, UnsafeMarks
from .sharing import Scope
from .values import Marks, NotShareable, may_be_template

NOT_DIRECT: Any = object()
"""Stands for a value that has to be evaluated."""


class Reading(Protocol):
    """What an ansible-core makes of a path's value."""

    types: tuple[type, ...]

    def result(self, value: Any, scope: Scope, name: str) -> Any:
        """Return the expression's result, or `NOT_DIRECT`."""


def reading(text: Any, path: Path, marks: Marks) -> Reading | None:
    """Return how a plain path can be read directly, if it can."""
    if isinstance(marks, UnsafeMarks):
        if getattr(C, "DEFAULT_JINJA2_NATIVE", False):
            return None
        return TextReading(marks, is_word=str(text).strip() == path.name)
    if isinstance(marks, TagMarks):
        return NativeReading(marks.origin_giver(text))
    return None


class TextReading:
    """ansible-core up to 2.18: results are text that may be read as Python."""

    def __init__(self, marks: UnsafeMarks, is_word: bool) -> None:
        self._marks = marks
        # A number that is a variable is left as it is; one inside of a variable becomes text.
        numbers: tuple[type, ...] = (int, bool, float) if is_word else ()
        self.types = (str, marks.unsafe, *numbers)

    def result(self, value: Any, scope: Scope, name: str) -> Any:
        if not isinstance(value, str):
            return value
        if value.startswith(("{", "[")) or value in ("True", "False"):
            return NOT_DIRECT
        try:
            unsafe = scope.mark_of(scope.values[name], self._marks)
        except (NotShareable, RecursionError):
            return NOT_DIRECT
        return self._marks.unsafe(value) if unsafe and type(value) is str else value


class NativeReading:
    """ansible-core 2.19 and later: the result is the value, with the origin of the expression."""

    types: tuple[type, ...] = (str, int, float, bool, type(None))

    def __init__(self, with_origin: Callable[[Any], Any] | None) -> None:
        self._with_origin = with_origin

    def result(self, value: Any, scope: Scope, name: str) -> Any:
        if type(value) is str and may_be_template(value):
            return NOT_DIRECT
        return value if self._with_origin is None else self._with_origin(value)


class DirectPath:
    """A path that is read directly once that is known to give Ansible's result.

    Args:
        path: it must not be a variable that `Scope.values` may lack.
        reading: from the function of that name.
        same: tells whether two results are equal in value, type and marks.
    """

    def __init__(self, path: Path, reading: Reading, same: Callable[[Any, Any], bool]) -> None:
        self._path = path
        self._reading = reading
        self._same = same
        self._untried = set(reading.types)
        self._proven: set[type] = set()

    def read(self, scope: Scope) -> Any:
        """Return the expression's result, or `NOT_DIRECT`."""
        value = self._value(scope)
        if type(value) not in self._proven:
            return NOT_DIRECT
        return self._reading.result(value, scope, self._path.name)

    def learn(self, scope: Scope, evaluated: Any) -> None:
        """Compare with a result of Ansible's."""
        if not self._untried:
            return
        value = self._value(scope)
        kind = type(value)
        if kind in self._untried:
            result = self._reading.result(value, scope, self._path.name)
            if result is not NOT_DIRECT:
                self._untried.discard(kind)
                if self._same(result, evaluated):
                    self._proven.add(kind)

    def _value(self, scope: Scope) -> Any:
        path = self._path
        value = scope.values.get(path.name, NOT_DIRECT)
        for step in path.steps:
            if type(value) is dict:
                value = value.get(step, NOT_DIRECT)
            elif type(value) is list and type(step) is int and step < len(value):
                value = value[step]
            else:
                return NOT_DIRECT
        return value
