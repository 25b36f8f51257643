# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_credentials_info."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from ..answers.account_words import DATABASE, FTP, OTHER, SYSTEM
from ..answers.accounts import Account, Credentials, find_credentials
from ..client.api import Api
from ..document.depth import check_depth
from ..document.masking import MASK
from ..resources import credentials
from .credentials_masking import masked_body
from .many_hosts import Host, Question, ask
from .operation import Operation, Result, TaskContext
from .options import options
from .reading import ON_ERROR
from .selection import HOST_SELECTION, NAMED_HOSTS_RULES, HostSelection

# The kinds of accounts under the names that the platform's own page gives them.
_LISTS = {SYSTEM: "users", DATABASE: "databases", FTP: "ftp", OTHER: "others"}


OPTIONS: dict[str, dict[str, Any]] = {
    **HOST_SELECTION,
    **ON_ERROR,
    "include_secrets": {"type": "bool", "default": False, "no_log": False},
}


@dataclass(frozen=True)
class CredentialsInfo:
    """Whose credentials are to be shown, and whether with their passwords."""

    selection: HostSelection = field(metadata=options(HostSelection))
    on_error: str
    include_secrets: bool


def run(wanted: CredentialsInfo, api: Api, context: TaskContext) -> Result:
    """C(credentials): the accounts and addresses of each selected host, and the body in which they stood."""

    def read(api: Api, host: Host) -> Result:
        body = credentials.read(api, host.id)
        check_depth(body, f"The answer to GET /api/v1/hosts/{host.id}/credentials")
        found = find_credentials(body)
        if wanted.include_secrets:
            return {**_structured(found, lambda account: account.password), "raw": body}
        return {
            **_structured(found, lambda account: MASK if account.password else None),
            "raw": masked_body(body, found.secrets),
        }

    nothing: Result = {**{name: [] for name in (*_LISTS.values(), "addresses")}, "raw": None}
    question = Question("credentials", read, nothing, _without_passwords)
    return ask(question, wanted.selection, wanted.on_error, api, context)


def _structured(found: Credentials, password: Callable[[Account], str | None]) -> Result:
    lists: Result = {name: [] for name in _LISTS.values()}
    for account in found.accounts:
        entry = asdict(account)
        del entry["kind"]
        lists[_LISTS[account.kind]].append({**entry, "password": password(account)})
    return {**lists, "addresses": list(found.addresses)}


def _without_passwords(entry: Result) -> Result:
    """An entry of a task that failed, whose result is shown: nobody can use the passwords in it anyway."""
    accounts = {
        name: [
            {**account, "password": MASK if account["password"] else None}
            for account in entry[name]
        ]
        for name in _LISTS.values()
    }
    return {
        **entry,
        **accounts,
        "raw": masked_body(entry["raw"], find_credentials(entry["raw"]).secrets),
    }


OPERATION = Operation(
    name="turbostack_credentials_info",
    options=OPTIONS,
    takes=CredentialsInfo,
    run=run,
    rules=NAMED_HOSTS_RULES,
    means_current_host=True,
)
