# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page for clients: who is meant, and the sites that it names."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import certificates
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.releases import (
    end_of_life,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.fleet import (
    Fleet,
    read_fleet,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.of_clients import (
    chosen,
    hosts_of,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.page import (
    Assets,
    page,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.sites import (
    Site,
    SiteCertificate,
    read_sites,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.thresholds import (
    Level,
    read_thresholds,
)
from authority import intermediate, issued
from workshop.places import ROOT

NOW = datetime.datetime.now(datetime.timezone.utc)
TODAY = NOW.date()
TABLE = end_of_life(TODAY, 180)
CLIENTS = [
    {"id": 11, "name": "An Bakery"},
    {"id": 12, "name": "Bram Bikes"},
    {"id": 13, "name": "Bram Bikes"},
    {"id": 14, "name": "12"},
]


def sites(*vhosts: Any) -> tuple[Site, ...]:
    return read_sites({"system_users": [{"username": "prod", "vhosts": list(vhosts)}]}, TABLE)


def certificate(chain: Any, names: str = "shop.example", kind: str = "custom") -> SiteCertificate:
    vhost = {"server_name": names, "cert_type": kind, "cert_fullchain": chain}
    return sites(vhost)[0].certificate


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (["11"], [11]),
        (["an bakery"], [11]),
        ([" An Bakery ", "12"], [11, 12]),
        (["12", "11", "An Bakery"], [12, 11]),
        # Digits are an id, whatever somebody is called.
        (["14"], [14]),
    ],
)
def test_who_is_meant(wanted: list[str], ids: list[int]) -> None:
    assert [client["id"] for client in chosen(wanted, CLIENTS)] == ids


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Bakery", "no id and no name of a client among the 4 that the token may see: An Bakery"),
        ("99", "no id and no name"),
        ("Bram Bikes", "2 clients of that name: Bram Bikes (id 12), Bram Bikes (id 13)"),
    ],
)
def test_who_is_not(wanted: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        chosen(["An Bakery", wanted], CLIENTS)
    assert str(refused.value).startswith(f"fleet_report_clients names {wanted}")
    assert told in str(refused.value)


def test_a_host_of_another_client_is_none_of_this_one() -> None:
    listed = [
        {"id": 1, "client_id": 11},
        {"id": 2, "client_id": 12},
        {"id": 3, "client_id": None},
        {"id": 4},
    ]
    assert [host["id"] for host in hosts_of(CLIENTS[0], listed)] == [1, 3, 4]
    assert {host["client_id"] for host in hosts_of(CLIENTS[0], listed)} == {11}


def test_sites_as_their_owners_know_them() -> None:
    first, second = sites(
        {
            "server_name": "www.shop.example  shop.example *.b2b.example shop.example",
            "app_type": "magento2",
            "php_version": 8.3,
            "cert_type": "letsencrypt",
        },
        {"server_name": ["{{ domain }}"], "app_type": None},
        "no vhost",
    )
    assert first.domains == ("www.shop.example", "shop.example", "*.b2b.example")
    assert (first.name, first.application) == ("www.shop.example", "magento2")
    assert [version.label for version in first.versions] == ["PHP 8.3"]
    assert first.certificate == SiteCertificate("Let's Encrypt")
    assert (second.name, second.application) == ("{{ domain }}", "")
    assert second.certificate == SiteCertificate("not said")
    assert sites({})[0].name == "a site without a domain"


@pytest.mark.parametrize(
    "config",
    [None, [], "x", {"system_users": {}}, {"system_users": ["x", {"vhosts": {"a": 1}}, {}]}],
)
def test_no_sites(config: Any) -> None:
    assert read_sites(config, TABLE) == ()


@pytest.mark.parametrize(
    ("days", "level"),
    [(365, Level.OK), (40, Level.OK), (29, Level.WARNING), (-1, Level.CRITICAL)],
)
def test_until_when_a_certificate_is_valid(days: int, level: Level) -> None:
    leaf = issued("shop.example", "*.shop.example", by=intermediate(), days=days, since=400)
    found = certificate(leaf.pem + intermediate().pem, "shop.example www.shop.example")
    assert str(found.ends) == leaf.until
    assert (found.kind, found.issuer, found.covers) == ("custom", "Test Intermediate", True)
    assert found.level(TODAY) is level


def test_a_certificate_that_leaves_out_a_domain() -> None:
    leaf = issued("shop.example", days=300)
    found = certificate(leaf.pem, "shop.example www.shop.example")
    assert (found.covers, found.level(TODAY)) == (False, Level.WARNING)
    # What the platform renders is nobody's to judge here.
    assert certificate(leaf.pem, "shop.example {{ other }} ~^x").covers is True


@pytest.mark.parametrize(
    "chain",
    [
        None,
        "",
        7,
        "********",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nMIIDazCC\n-----END CERTIFICATE-----\n",
    ],
)
def test_what_nobody_says_is_not_known(chain: Any) -> None:
    found = certificate(chain)
    assert found == SiteCertificate("custom")
    assert found.level(TODAY) is Level.UNKNOWN


def test_what_is_left_of_an_earlier_certificate_does_not_count() -> None:
    leaf = issued("shop.example", days=-3, since=90)
    assert certificate(leaf.pem, kind="letsencrypt") == SiteCertificate("Let's Encrypt")


def test_without_what_reads_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "READABLE", False)
    assert certificate(issued("shop.example").pem) == SiteCertificate("custom")


def fleet(*vhosts: Any, for_clients: bool = True, **more: Any) -> Fleet:
    host = {
        "id": 1,
        "name": "web-1.example",
        "client_id": 11,
        "active": True,
        "monitoring": None,
        "config": {"system_users": [{"vhosts": list(vhosts)}]},
        "error": None,
    }
    return read_fleet(
        [host],
        CLIENTS[:1],
        table=TABLE,
        thresholds=read_thresholds({}),
        title="Fleet",
        for_clients=for_clients,
        **more,
    )


def shown(made: Fleet) -> str:
    text: str = page(made, NOW, Assets(ROOT / "roles" / "fleet_report"))
    return text


def test_the_page_names_the_sites() -> None:
    fine = issued("fine.example", by=intermediate(), days=300)
    gone = issued("gone.example", by=intermediate(), days=-5, since=90)
    near = issued("near.example", by=intermediate(), days=10)
    made = fleet(
        *(
            {
                "server_name": f"{name}.example",
                "app_type": "shopware",
                "cert_type": "custom",
                "cert_fullchain": one.pem,
            }
            for name, one in (("near", near), ("fine", fine), ("gone", gone))
        ),
        {"server_name": "le.example", "cert_type": "letsencrypt"},
    )
    text = shown(made)
    assert "An Bakery</p>" in text
    assert [site.name for site, _host in made.sites or ()] == [
        *("fine.example", "gone.example", "le.example", "near.example"),
    ]
    for told in (f"until {fine.until}", f"ended {gone.until}", f"ends {near.until}"):
        assert told in text
    assert "by Test Intermediate" in text
    numbers = made.summary()
    assert (numbers["sites"], numbers["certificates_ended"], numbers["certificates_ending"]) == (
        *(4, 1, 1),
    )
    assert "BEGIN CERTIFICATE" not in text


def test_a_page_of_everything_has_no_sites() -> None:
    made = fleet({"server_name": "shop.example"}, for_clients=False)
    assert made.sites is None
    assert made.summary()["sites"] is None
    text = shown(made)
    assert "shop.example" not in text
    assert 'id="sites"' not in text


def test_a_page_without_any_site() -> None:
    assert "No configuration names a site." in shown(fleet())


@pytest.mark.parametrize(
    ("said", "word", "counted"),
    [
        ("in_effect", "in effect", 0),
        ("stored_not_deployed", "not deployed", 1),
        ("deploying", "being deployed", 0),
        ("failed", "not in effect", 1),
        ("unknown", "not known", 0),
        (None, "not known", 0),
        ("a new word", "not known", 0),
    ],
)
def test_whether_what_is_stored_is_in_effect(said: Any, word: str, counted: int) -> None:
    made = fleet(deployments=[{"id": 1, "status": "succeeded", "sync_status": said}])
    assert made.summary()["not_in_effect"] == counted
    assert f"what is stored: {word}" in shown(made)
    assert [share.label for share in made.in_effect or ()] == [word]
