# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an inventory file to a filled inventory: options, reading, hosts, groups, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleParserError

from ...module_utils.document.masking import redact_text
from ...module_utils.text.escaping import escape, one_line
from ..constructed.engine import Constructed
from ..constructed.failures import Failures
from . import caching, rehearsal, source
from .building import Builder
from .connection import settings
from .emptiness import check_listed, check_minimum
from .host_variables import ERRORS, PARTIAL, VariableNames
from .options import Options, refuse_unknown
from .ready_groups import ReadyGroups
from .records import listed
from .rollback import all_or_nothing
from .selection import Host, Selection
from .source import Reading
from .trust import marking

_CONSTRUCTED = ("compose", "groups", "keyed_groups")
_SHOWN = 300  # characters of what Jinja says


def fill(plugin: Any, file: Mapping[str, Any], path: str, *, refresh: bool) -> None:
    """Fill the inventory of a plugin, completely or not at all.

    :param plugin: the inventory plugin, after its options were read.
    :param file: the content of the inventory file.
    :param path: the inventory file's.
    :param refresh: whether the user wants nothing that is cached.
    :raises AnsibleParserError: for options that cannot be used, and for what only Ansible refuses.
    :raises TurboStackError: where the platform cannot be read.
    """
    refuse_unknown(file, plugin._options)
    _Filling(plugin, Options.read(plugin.get_option, file)).run(file, path, refresh)


class _Filling:
    def __init__(self, plugin: Any, options: Options) -> None:
        self._plugin = plugin
        self._inventory = plugin.inventory
        self._options = options
        # Everything that may be wrong with an option is found before anything is asked for.
        self._names = VariableNames(options.hostvars_prefix)
        self._selection = Selection(plugin, options, self._names, self._warn)
        self._ready_groups = ReadyGroups(options.group_by)
        self._builder = Builder(self._inventory, self._ready_groups)

    def run(self, file: Mapping[str, Any], path: str, refresh: bool) -> None:
        plugin, options = self._plugin, self._options
        connection = settings(file, plugin.templar, plugin._vars, path)

        def read() -> Reading:
            return source.read(connection, options, self._show)

        if plugin.get_option("cache"):
            cache = caching.cache_of(plugin, connection, options, self._warn)
            reading = cache.records(read, refresh=refresh)
        else:
            reading = read()
        check_listed(reading.listed, options, self._warn)
        for record in reading.records:
            record["platform"] = connection.platform
        with all_or_nothing(self._inventory):
            self._fill(reading)

    def _fill(self, reading: Reading) -> None:
        if (mark := marking()) is not None:
            mark(reading.records)
            mark(reading.errors)
        hosts = self._hosts(reading)
        check_minimum(len(hosts), reading.listed, self._options)
        self._builder.add(hosts)
        self._tell(reading)
        if any(self._plugin.get_option(name) for name in _CONSTRUCTED):
            constructed = Constructed(self._plugin)
            for host in hosts:
                constructed.apply(host.name, host.seen_variables)
            if self._options.expression_warnings:
                self._tell_of_expressions(constructed.failures, len(hosts))
        self._refuse_shared_names(hosts)

    def _hosts(self, reading: Reading) -> list[Host]:
        chosen = self._selection.chosen(reading.records)
        of_hosts = self._ready_groups.of_all(each.record for each in chosen)
        taken = {*self._inventory.groups, *of_hosts}
        if rehearsal.is_needed(self._plugin, chosen):
            tentative = self._selection.hosts(chosen, taken, tell=False)
            taken |= rehearsal.group_names(self._plugin, self._builder, tentative)
        return self._selection.hosts(chosen, taken)

    def _refuse_shared_names(self, hosts: Sequence[Host]) -> None:
        both = sorted(self._inventory.groups.keys() & {host.name for host in hosts})
        if both:
            raise AnsibleParserError(
                f"groups have the names of hosts: {listed(both)}. Give keyed_groups a prefix, or the hosts "
                "other names with hostnames"
            )

    def _tell(self, reading: Reading) -> None:
        if reading.unreadable:
            shown = listed(
                f"{host}: it is {why}" for host, why in sorted(reading.unreadable.items())
            )
            self._warn(f"The configuration of these hosts cannot be read, and is null: {shown}.")
        if self._options.on_error == "warn_partial":
            of_field = self._names.of_field
            self._inventory.set_variable("all", of_field[PARTIAL], bool(reading.errors))
            self._inventory.set_variable("all", of_field[ERRORS], reading.errors)
            if reading.errors:
                self._warn(f"The inventory is PARTIAL. {' '.join(reading.errors)}")

    def _tell_of_expressions(self, failures: Failures, count: int) -> None:
        for where, failure in failures.by_expression.items():
            what = one_line(redact_text(failure.why), _SHOWN)
            self._warn(
                f"{where} cannot be evaluated for {failure.hosts} of {count} hosts, such as {failure.example}: "
                f"{what} (strict: true makes that an error, expression_warnings: false keeps it quiet.)"
            )

    def _show(self, message: str) -> None:
        # Standard output is for the inventory itself: ansible-inventory prints it there.
        self._plugin.display.display(message, stderr=True)

    def _warn(self, message: str) -> None:
        self._plugin.display.warning(escape(message))
