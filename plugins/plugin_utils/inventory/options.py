# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of an inventory file, checked: what is asked for, in the kinds that the rest relies on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.parsing.convert_bool import boolean

from ...module_utils.client.envelope import whole_number
from ..desired_config.schema_option import schema_of
from ..plain import plain
from .preferences import Preference, preferences
from .ready_groups import KINDS


@dataclass(frozen=True)
class Options:
    """What an inventory file says, apart from the connection and what Ansible's own features read.

    :ivar clients: ids of clients, sorted; None for all that the token may see.
    :ivar filters: as they stand in the file; `constructed.conditions` checks them.
    """

    clients: tuple[int, ...] | None
    active_only: bool
    filters: Any
    include_config: bool
    include_monitoring: bool
    include_clients: bool
    include_sync_status: bool
    hostnames: tuple[Preference, ...]
    hostvars_prefix: str
    on_duplicate: str
    group_by: tuple[str, ...]
    secrets: str
    schema: Mapping[str, Any]
    on_error: str
    on_empty: str
    minimum_hosts: int
    expression_warnings: bool
    workers: int
    page_size: int
    cache_stale_on_error: bool

    @classmethod
    def read(cls, get_option: Callable[[str], Any], file: Mapping[str, Any]) -> Options:
        """
        :param file: the content of the inventory file.
        :raises AnsibleParserError: for a value of another kind than the documentation says.
        """

        def switch(name: str) -> bool:
            value = plain(file[name]) if file.get(name) is not None else get_option(name)
            try:
                # Ansible itself reads everything that it does not know as false.
                return bool(boolean(value))
            except TypeError:
                raise AnsibleParserError(f"{name} must be true or false, not {value!r}") from None

        kinds = _kinds(get_option("group_by"))
        if "sync_status" in kinds and not switch("include_sync_status"):
            raise AnsibleParserError("group_by: sync_status needs include_sync_status: true")
        return cls(
            clients=_clients(get_option("clients")),
            active_only=switch("active_only"),
            filters=get_option("filters"),
            include_config=switch("include_config"),
            include_monitoring=switch("include_monitoring"),
            include_clients=switch("include_clients"),
            include_sync_status=switch("include_sync_status"),
            hostnames=preferences(get_option("hostnames")),
            hostvars_prefix=str.__str__(get_option("hostvars_prefix") or ""),
            on_duplicate=str.__str__(get_option("on_duplicate")),
            group_by=kinds,
            secrets=str.__str__(get_option("secrets")),
            schema=schema_of(get_option("schema")),
            on_error=str.__str__(get_option("on_error")),
            on_empty=str.__str__(get_option("on_empty")),
            expression_warnings=switch("expression_warnings"),
            minimum_hosts=_number("minimum_hosts", get_option("minimum_hosts"), 0, 1_000_000),
            workers=_number("workers", get_option("workers"), 1, 32),
            page_size=_number("page_size", get_option("page_size"), 1, 10_000),
            cache_stale_on_error=switch("cache_stale_on_error"),
        )


def refuse_unknown(file: Mapping[str, Any], known: Iterable[str]) -> None:
    """
    :raises AnsibleParserError: for a key of the file that is no option, with what it may be meant to be.
    """
    names = {*known, "plugin"}
    for key in file:
        if key in names:
            continue
        near = difflib.get_close_matches(str(key), sorted(names), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AnsibleParserError(f"unknown option {str(key)!r}{meant}")


def _clients(value: Any) -> tuple[int, ...] | None:
    if value is None:
        return None
    wanted = value if isinstance(value, (list, tuple)) else [value]
    numbers = []
    for each in wanted:
        number = whole_number(plain(each))
        if number is None or number < 1:
            raise AnsibleParserError(
                f"clients must be a list of ids, which are whole numbers; got {each!r}"
            )
        numbers.append(number)
    if not numbers:
        raise AnsibleParserError(
            "clients is an empty list. Leave it out for the hosts of all clients"
        )
    return tuple(sorted(set(numbers)))


def _kinds(value: Any) -> tuple[str, ...]:
    kinds = []
    for each in value or ():
        if each not in KINDS:
            raise AnsibleParserError(
                f"group_by must be a list out of {', '.join(KINDS)}; got {each!r}"
            )
        kinds.append(str.__str__(each))
    return tuple(dict.fromkeys(kinds))


def _number(name: str, value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise AnsibleParserError(
            f"{name} must be a whole number from {least} to {most}, not {value!r}"
        )
    return int(value)
