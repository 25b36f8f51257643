# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which pair a vhost gets: one that has all of its names, and lasts longer than what it holds."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    Validation,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.deciding import (
    Deciding,
    Decision,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.pairs import (
    Pair,
    pairs_in,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.pem_files import (
    read_folder,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.renewal import (
    Renewal,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.sites import (
    sites_in,
)

pytest.importorskip("cryptography")
from authority import Issued, intermediate, issued

POLICY = Policy()


def custom(names: Any, held: Issued | None = None, **more: Any) -> dict[str, Any]:
    site: dict[str, Any] = {"server_name": names, "cert_type": "custom"}
    if held is not None:
        site |= {"cert_fullchain": held.pem + intermediate().pem, "cert_pvk": held.key}
    return {**site, **more}


def document(*vhosts: dict[str, Any]) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": list(vhosts)}]}


@pytest.fixture
def given(tmp_path: Path) -> Any:
    """Pairs as the role has them."""

    def given(*certificates: Issued) -> list[Pair]:
        for number, one in enumerate(certificates):
            text = one.pem + one.key + intermediate().pem
            (tmp_path / f"{number}.pem").write_text(text, encoding="utf-8")
        found = read_folder(str(tmp_path), str, lambda secrets: None)
        return pairs_in(found, lambda last: True, datetime.now(timezone.utc)).usable

    return given


def decided(deciding: Deciding, vhost: dict[str, Any]) -> Decision:
    (site,) = sites_in(document(vhost), POLICY)
    return deciding.decide(site)


NEW = issued("shop.example", "*.shop.example", "xn--bcher-kva.example", by=intermediate(), days=90)
OLD = issued("shop.example", "*.shop.example", by=intermediate(), days=9)
LONG = issued("shop.example", "*.shop.example", by=intermediate(), days=400)


@pytest.mark.parametrize(
    ("vhost", "outcome", "reason"),
    [
        (custom("shop.example"), "replaced", "it holds none"),
        (custom("shop.example", OLD), "replaced", f"expires on {OLD.until}"),
        (custom("shop.example", LONG), "kept", f"lasts until {LONG.until}"),
        (custom("shop.example", NEW), "current", "it holds this one"),
        (custom("shop.example", NEW, cert_pvk=OLD.key), "replaced", "with another key"),
        (custom("shop.example", NEW, cert_fullchain=NEW.pem), "replaced", "with another chain"),
        (custom("shop.example", LONG, cert_pvk=OLD.key), "replaced", "does not belong to its key"),
        (custom("bücher.example", LONG), "replaced", "is not for xn--bcher-kva.example"),
        (custom("shop.example", cert_fullchain="none"), "replaced", "no certificate that can"),
        (custom("SHOP.example. www.shop.example", OLD), "replaced", "expires"),
        (custom(["shop.example", "www.shop.example"], OLD), "replaced", "expires"),
        (custom("_ shop.example", OLD), "replaced", "expires"),
        (custom(".shop.example", OLD), "replaced", "expires"),
        (custom("shop.example www.other.example", OLD), "partly_covered", "www.other.example"),
        (custom("shop.example a.b.shop.example", OLD), "partly_covered", "a.b.shop.example"),
        (custom("other.example", OLD), "uncovered", ""),
        (custom("example"), "uncovered", ""),
        (custom("_"), "uncovered", ""),
        (custom(None), "uncovered", ""),
        (custom(r"shop.example ~^shop\d+$", OLD), "not_known", r"~^shop\d+$"),
        (custom("{{ name }}", OLD), "not_known", "{{ name }}"),
        (custom("shop.*", OLD), "not_known", "shop.*"),
        (custom("shop.example", OLD, cert_pvk="{{ key }}"), "not_known", "to render"),
        (custom("shop.example", cert_type="letsencrypt"), "other", ""),
        (custom("shop.example", cert_type=None), "other", ""),
        (custom("shop.example", cert_type="self-signed"), "other", ""),
        (custom("shop.example", OLD, cert_type=" Custom"), "replaced", "expires"),
    ],
)
def test_what_becomes_of_a_vhost(
    given: Any, vhost: dict[str, Any], outcome: str, reason: str
) -> None:
    found = decided(Deciding(given(NEW), ["custom"]), vhost)
    assert (found.outcome.value, reason in found.reason) == (outcome, True), found.reason


@pytest.mark.parametrize(
    ("kind", "types", "outcome"),
    [
        (None, ["letsencrypt"], "replaced"),
        ("letsencrypt", ["letsencrypt"], "replaced"),
        ("self-signed", ["selfsigned"], "replaced"),
        ("custom", ["selfsigned"], "other"),
        ("letsencrypt", ["custom", "selfsigned"], "other"),
    ],
)
def test_types_are_asked_for(given: Any, kind: Any, types: list[str], outcome: str) -> None:
    deciding = Deciding(given(NEW), types)
    assert decided(deciding, custom("shop.example", cert_type=kind)).outcome.value == outcome
    # One that has its certificate from elsewhere needs no pair.
    assert decided(deciding, custom("no.example", cert_type="letsencrypt")).outcome.value == "other"


def test_of_two_the_one_that_lasts_longer(given: Any) -> None:
    found = decided(Deciding(given(OLD, NEW), ["custom"]), custom("shop.example"))
    assert found.pair is not None
    assert found.pair.leaf.fingerprint == NEW.fingerprint
    assert [one.leaf.fingerprint for one in found.passed_over] == [OLD.fingerprint]


def test_two_that_cover_it_together_do_not(given: Any) -> None:
    other = issued("other.example", by=intermediate())
    deciding = Deciding(given(NEW, other), ["custom"])
    found = decided(deciding, custom("other.example www.shop.example shop.example"))
    assert found.outcome.value == "partly_covered"
    assert found.pair is not None
    assert found.pair.leaf.fingerprint == NEW.fingerprint


def test_nothing_but_the_certificate_changes(given: Any) -> None:
    deciding = Deciding(given(NEW), ["custom", "letsencrypt"])
    renewal = Renewal(
        config={},
        state="merged",
        policy=POLICY,
        validation=Validation("off", ()),
        deciding=deciding,
    )
    before = document(
        custom("shop.example", OLD, php_version="8.3"),
        custom("other.example", LONG),
        {"server_name": "auto.shop.example"},
    )
    made = renewal.over(before)
    first, second, third = made.payload["system_users"][0]["vhosts"]
    assert first == {**custom("shop.example", NEW), "php_version": "8.3"}
    assert second == before["system_users"][0]["vhosts"][1]
    assert third == custom("auto.shop.example", NEW)
    assert [str(change.place) for change in made.changes] == [
        "system_users[prod].vhosts[shop.example].cert_pvk",
        "system_users[prod].vhosts[shop.example].cert_fullchain",
        "system_users[prod].vhosts[auto.shop.example].cert_pvk",
        "system_users[prod].vhosts[auto.shop.example].cert_fullchain",
        "system_users[prod].vhosts[auto.shop.example].cert_type",
    ]
    # What it made needs nothing more, and is the very same then.
    assert renewal.over(made.payload).payload is made.payload
    # A vhost that somebody has given another certificate, or name, meanwhile is decided anew.
    assert not renewal.over(document(custom("shop.example", LONG))).changed
    assert not renewal.over(document(custom("shop.example new.example", OLD))).changed
