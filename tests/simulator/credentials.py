# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `…/credentials` answers: the accounts of a host, in each plausible shape.

No password is stored: one follows from the fleet's seed, the host and the account, so that a fleet
of 10,000 hosts costs nothing for them and two reads agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .markers import password
from .records import Host


@dataclass(frozen=True)
class Account:
    """One account; `kind` is system, database or ftp, `owner` the system user it belongs to."""

    kind: str
    name: str
    password: str
    owner: str
    database: str | None = None
    homedir: str | None = None


def accounts_of(host: Host, seed: int) -> list[Account]:
    """The accounts of a host: a system and a database user per system user, and its FTP users."""
    try:
        document = host.document
    except ValueError:
        return []
    users = document.get("system_users") if isinstance(document, dict) else None
    accounts: list[Account] = []
    for user in users if isinstance(users, list) else []:
        if not isinstance(user, dict) or not isinstance(user.get("username"), str):
            continue
        name = user["username"]

        def secret(kind: str, account: str) -> str:
            return password(seed, host.id, kind, account)

        accounts.append(Account("system", name, secret("system", name), name))
        accounts.append(Account("database", name, secret("database", name), name, database=name))
        ftp = user.get("ftp")
        for entry in ftp if isinstance(ftp, list) else []:
            if isinstance(entry, dict) and isinstance(entry.get("user"), str):
                login = entry["user"]
                home = entry.get("homedir")
                accounts.append(Account("ftp", login, secret("ftp", login), name, homedir=home))
    return accounts


def addresses_of(host: Host) -> dict[str, str]:
    """The host's addresses, from the ranges reserved for documentation."""
    number = int(host.id)
    return {
        "ipv4": f"198.51.100.{number % 254 + 1}",
        "ipv6": f"2001:db8::{number % 65536:x}",
    }


def credentials_body(host: Host, seed: int, shape: str, with_addresses: bool) -> Any:
    """The body of the answer, before any envelope; `shape` as in `Switches.credentials`."""
    body = _SHAPES[shape](host, accounts_of(host, seed))
    if with_addresses:
        if isinstance(body, dict):
            body["ips"] = addresses_of(host)
        else:
            body.extend(
                {"type": kind, "address": address} for kind, address in addresses_of(host).items()
            )
    return body


def _details(account: Account) -> dict[str, Any]:
    details = {"database": account.database, "homedir": account.homedir}
    return {key: value for key, value in details.items() if value is not None}


def _grouped(host: Host, accounts: list[Account]) -> Any:
    body: dict[str, Any] = {}
    for kind in ("system", "database", "ftp"):
        body[f"{kind}_users"] = [
            {"username": one.name, "password": one.password, **_details(one)}
            for one in accounts
            if one.kind == kind
        ]
    return {"hostname": host.name, **body}


def _keyed(host: Host, accounts: list[Account]) -> Any:
    body: dict[str, Any] = {}
    for kind in ("system", "database", "ftp"):
        body[f"{kind}_users"] = {
            one.name: {"password": one.password, **_details(one)}
            for one in accounts
            if one.kind == kind
        }
    return body


def _flat(host: Host, accounts: list[Account]) -> Any:
    return [
        {"type": one.kind, "username": one.name, "password": one.password, **_details(one)}
        for one in accounts
    ]


def _name_password(host: Host, accounts: list[Account]) -> Any:
    body: dict[str, Any] = {}
    for kind in ("system", "database", "ftp"):
        body[kind] = {one.name: one.password for one in accounts if one.kind == kind}
    return body


def _config(host: Host, accounts: list[Account]) -> Any:
    """The configuration itself, with passwords put beside the names."""
    try:
        document = host.document
    except ValueError:
        document = None
    config: dict[str, Any] = document if isinstance(document, dict) else {}
    by_name = {(one.kind, one.name): one for one in accounts}
    users = config.get("system_users")
    for user in users if isinstance(users, list) else []:
        if not isinstance(user, dict) or not isinstance(user.get("username"), str):
            continue
        user["password"] = by_name["system", user["username"]].password
        database = by_name["database", user["username"]]
        user["databases"] = [
            {"name": database.database, "user": database.name, "password": database.password}
        ]
        ftp = user.get("ftp")
        for entry in ftp if isinstance(ftp, list) else []:
            if isinstance(entry, dict) and isinstance(entry.get("user"), str):
                entry["password"] = by_name["ftp", entry["user"]].password
    return {"config": config}


def _beside_config(host: Host, accounts: list[Account]) -> Any:
    return {"json": host.json, "credentials": _grouped(host, accounts)}


_SHAPES: dict[str, Callable[[Host, list[Account]], Any]] = {
    "grouped": _grouped,
    "keyed": _keyed,
    "flat": _flat,
    "config": _config,
    "beside-config": _beside_config,
    "name-password": _name_password,
}
