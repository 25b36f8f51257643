# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`hostnames`: in order of preference, which fields or expressions name a host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleParserError
from jinja2 import Environment, TemplateError

from ..constructed.evaluation import Evaluation, SharedExpression
from ..constructed.sharing import Scope
from .records import Record

_KEYS = frozenset({"name", "prefix", "separator"})
_FIELDS = frozenset({"id", "name", "client_name"})


@dataclass(frozen=True)
class Preference:
    """One entry: an expression over a record's fields, and another one to put in front of it."""

    name: Any
    prefix: Any = None
    separator: str = "_"


def preferences(value: Any) -> tuple[Preference, ...]:
    """The option `hostnames`, checked.

    :raises AnsibleParserError: for what is no list of expressions.
    """
    if not isinstance(value, (list, tuple)) or not value:
        raise AnsibleParserError("hostnames must be a list with one entry at least")
    return tuple(_parsed(entry, position) for position, entry in enumerate(value, start=1))


def _parsed(entry: Any, position: int) -> Preference:
    if isinstance(entry, str) and entry.strip():
        _check(entry, f"hostnames[{position}]")
        return Preference(entry)
    if not isinstance(entry, Mapping):
        raise AnsibleParserError(
            f"hostnames[{position}] must be an expression, or a dictionary with the keys name, prefix "
            f"and separator; got {entry!r}"
        )
    unknown = sorted(str(key) for key in entry if key not in _KEYS)
    if unknown:
        raise AnsibleParserError(
            f"hostnames[{position}] has the unknown key {unknown[0]!r}; there are name, prefix and separator"
        )
    for key in ("name", "prefix"):
        given = entry.get(key)
        if isinstance(given, str) and given.strip():
            _check(given, f"hostnames[{position}].{key}")
        elif key == "name" or given is not None:
            raise AnsibleParserError(
                f"hostnames[{position}].{key} must be an expression; got {given!r}"
            )
    separator = entry.get("separator")
    if separator is not None and not isinstance(separator, str):
        raise AnsibleParserError(f"hostnames[{position}].separator must be text; got {separator!r}")
    return Preference(entry["name"], entry.get("prefix"), "_" if separator is None else separator)


def _check(text: str, where: str) -> None:
    """Refuse what can be no expression; whether it gives a name for a host is another question."""
    try:
        # Nothing is rendered with this environment.
        Environment().parse(f"{{{{ {text} }}}}")  # noqa: S701
    except TemplateError as error:
        raise AnsibleParserError(
            f"{where} is no expression ({error}). It stands without double braces, as in compose: {text}"
        ) from None


class Names:
    """Evaluates preferences for records.

    :param plugin: the inventory plugin, after its options were read.
    """

    def __init__(self, plugin: Any, wanted: Sequence[Preference]) -> None:
        self._plugin = plugin
        self._evaluation: Evaluation | None = None
        self._wanted = [
            (self._reader(each.name), self._reader(each.prefix), str.__str__(each.separator))
            for each in wanted
        ]

    def of(self, record: Record) -> str:
        """The first name that is not empty; empty where none is."""
        scope = Scope(record, None, {})
        for name_reader, prefix_reader, separator in self._wanted:
            name = _text(_read(name_reader, scope))
            if not name:
                continue
            prefix = _text(_read(prefix_reader, scope))
            return f"{prefix}{separator}{name}" if prefix else name
        return ""

    def _reader(self, text: Any) -> str | SharedExpression | None:
        if text is None or (isinstance(text, str) and text.strip() in _FIELDS):
            return None if text is None else str.__str__(text).strip()
        if self._evaluation is None:
            self._evaluation = Evaluation(self._plugin)
        return self._evaluation.expression(text, strict=False)


def _read(reader: str | SharedExpression | None, scope: Scope) -> Any:
    if isinstance(reader, SharedExpression):
        return reader.result(scope)
    return None if reader is None else scope.values.get(reader)


def _text(value: Any) -> str:
    """A name out of a result: text and numbers are names, nothing else is."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""
