# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding accounts: every shape that somebody might have chosen, and none that makes it fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.accounts import (
    Account,
    find_credentials,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.credentials_masking import (
    masked_body,
)
from simulator import Fleet
from simulator.credentials import accounts_of, addresses_of, credentials_body
from simulator.switches import Switches

SHAPES = ("grouped", "keyed", "flat", "config", "beside-config", "name-password")


def accounts(body: Any) -> list[Account]:
    return list(find_credentials(body).accounts)


def keys(body: Any) -> str:
    """All keys of a body, one after the other."""
    if isinstance(body, dict):
        return "\n".join([*map(str, body), *map(keys, body.values())])
    return "\n".join(map(keys, body)) if isinstance(body, list) else ""


class TestKnownShapes:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_the_simulators(self, shape: str) -> None:
        fleet = Fleet.generate(hosts=40, seed=3)
        for host in fleet.hosts.values():
            found = find_credentials(credentials_body(host, fleet.seed, shape, True))
            assert {(one.kind, one.user, one.password) for one in found.accounts} == {
                (one.kind, one.name, one.password) for one in accounts_of(host, fleet.seed)
            }
            assert set(found.addresses) == set(addresses_of(host).values())

    def test_are_all_of_the_simulators(self) -> None:
        for shape in SHAPES:
            Switches(credentials=shape)
        with pytest.raises(ValueError, match="credentials"):
            Switches(credentials="another")

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            pytest.param(
                {
                    "db_user": "shop",
                    "db_password": "p1",
                    "db_name": "shop1",
                    "db_host": "localhost:3306",
                },
                [Account("database", "shop", "p1", "shop1", host="localhost:3306")],
                id="prefixed fields",
            ),
            pytest.param(
                {
                    "mysql": {"username": "a", "password": "p1", "port": "3306"},
                    "ssh": {"login": "b", "pwd": "p2"},
                },
                [Account("database", "a", "p1", port=3306), Account("system", "b", "p2")],
                id="one object for each service",
            ),
            pytest.param(
                {"prod": {"ssh_password": "p1", "dbPassword": "p2", "ftp-passwd": "p3"}},
                [
                    Account("system", "prod", "p1"),
                    Account("database", "prod", "p2"),
                    Account("ftp", "prod", "p3"),
                ],
                id="passwords of all kinds by the user's name",
            ),
            pytest.param(
                [{"username": "prod", "passwords": {"ssh": "p1", "mysql": "p2"}}],
                [Account("system", "prod", "p1"), Account("database", "prod", "p2")],
                id="passwords by kind",
            ),
            pytest.param(
                {"passwords": {"prod": "p1"}},
                [Account("other", "prod", "p1")],
                id="passwords by name",
            ),
            pytest.param(
                {"users": [{"name": "prod", "password": "p1"}], "databases": [{"name": "shop"}]},
                [Account("system", "prod", "p1"), Account("database", None, None, "shop")],
                id="plain users are the system's",
            ),
            pytest.param(
                {"system_users": {"admin": {"password": "p1"}, "db": {"password": "p2"}}},
                [Account("system", "admin", "p1"), Account("system", "db", "p2")],
                id="users whose names mean something else",
            ),
            pytest.param(
                {"ftp": ["upload:p:1", "backup:p2"]},
                [Account("ftp", "upload", "p:1"), Account("ftp", "backup", "p2")],
                id="name and password in one text",
            ),
            pytest.param(
                {"ssh": [["prod", "p1"], ["stage", "p2"]]},
                [Account("system", "prod", "p1"), Account("system", "stage", "p2")],
                id="pairs",
            ),
            pytest.param(
                {"urls": ["mysql://shop:p%401@db.example:3306/shop1", "sftp://up:p2@f.example/in"]},
                [
                    Account("database", "shop", "p@1", "shop1", host="db.example", port=3306),
                    Account("ftp", "up", "p2", home="/in", host="f.example"),
                ],
                id="URLs",
            ),
            pytest.param(
                json.dumps({"data": {"ftp": [{"user": "u", "password": 12345678}]}}),
                [Account("ftp", "u", "12345678")],
                id="JSON in a text, a password of digits",
            ),
            pytest.param(
                {
                    "system_users": [
                        {"username": "prod", "rabbitmq": {"user": "mq", "password": "p1"}}
                    ]
                },
                [Account("system", "prod"), Account("other", "mq", "p1")],
                id="another service within a user",
            ),
            pytest.param(
                {"system_users": [{"username": "prod"}], "credentials": {"ssh": {"prod": "p1"}}},
                [Account("system", "prod", "p1")],
                id="two mentions of one account",
            ),
            pytest.param(
                {
                    "databases": [
                        {"name": "a", "user": "u", "password": "p"},
                        {"name": "b", "user": "u", "password": "p"},
                    ]
                },
                [Account("database", "u", "p", "a"), Account("database", "u", "p", "b")],
                id="two databases of one user",
            ),
            pytest.param(
                {"users": [{"type": "mysql", "user": "u", "password": "p"}]},
                [Account("database", "u", "p")],
                id="an entry's own word counts most",
            ),
        ],
    )
    def test_others(self, body: Any, expected: list[Account]) -> None:
        assert accounts(body) == expected

    def test_nobody_is_made_up(self) -> None:
        body = {
            "config": {
                "mysql_version": "8.0",
                "system_users": [
                    {
                        "username": "prod",
                        "vhosts": [{"server_name": "a.example b.example", "app_name": "shop"}],
                    }
                ],
                "pmm_master": {"server_hostname": "pmm.example"},
                "ftp_sftp": True,
                "password_login": False,
            }
        }
        assert accounts(body) == [Account("system", "prod")]

    def test_addresses_of_others_are_not_the_hosts(self) -> None:
        body = {
            "ip": "192.0.2.1, 2001:db8::1",
            "addresses": [{"public": "192.0.2.2"}, {"mail": "192.0.2.3/24"}],
            "firewall_whitelist": ["198.51.100.1 # office"],
            "ip_whitelist": ["198.51.100.2"],
            "email_address": "anna@example.com",
            "db_host": "127.0.0.1",
        }
        assert find_credentials(body).addresses == (
            "192.0.2.1",
            "2001:db8::1",
            "192.0.2.2",
            "192.0.2.3/24",
        )


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "users",
                    "ftp",
                    "db",
                    "password",
                    "passwords",
                    "user",
                    "name",
                    "type",
                    "ips",
                    "data",
                    "config",
                ]
            )
            | st.text(max_size=8),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


class TestAnyBody:
    @given(JSON_VALUES)
    def test_is_read_and_masked_without_fail(self, body: Any) -> None:
        found = find_credentials(body)
        for account in found.accounts:
            assert account.kind in ("system", "database", "ftp", "other")
            assert account.user is not None or account.password is not None or account.database
        shown = json.dumps(masked_body(body, found.secrets))
        for secret in found.secrets:
            # A name may be somebody's password by chance, and a key is always shown.
            assert len(secret) < 6 or json.dumps(secret)[1:-1] not in shown or secret in keys(body)

    def test_even_one_without_end(self) -> None:
        body: Any = {"password": "p"}
        for _level in range(300):
            body = {"passwords": [body]}
        assert accounts(body) == []

    @pytest.mark.parametrize(
        "body",
        [
            "user: prod, password: S3cretS3cret",
            ["S3cretS3cret"],
            {"pin": 12345678},
            {"x": {"y": "S3cretS3cret"}},
        ],
    )
    def test_what_is_not_understood_is_not_shown(self, body: Any) -> None:
        shown = json.dumps(masked_body(body, find_credentials(body).secrets))
        assert "S3cret" not in shown
        assert "12345678" not in shown


# Names as a platform lets them be; not those that are words of a field themselves (a user called "host").
NAMES = st.from_regex(r"u[0-9]{1,3}[a-z]{2,6}", fullmatch=True)
PASSWORDS = st.from_regex(r"PW[!-~]{4,16}", fullmatch=True).filter(lambda text: "://" not in text)
ACCOUNT = st.tuples(st.sampled_from(["system", "database", "ftp"]), NAMES, PASSWORDS)
ACCOUNTS = st.lists(ACCOUNT, min_size=1, max_size=5, unique_by=lambda one: (one[0], one[1])).filter(
    lambda every: len({password for _kind, _name, password in every}) == len(every)
)
KEYS = {
    "system": ["system_users", "systemUsers", "ssh", "SSH accounts", "linux-users", "os"],
    "database": [
        "databases",
        "database_users",
        "db",
        "mysql",
        "mariadb_accounts",
        "postgresqlUsers",
    ],
    "ftp": ["ftp", "ftp_users", "FTP", "sftpAccounts", "ftp-accounts"],
}
USER_KEYS = ["username", "user", "userName", "login", "user_name"]
PASSWORD_KEYS = ["password", "passwd", "pass", "pwd", "Password", "plain_password"]
Body = Callable[[list[tuple[str, str, str]], dict[str, str], str, str], Any]


def by_kind(entry: Callable[[list[tuple[str, str]], str, str], Any]) -> Body:
    def body(
        every: list[tuple[str, str, str]], keys: dict[str, str], user: str, password: str
    ) -> Any:
        kinds = dict.fromkeys(kind for kind, _name, _password in every)
        return {
            keys[kind]: entry([(n, p) for k, n, p in every if k == kind], user, password)
            for kind in kinds
        }

    return body


BODIES: dict[str, Body] = {
    "lists": by_kind(lambda every, u, p: [{u: name, p: word} for name, word in every]),
    "keyed": by_kind(lambda every, u, p: {name: {p: word} for name, word in every}),
    "map": by_kind(lambda every, u, p: dict(every)),
    "pairs": by_kind(lambda every, u, p: [[name, word] for name, word in every]),
    "items": by_kind(lambda every, u, p: {"items": [{u: name, p: word} for name, word in every]}),
    "numbered": by_kind(
        lambda every, u, p: {str(n): {u: name, p: word} for n, (name, word) in enumerate(every)}
    ),
    "text": by_kind(lambda every, u, p: json.dumps([{u: name, p: word} for name, word in every])),
    "flat": lambda every, keys, u, p: [
        {"type": kind, u: name, p: word} for kind, name, word in every
    ],
    "category": lambda every, keys, u, p: {
        "credentials": [{"category": keys[kind], u: name, p: word} for kind, name, word in every]
    },
}
WRAPPERS: list[Callable[[Any], Any]] = [
    lambda body: body,
    lambda body: {"data": body},
    lambda body: {"success": True, "data": {"credentials": body}},
    lambda body: {"host": {"id": 7, "name": "shop.example"}, "credentials": body},
]


class TestInventedShapes:
    @given(
        st.sampled_from(sorted(BODIES)),
        ACCOUNTS,
        st.fixed_dictionaries({kind: st.sampled_from(keys) for kind, keys in KEYS.items()}),
        st.sampled_from(USER_KEYS),
        st.sampled_from(PASSWORD_KEYS),
        st.sampled_from(WRAPPERS),
    )
    def test_every_account_is_found_and_no_password_shown(
        self,
        shape: str,
        every: list[tuple[str, str, str]],
        keys: dict[str, str],
        user: str,
        password: str,
        wrapped: Callable[[Any], Any],
    ) -> None:
        body = wrapped(BODIES[shape](every, keys, user, password))
        found = find_credentials(body)
        assert {(one.kind, one.user, one.password) for one in found.accounts} == set(every)
        shown = json.dumps(masked_body(body, found.secrets))
        for _kind, _name, word in every:
            assert json.dumps(word)[1:-1] not in shown
