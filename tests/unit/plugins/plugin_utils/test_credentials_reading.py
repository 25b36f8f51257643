# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lookup reads, and which value it chooses."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.accounts import (
    Account,
    Credentials,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.credentials_reading import (
    CredentialsReader,
    chosen,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.run_memory import RunMemory
from simulator import Fault, Fleet, Simulator

FOUND = Credentials(
    accounts=(
        Account("system", "prod", "P-system", home="/var/www/prod"),
        Account("database", "prod", "P-database", "shop", port=3306),
        Account("database", "prod", "P-database", "blog"),
        Account("ftp", "up\x1b[0m", None),
    ),
    addresses=(),
    secrets=frozenset({"P-system", "P-database"}),
)


def choose(**options: Any) -> str | int:
    return chosen(FOUND, "host 7", {"user": None, "kind": None, "field": "password", **options})


class TestChoice:
    def test_of_one(self) -> None:
        assert choose(kind="system") == "P-system"
        assert choose(kind="system", field="home") == "/var/www/prod"
        assert choose(kind="database", field="port") == 3306

    def test_accounts_that_agree(self) -> None:
        assert choose(kind="database", user="prod") == "P-database"
        assert choose(user="prod", field="user") == "prod"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"user": "prod"}, "several that fit: system prod, database prod (database shop)"),
            (
                {"kind": "database", "field": "database"},
                "several that fit: database prod (database",
            ),
            ({"user": "nobody"}, "hold no account of user nobody. They hold: system prod, "),
            ({"kind": "other"}, "hold no other account. They hold: "),
            ({"kind": "ftp"}, r"do not say the password of ftp up\x1b[0m"),
        ],
    )
    def test_none_or_several(self, options: dict[str, Any], said: str) -> None:
        with pytest.raises(TargetError) as failure:
            choose(**options)
        assert said in str(failure.value)
        assert "P-" not in str(failure.value)

    def test_nothing_there(self) -> None:
        nothing = Credentials((), (), frozenset())
        with pytest.raises(TargetError, match="They hold: no account that could be told"):
            chosen(nothing, "host 7", {"user": None, "kind": None, "field": "password"})


class TestReader:
    @pytest.fixture
    def simulator(self) -> Any:
        with Simulator(Fleet.generate(hosts=5, seed=2)) as simulator:
            yield simulator

    def reader(
        self, simulator: Simulator, memory: RunMemory, token: str = "admin"
    ) -> CredentialsReader:
        options = {
            "api_url": simulator.url,
            "api_token": simulator.tokens[token],
            "api_retries": 0,
        }
        return CredentialsReader(Api(Settings.resolve(options, {})), memory)

    def test_asks_once(self, simulator: Simulator) -> None:
        memory = RunMemory(1 << 20)
        host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
        for _attempt in range(3):
            reader = self.reader(simulator, memory)
            number = reader.id_of(host.name or "")
            assert reader.of(number).accounts
        assert [request.path for request in simulator.requests] == [
            "/api/v1/hosts",
            f"/api/v1/hosts/{host.id}/credentials",
        ]

    def test_asks_with_each_token(self, simulator: Simulator) -> None:
        memory = RunMemory(1 << 20)
        number = int(min(simulator.fleet.hosts))
        self.reader(simulator, memory).of(number)
        with pytest.raises((StatusError, TargetError)):
            self.reader(simulator, memory, "stranger").of(number)

    def test_does_not_remember_a_failure(self, simulator: Simulator) -> None:
        memory = RunMemory(1 << 20)
        number = int(min(simulator.fleet.hosts))
        simulator.fail("GET", "/credentials", with_=Fault.forbidden())
        with pytest.raises(StatusError):
            self.reader(simulator, memory).of(number)
        assert self.reader(simulator, memory).of(number).accounts

    def test_names(self, simulator: Simulator) -> None:
        first, second = list(simulator.fleet.hosts.values())[:2]
        second.name = first.name
        reader = self.reader(simulator, RunMemory(1 << 20))
        with pytest.raises(TargetError, match=f"2 hosts named .*id {first.id} .*id {second.id} "):
            reader.id_of(first.name or "")
        with pytest.raises(TargetError, match="Is one of these meant: "):
            reader.id_of((first.name or "").upper()[:6])
        slip = f"{(first.name or '')[:2]}{(first.name or '')[3:]}"
        with pytest.raises(TargetError, match=f"Is one of these meant: id {first.id} .*[?]"):
            reader.id_of(slip)
        with pytest.raises(TargetError, match="no host named nothing among the 5"):
            reader.id_of("nothing")
