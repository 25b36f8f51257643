# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking names up: against a DNS server on loopback, within limits of time, each question once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.dnspython import (
    DnsResolver,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.looking import (
    looked_up,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.names import Name
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.preflight import (
    Lookups,
    Target,
    preflight,
)
from nameserver import NameServer

CAA = ['0 issue "sectigo.com"']


@pytest.fixture
def server() -> Iterator[NameServer]:
    zone = {
        "host.example": {"A": ["192.0.2.1"], "AAAA": ["2001:db8::1"]},
        "www.example": {"CNAME": ["host.example."]},
        "shop.example": {"A": ["192.0.2.1"], "CAA": CAA},
        "deep.shop.example": {"A": ["192.0.2.1"]},
        "old.example": {"A": ["203.0.113.9"]},
        "empty.example": {"TXT": ['"x"']},
        "far.example": {"CNAME": ["d1.cloudfront.net."]},
        "d1.cloudfront.net": {"A": ["203.0.113.80"]},
    }
    with NameServer(zone) as running:
        yield running


def lookups(server: NameServer, **more: float) -> Lookups:
    known = {"timeout": 2.0, "time_limit": 30.0, "lookups": 8, **more}
    return Lookups(
        (server.address,), (), known["timeout"], known["time_limit"], int(known["lookups"])
    )


def target(*domains: str, number: int = 7, name: str = "host.example") -> Target:
    return Target(number, name, tuple(Name(domain, "server_name") for domain in domains))


def nothing(number: int) -> tuple[str, ...]:
    return ()


def found(server: NameServer, *targets: Target) -> dict[int, list[str]]:
    every = preflight(targets, lookups(server), nothing)
    return {number: [finding.code for finding in some] for number, some in every.items()}


def test_an_answer_is_what_the_server_says(server: NameServer) -> None:
    resolver = DnsResolver((server.address,), 2)
    assert resolver.ask("www.example", "A").records == ("192.0.2.1",)
    assert resolver.ask("www.example", "A").aliases == ("host.example",)
    assert resolver.ask("shop.example", "CAA").records == ('0 issue "sectigo.com"',)
    assert resolver.ask("empty.example", "A").records == ()
    assert resolver.ask("empty.example", "A").exists
    assert not resolver.ask("nowhere.example", "A").exists
    server.failing.add("old.example")
    assert "SERVFAIL" in resolver.ask("old.example", "A").trouble
    assert resolver.ask("x" * 70 + ".example", "A").trouble
    server.silent.add("www.example")
    assert "0.3 seconds" in DnsResolver((server.address,), 0.3).ask("www.example", "A").trouble


def test_names_that_point_at_the_host_are_well(server: NameServer) -> None:
    assert found(server, target("www.example", "host.example"), target(number=8)) == {}


def test_everything_that_stands_in_the_way_is_found(server: NameServer) -> None:
    names = ("old.example", "nowhere.example", "*.shop.example", "shop.example", "far.example")
    assert found(server, target(*names, "deep.shop.example")) == {
        7: ["points-elsewhere", "no-address", "wildcard", "caa", "behind-a-proxy", "caa"]
    }


def test_credentials_are_asked_for_where_a_name_points_elsewhere(server: NameServer) -> None:
    asked = []

    def addresses(number: int) -> tuple[str, ...]:
        asked.append(number)
        return ("203.0.113.9", "10.0.0.5", "no address")

    targets = [target("www.example"), target("old.example", number=8)]
    assert preflight(targets, lookups(server), addresses) == {}
    assert asked == [8]

    def forbidden(number: int) -> tuple[str, ...]:
        raise TargetError("This action is unauthorized.")

    (finding,) = preflight(targets, lookups(server), forbidden)[8]
    assert "This action is unauthorized." in finding.hint


def test_networks_may_stand_for_the_hosts(server: NameServer) -> None:
    given = Lookups((server.address,), ("203.0.113.0/24",), 2, 30, 8)
    assert preflight([target("old.example")], given, nothing) == {}


def test_a_host_that_cannot_be_told_is_a_doubt(server: NameServer) -> None:
    assert found(server, target("old.example", name="no name at all")) == {7: ["host-unknown"]}
    assert found(server, target("old.example", name="203.0.113.9")) == {}


def test_each_question_is_asked_once(server: NameServer) -> None:
    targets = [target("www.example", "deep.shop.example", number=n) for n in range(20)]
    preflight(targets, lookups(server), nothing)
    questions = [(name, kind) for name, kind in server.asked if kind != "CNAME"]
    assert len(questions) == len(set(questions))


def test_no_question_is_asked_beyond_the_time_limit(server: NameServer) -> None:
    resolver = DnsResolver((server.address,), 2)
    # A clock on which each question takes a second.
    ticks = itertools.count()
    seen = looked_up(
        ["host.example", "shop.example"], resolver, workers=1, limit=4, clock=lambda: next(ticks)
    )
    assert seen["host.example"].addresses == ("192.0.2.1", "2001:db8::1")
    assert seen["shop.example"].v4.records == ("192.0.2.1",)
    assert seen["shop.example"].v6.trouble == "the time limit of 4 seconds was over"
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "server", ["ns.example", "192.0.2.1:x", "192.0.2.1:0", "[::1", "[::1]:", ""]
)
def test_what_is_no_server_is_refused(server: str) -> None:
    with pytest.raises(SettingsError, match="no address of a DNS server"):
        DnsResolver((server,), 1)


def test_other_options_that_make_no_sense_are_refused() -> None:
    with pytest.raises(SettingsError, match="no network"):
        preflight([target()], Lookups((), ("here",), 1, 1, 1), nothing)
    with pytest.raises(SettingsError, match="at once"):
        preflight([target()], Lookups((), (), 1, 1, 0), nothing)
    with pytest.raises(SettingsError, match="more than 0"):
        DnsResolver((), 0)
