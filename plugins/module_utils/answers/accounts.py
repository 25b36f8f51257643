# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts and addresses in a host's credentials, wherever they stand.

The API's reference does not say what the body looks like. Known are: lists by kind
(C({"ftp_users": [{"username", "password"}]})), maps by name, with the password in an object or as the value
itself, one list whose entries name their kind, fields with a prefix (C(db_user), C(db_password)), passwords
beside the names of a configuration, C(user:password) texts, pairs, URLs with a password, JSON within a text,
and any of these nested in one another. What is none of them is passed over, never refused.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from .account_words import (
    DATABASE,
    OTHER,
    SYSTEM,
    Role,
    is_address_key,
    is_neutral,
    is_of_users,
    is_plain_users,
    kind_of,
    kind_of_words,
    role_of,
)
from .vocabulary import opened

# Deeper than any shape that means something.
_DEPTH = 40
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/?#@]*:[^\s/?#@]+@\S+", re.IGNORECASE)
_LOGIN = re.compile(r"[A-Za-z_][\w.-]{0,63}:\S+\Z")


@dataclass(frozen=True)
class Account:
    """One account; what the body does not say is None.

    :ivar kind: C(system), C(database), C(ftp), or C(other) for one of another service or of none that is told.
    """

    kind: str
    user: str | None = None
    password: str | None = None
    database: str | None = None
    home: str | None = None
    host: str | None = None
    port: int | None = None


@dataclass(frozen=True)
class Credentials:
    """What was found, in the order of the body.

    :ivar addresses: IP addresses as the body writes them, each once.
    :ivar secrets: the texts of the passwords, for masking.
    """

    accounts: tuple[Account, ...]
    addresses: tuple[str, ...]
    secrets: frozenset[str]


def find_credentials(body: Any) -> Credentials:
    """The accounts and addresses in a body; none of them for a shape in which there are none to be seen."""
    finder = _Finder()
    finder.walk(body, _Place(), 0)
    return Credentials(
        accounts=tuple(_merged(finder.accounts)),
        addresses=tuple(dict.fromkeys(finder.addresses)),
        secrets=frozenset(finder.secrets),
    )


@dataclass(frozen=True)
class _Place:
    """Where in the body a value stands.

    :ivar kind: what kind of accounts are spoken of here.
    :ivar direct: whether the value is what a key of a kind holds, or an entry of that.
    :ivar users: whether that key speaks of users, so that names below it are theirs.
    :ivar owner: the user within whose part of the body it lies.
    :ivar address: whether addresses of the host are spoken of.
    """

    kind: str | None = None
    direct: bool = False
    users: bool = False
    owner: str | None = None
    address: bool = False


class _Finder:
    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.addresses: list[str] = []
        self.secrets: set[str] = set()

    def walk(self, value: Any, place: _Place, depth: int) -> None:
        if depth > _DEPTH:
            return
        if isinstance(value, dict):
            self._map(value, place, depth)
        elif isinstance(value, list):
            self._list(value, place, depth)
        elif isinstance(value, str):
            self._text(value, place, depth)

    def _map(self, value: dict[str, Any], place: _Place, depth: int) -> None:
        kind = _declared_kind(value) or place.kind
        fields = _Fields.of(value)
        user = fields.text(Role.USER) or fields.text(Role.NAME, strict=True) or place.owner
        found = self._with_passwords(fields, kind, place)
        if not found and not self._without_password(fields, kind, place):
            if place.direct and self._names_with_passwords(value, kind):
                return
            # A name alone may be that of a group of accounts.
            user = fields.text(Role.USER) or place.owner
        entry = found or fields.text(Role.USER) is not None
        for key, child in value.items():
            below = _below(key, child, replace(place, kind=kind, owner=user), is_entry=entry)
            role = role_of(key)
            if role and role[0] is Role.PASSWORD:
                self._passwords(child, below, depth + 1)
            else:
                # A field that is known (db_host: "localhost:3306") is no account by itself.
                named = role is not None and isinstance(child, str)
                self.walk(child, replace(below, direct=False) if named else below, depth + 1)

    def _with_passwords(self, fields: _Fields, kind: str | None, place: _Place) -> bool:
        """An account for each password of an object: C(password) is its own, C(db_password) another's."""
        prefixes = fields.prefixes(Role.PASSWORD)
        for prefix in prefixes:
            own = kind_of_words(prefix) or kind or OTHER
            name = fields.text(Role.NAME, prefix, strict=True)
            user = fields.text(Role.USER, prefix) or fields.text(Role.USER, strict=True)
            database = fields.text(Role.DATABASE, prefix)
            if own == DATABASE and not database:
                # C(db_name) is the database's name, whatever the prefix of the password beside it.
                database = fields.text(Role.DATABASE, strict=True)
                if not database and not (place.users and not user):
                    database = name
            self._add(
                Account(
                    kind=own,
                    user=user or name or place.owner,
                    password=fields.text(Role.PASSWORD, prefix),
                    database=database,
                    home=fields.text(Role.HOME, prefix),
                    host=fields.text(Role.HOST, prefix),
                    port=fields.port(prefix),
                )
            )
        return bool(prefixes)

    def _without_password(self, fields: _Fields, kind: str | None, place: _Place) -> bool:
        """An account that is only named: a place of its kind must say that it is one."""
        if kind is None or not place.direct:
            return False
        name = fields.text(Role.NAME, strict=True)
        user, database = fields.text(Role.USER), fields.text(Role.DATABASE)
        if kind == DATABASE and not place.users:
            database = database or name
        else:
            user = user or name
        if user is None and database is None:
            return False
        self._add(
            Account(
                kind,
                user=user,
                database=database,
                home=fields.text(Role.HOME),
                host=fields.text(Role.HOST),
                port=fields.port(()),
            )
        )
        return True

    def _names_with_passwords(self, value: dict[str, Any], kind: str | None) -> bool:
        """C({"prod": "…"}) below a key of a kind: names with their passwords."""
        names = [key for key, child in value.items() if isinstance(child, str) and not role_of(key)]
        if not names or kind is None or not all(_is_scalar(child) for child in value.values()):
            return False
        # What stands beside them under a known word may be somebody's of that name: masked, but no account.
        self.secrets.update(child for child in value.values() if isinstance(child, str) and child)
        if kind != OTHER:
            for name in names:
                self._add(Account(kind, user=name, password=value[name] or None))
        return True

    def _passwords(self, value: Any, place: _Place, depth: int) -> None:
        """What stands below a key such as C(passwords): by the user's name, by the kind, or bare."""
        if isinstance(value, list):
            for item in value:
                if _is_secret_scalar(item):
                    self._add(Account(place.kind or OTHER, place.owner, str(item)))
                else:
                    self.walk(item, place, depth)
        elif isinstance(value, dict):
            for key, child in value.items():
                if _is_secret_scalar(child):
                    kind = kind_of(key)
                    user = place.owner if kind else key
                    self._add(Account(kind or place.kind or OTHER, user, str(child)))
                else:
                    self.walk(child, _below(key, child, place, is_entry=False), depth)

    def _list(self, value: list[Any], place: _Place, depth: int) -> None:
        for item in value:
            if place.direct and place.kind and _is_pair(item):
                self._add(Account(place.kind, user=item[0], password=item[1] or None))
            else:
                self.walk(item, place, depth + 1)

    def _text(self, value: str, place: _Place, depth: int) -> None:
        text = value.strip()
        if text[:1] in ("{", "["):
            self.walk(opened(text), place, depth + 1)
        elif _URL.match(text):
            self._url(text, place)
        elif place.address:
            self.addresses.extend(_addresses_in(text))
        elif place.direct and place.kind and _LOGIN.match(text):
            user, _colon, password = text.partition(":")
            self._add(Account(place.kind, user=user, password=password))

    def _url(self, text: str, place: _Place) -> None:
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError:
            return
        kind = kind_of(parts.scheme) or place.kind or OTHER
        path = unquote(parts.path.strip("/")) or None
        password = unquote(parts.password or "")
        self.secrets.add(parts.password or "")
        self._add(
            Account(
                kind,
                user=unquote(parts.username or "") or place.owner,
                password=password or None,
                database=path if kind == DATABASE else None,
                home=f"/{path}" if path and kind != DATABASE else None,
                host=host,
                port=port,
            )
        )

    def _add(self, account: Account) -> None:
        self.accounts.append(account)
        if account.password:
            self.secrets.add(account.password)


@dataclass(frozen=True)
class _Fields:
    """The scalars of an object by what they are and whose."""

    values: dict[tuple[Role, tuple[str, ...]], Any]

    @classmethod
    def of(cls, value: dict[str, Any]) -> _Fields:
        values: dict[tuple[Role, tuple[str, ...]], Any] = {}
        for key, child in value.items():
            role = role_of(key)
            if role and _is_secret_scalar(child):
                values.setdefault(role, child)
        return cls(values)

    def prefixes(self, role: Role) -> list[tuple[str, ...]]:
        return [prefix for known, prefix in self.values if known is role]

    def text(self, role: Role, prefix: tuple[str, ...] = (), *, strict: bool = False) -> str | None:
        """The value of a role with this prefix; where none has it, of the only other one of the role."""
        value = self.values.get((role, prefix))
        if value is None and not strict:
            others = [text for (known, _prefix), text in self.values.items() if known is role]
            if not prefix and len(others) == 1 and len(self.prefixes(Role.PASSWORD)) <= 1:
                value = others[0]
        return None if value is None or isinstance(value, bool) else str(value)

    def port(self, prefix: tuple[str, ...]) -> int | None:
        text = self.text(Role.PORT, prefix)
        return int(text) if text is not None and text.isascii() and text.isdecimal() else None


def _below(key: str, child: Any, place: _Place, *, is_entry: bool) -> _Place:
    """The place that a key leads to, from an object that is an account itself or only holds some."""
    if is_address_key(key):
        return _Place(owner=place.owner, address=True)
    if place.direct and not is_entry and _is_name(key, child, place):
        return replace(place, owner=key)
    kind = kind_of(key)
    if kind is not None:
        return _Place(kind, True, is_of_users(key), place.owner, place.address)
    if is_neutral(key):
        if is_plain_users(key) and place.kind is None:
            return _Place(SYSTEM, True, True, place.owner)
        users = place.users or is_of_users(key)
        return replace(place, direct=place.kind is not None and not is_entry, users=users)
    if isinstance(child, dict) and not is_entry:
        # Entries by their names: {"prod": {"ssh_password": …}}.
        return replace(place, owner=key)
    return _Place(owner=place.owner, address=place.address)


def _is_name(key: str, child: Any, place: _Place) -> bool:
    """Whether a key below one of a kind is somebody's name, even if it has a word of a kind in it (C(admin))."""
    if not isinstance(child, dict):
        return False
    if place.users:
        return not is_neutral(key)
    fields = _Fields.of(child)
    bare = (Role.PASSWORD, ()) in fields.values and not fields.text(Role.USER, strict=True)
    return bare and not is_neutral(key) and kind_of(key) in (None, OTHER, place.kind)


def _declared_kind(value: dict[str, Any]) -> str | None:
    """The kind that an entry says itself to be of (C({"type": "mysql"}))."""
    for key, child in value.items():
        role = role_of(key)
        if role and role[0] is Role.KIND and isinstance(child, str) and kind_of(child):
            return kind_of(child)
    return None


def _merged(accounts: Iterable[Account]) -> list[Account]:
    """Mentions of one account that do not contradict each other are one: its name here, its password there."""
    merged: list[Account] = []
    for account in accounts:
        for index, known in enumerate(merged):
            both = _joined(known, account)
            if both is not None:
                merged[index] = both
                break
        else:
            merged.append(account)
    return merged


def _joined(one: Account, other: Account) -> Account | None:
    if one.kind != other.kind or one.user != other.user or one.user is None:
        return None
    values: dict[str, Any] = {}
    for field in ("password", "database", "home", "host", "port"):
        left, right = getattr(one, field), getattr(other, field)
        if left is not None and right is not None and left != right:
            return None
        values[field] = left if left is not None else right
    return replace(one, **values)


def _addresses_in(text: str) -> list[str]:
    found = []
    for word in re.split(r"[\s,;]+", text):
        try:
            ipaddress.ip_interface(word)
        except ValueError:
            continue
        found.append(word)
    return found


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(isinstance(item, str) for item in value)
    )


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float))


def _is_secret_scalar(value: Any) -> bool:
    """A text that is not empty, or a number: what may be a name or a password."""
    return (isinstance(value, str) and value != "") or (
        isinstance(value, (int, float)) and not isinstance(value, bool)
    )
