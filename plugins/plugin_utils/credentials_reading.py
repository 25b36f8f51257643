# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials for the lookup: each host's read once in a run, and one value chosen out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..module_utils.answers.accounts import Account, Credentials, find_credentials
from ..module_utils.client.api import Api
from ..module_utils.client.errors import TargetError
from ..module_utils.resources import credentials
from ..module_utils.resources.configured import HOSTS
from ..module_utils.resources.targets import Candidate, candidates, named
from ..module_utils.text import json_text
from ..module_utils.text.escaping import escape
from .run_memory import MEMORY, RunMemory

FIELDS = ("password", "user", "database", "home", "host", "port")

_CANDIDATES = 10


class CredentialsReader:
    """Reads through one connection, and from the run's memory what it already holds."""

    def __init__(self, api: Api, memory: RunMemory = MEMORY) -> None:
        self._api = api
        self._memory = memory

    def of(self, host_id: int) -> Credentials:
        """The credentials of a host by its id.

        :raises TurboStackError: where they cannot be had; nothing is remembered of that.
        """
        return find_credentials(
            self._once(f"credentials {host_id}", lambda: credentials.read(self._api, host_id))
        )

    def id_of(self, name: str) -> int:
        """The id of the one host that bears the name in the platform.

        :raises TargetError: where none or several do.
        """
        every: list[tuple[int, str, int | None]] = self._once("hosts", self._hosts)
        return named(HOSTS, name, [Candidate(*each) for each in every])

    def _hosts(self) -> list[tuple[int, str, int | None]]:
        return [(one.id, one.name, one.client_id) for one in candidates(self._api, HOSTS)]

    def _once(self, what: str, read: Any) -> Any:
        settings = self._api.settings
        key = f"{settings.url}\0{settings.token}\0{what}"
        return json_text.decode(self._memory.once(key, lambda: _encoded(read())))


def chosen(found: Credentials, whose: str, options: Mapping[str, Any]) -> str | int:
    """The one value of the field that the accounts of this user and kind have.

    :param whose: the host, for messages.
    :raises TargetError: where no account fits, several differ, or the platform does not say the value.
    """
    user, kind, field = options["user"], options["kind"], options["field"]
    accounts = [
        account
        for account in found.accounts
        if user in (None, account.user) and kind in (None, account.kind)
    ]
    if not accounts:
        wanted = " ".join(
            part
            for part in (kind or "", "account", f"of user {escape(user)}" if user else "")
            if part
        )
        there = _accounts(found.accounts) or "no account that could be told"
        raise TargetError(f"The credentials of {whose} hold no {wanted}. They hold: {there}.")
    values: list[str | int] = []
    for account in accounts:
        value = getattr(account, field)
        if value is not None and value not in values:
            values.append(value)
    if not values:
        raise TargetError(
            f"The credentials of {whose} do not say the {field} of {_accounts(accounts)}."
        )
    if len(values) > 1:
        raise TargetError(
            f"The credentials of {whose} hold several that fit: {_accounts(accounts)}.",
            "Say which one is meant with user and kind.",
        )
    return values[0]


def _encoded(value: Any) -> bytes:
    return json_text.encode(value).encode("ascii")


def _accounts(accounts: Iterable[Account]) -> str:
    return _listed(
        f"{account.kind} {escape(account.user or '(no user)')}"
        + (f" (database {escape(account.database)})" if account.database else "")
        for account in accounts
    )


def _listed(texts: Iterable[str]) -> str:
    every = list(texts)
    shown = ", ".join(every[:_CANDIDATES])
    return shown if len(every) <= _CANDIDATES else f"{shown} and {len(every) - _CANDIDATES} more"
