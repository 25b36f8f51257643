# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which records become hosts, and what each is called."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils.text.escaping import one_line
from ..constructed.conditions import Conditions
from .addresses import address
from .duplicates import distinct
from .host_variables import VariableNames
from .options import Options
from .preferences import Names
from .records import Record, listed
from .safe_names import safe_name

_SHOWN = 60  # characters of a name in a warning


@dataclass(frozen=True)
class Choice:
    """A record that becomes a host.

    :ivar wanted_name: what C(hostnames) calls it; empty where nothing does.
    """

    record: Record
    variables: dict[str, Any]
    wanted_name: str

    @property
    def number(self) -> int:
        """The host's id."""
        return int(self.record["id"])


@dataclass(frozen=True)
class Host:
    """A host to be.

    :ivar name: the one that Ansible gets.
    :ivar variables: all that are set on it.
    """

    name: str
    record: Record
    variables: dict[str, Any]

    @property
    def seen_variables(self) -> dict[str, Any]:
        """What expressions see of it."""
        return {**self.variables, "inventory_hostname": self.name}


class Selection:
    """Chooses and names hosts.

    :param plugin: the inventory plugin, after its options were read.
    :param warn: shows a warning.
    """

    def __init__(
        self,
        plugin: Any,
        options: Options,
        variable_names: VariableNames,
        warn: Callable[[str], None],
    ) -> None:
        self._conditions = Conditions(plugin, options.filters) if options.filters else None
        self._names = Names(plugin, options.hostnames)
        self._on_duplicate = options.on_duplicate
        self._variables = variable_names.variables
        self._warn = warn

    def chosen(self, records: Iterable[Record]) -> list[Choice]:
        """The records that the filters let pass.

        :raises AnsibleParserError: for a filter that cannot be evaluated.
        """
        chosen = []
        for record in records:
            variables = self._variables(record)
            if self._conditions is None or self._conditions.accepts(
                f"id {record['id']}", variables
            ):
                chosen.append(Choice(record, variables, self._names.of(record)))
        return chosen

    def hosts(
        self, chosen: Sequence[Choice], group_names: Container[str], *, tell: bool = True
    ) -> list[Host]:
        """The hosts under their final names, in the order in which they were chosen.

        :param group_names: what no host may be called.
        :param tell: whether to warn of names that were changed.
        :raises AnsibleParserError: for equal names, where they are to be an error.
        """
        safe = [safe_name(each.wanted_name, each.number, group_names) for each in chosen]
        final = distinct(
            [(name, each.number) for name, each in zip(safe, chosen)],  # noqa: B905 (equally long)
            self._on_duplicate,
        )
        if tell:
            self._tell_of_safe_names(chosen, safe)
            self._tell_of_duplicates(chosen, safe, final)
        return [
            Host(name, each.record, _with_address(each))
            for name, each in zip(final, chosen)  # noqa: B905 (equally long)
            if name is not None
        ]

    def _tell_of_safe_names(self, chosen: Sequence[Choice], safe: Sequence[str]) -> None:
        changed = [
            f"{one_line(each.wanted_name, _SHOWN)!r} (id {each.number}) is {one_line(name, _SHOWN)}"
            for each, name in zip(chosen, safe)  # noqa: B905 (equally long)
            if each.wanted_name != name
        ]
        if changed:
            self._warn(
                "Ansible would not take the names of these hosts literally, so they are called something "
                f"else: {listed(changed)}."
            )

    def _tell_of_duplicates(
        self, chosen: Sequence[Choice], safe: Sequence[str], final: Sequence[str | None]
    ) -> None:
        told = [
            f"{before} (id {each.number}) is {after or 'left out'}"
            for each, before, after in zip(chosen, safe, final)  # noqa: B905 (equally long)
            if before != after
        ]
        if told:
            self._warn(
                f"Several hosts have the same name, and on_duplicate is {self._on_duplicate}: {listed(told)}."
            )


def _with_address(choice: Choice) -> dict[str, Any]:
    name = choice.record["name"]
    # Marked text gives marked results; an address is nothing but an address.
    reached_at = address(str.__str__(name)) if isinstance(name, str) else None
    return (
        choice.variables if reached_at is None else {**choice.variables, "ansible_host": reached_at}
    )
