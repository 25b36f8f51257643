# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the way of a certificate: by tables, without a network."""

from __future__ import annotations

import ipaddress

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight import judging
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.dns_answers import (
    Answer,
    Seen,
    climbed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.judging import (
    Finding,
    Here,
    judged,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.preflight.names import (
    Name,
    names_in,
)

NONE = Answer()
GONE = Answer(exists=False)
NAME = Name("shop.example", "server_name")
HERE = Here(("192.0.2.1", "2001:db8::1"), (ipaddress.ip_network("198.51.100.0/24"),))


def of(*records: str, aliases: tuple[str, ...] = ()) -> Answer:
    return Answer(records, aliases)


def one(seen: Seen, here: Here = HERE) -> Finding:
    (finding,) = judged(NAME, here, seen)
    return finding


def codes(seen: Seen, here: Here = HERE) -> list[str]:
    return [finding.code for finding in judged(NAME, here, seen)]


@pytest.mark.parametrize(
    ("v4", "v6", "expected"),
    [
        (of("192.0.2.1"), NONE, []),
        (NONE, of("2001:0db8:0::1"), []),
        (of("192.0.2.1"), of("2001:db8::1"), []),
        (of("198.51.100.7"), NONE, []),
        (of("203.0.113.9"), NONE, ["points-elsewhere"]),
        (of("192.0.2.1"), of("2001:db8::9"), ["points-elsewhere"]),
        (of("192.0.2.1", "203.0.113.9"), NONE, ["points-elsewhere"]),
        (NONE, NONE, ["no-address"]),
        (GONE, GONE, ["no-address"]),
        (of("104.16.0.1"), NONE, ["behind-a-proxy"]),
        (of("104.16.0.1"), of("2606:4700::1"), ["behind-a-proxy"]),
        (of("104.16.0.1", "203.0.113.9"), NONE, ["points-elsewhere"]),
        (of("203.0.113.9", aliases=("d1.cloudfront.net",)), NONE, ["behind-a-proxy"]),
        (of("203.0.113.9", aliases=("notcloudfront.net",)), NONE, ["points-elsewhere"]),
        (Answer(trouble="no answer"), of("2001:db8::1"), ["not-resolved"]),
        (Answer(trouble="no answer"), NONE, ["not-resolved"]),
        (of("203.0.113.9"), Answer(trouble="no"), ["not-resolved", "points-elsewhere"]),
    ],
)
def test_every_address_has_to_be_the_hosts(v4: Answer, v6: Answer, expected: list[str]) -> None:
    assert codes(Seen(v4, v6)) == expected


def test_it_says_where_a_name_points_and_where_it_should() -> None:
    elsewhere = one(Seen(of("203.0.113.9"), NONE))
    assert elsewhere.message == (
        "shop.example points at 203.0.113.9, not at this host (192.0.2.1, 2001:db8::1)"
    )
    half = one(Seen(of("192.0.2.1"), of("2001:db8::9")))
    assert half.message.startswith("shop.example also points at 2001:db8::9, not at this host")
    proxy = one(Seen(of("104.16.0.1"), NONE))
    assert "which is Cloudflare, not at this host" in proxy.message
    assert "does not exist" in one(Seen(GONE, GONE)).message
    assert "has no address" in one(Seen(NONE, GONE)).message
    nowhere = one(Seen(of("203.0.113.9"), NONE), Here(()))
    assert (nowhere.code, nowhere.is_doubt) == ("host-unknown", True)


@pytest.mark.parametrize(
    ("records", "refused"),
    [
        ([], False),
        (['0 issue "letsencrypt.org"'], False),
        (['0 issue "LetsEncrypt.org; validationmethods=http-01,dns-01"'], False),
        (['0 issue "letsencrypt.org; accounturi=https://example"'], False),
        (['0 issue "sectigo.com"', '0 issue "letsencrypt.org"'], False),
        (['0 iodef "mailto:a@example"'], False),
        (['0 issuewild "sectigo.com"'], False),
        (['0 issue "sectigo.com"'], True),
        (['0 issue ";"'], True),
        (['0 issue ""'], True),
        (['0 issue "letsencrypt.org; validationmethods=dns-01"'], True),
        (['0 issue "letsencrypt.org.example"'], True),
        (['128 future "x"', '0 issue "letsencrypt.org"'], True),
        (['0 future "x"'], False),
    ],
)
def test_caa_has_to_permit_it(records: list[str], refused: bool) -> None:
    seen = Seen(of("192.0.2.1"), NONE, of(*records))
    assert codes(seen) == (["caa"] if refused else [])


def test_caa_that_cannot_be_looked_up_is_a_doubt() -> None:
    finding = one(Seen(of("192.0.2.1"), NONE, Answer(trouble="SERVFAIL")))
    assert finding.is_doubt
    assert "CAA" in finding.message


def test_a_wildcard_is_refused() -> None:
    (finding,) = judged(Name("*.shop.example", "server_name"), HERE, None)
    assert (finding.code, finding.is_doubt) == ("wildcard", False)


def test_the_names_above_are_asked_too_but_not_the_top() -> None:
    assert list(climbed("a.b.example")) == ["a.b.example", "b.example"]
    assert list(climbed("example")) == ["example"]


def test_which_names_need_a_certificate() -> None:
    vhosts = [
        {"app_name": "a", "server_name": "a.example www.Bücher.example"},
        {"app_name": "b", "server_name": "b.example", "cert_type": "letsencrypt"},
        {"app_name": "c", "server_name": "c.example", "cert_type": "selfsigned"},
        {"app_name": "d", "server_name": "{{ x }}.example ~^d _ .d.example", "cert_type": None},
        {"app_name": "e"},
        "no map",
    ]
    document = {"system_users": [{"username": "prod", "vhosts": vhosts}], "vhosts": "none"}
    found = list(names_in(document))
    assert [name.domain for name in found] == [
        "a.example",
        "www.xn--bcher-kva.example",
        "b.example",
        "d.example",
        "*.d.example",
    ]
    assert found[0].path == "system_users[prod].vhosts[a].server_name"


def test_what_is_a_doubt_is_a_code_that_is_known() -> None:
    assert set(judging.DOUBTS) < set(judging.CODES)
