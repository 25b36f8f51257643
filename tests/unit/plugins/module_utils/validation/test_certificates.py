# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate against its key, its names and the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    doubts,
)

pytest.importorskip("cryptography")
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

KEY, OTHER = (ec.generate_private_key(ec.SECP256R1()) for _number in range(2))
TODAY = datetime.now(timezone.utc)


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def certificate(*names: str, days: int = 90, alternative: bool = True) -> str:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(TODAY - timedelta(days=400))
        .not_valid_after(TODAY + timedelta(days=days))
    )
    if alternative:
        listed = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(listed, critical=False)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def found(site: dict[str, Any], stored: Any = None) -> list[str]:
    wanted = {"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", **site}]}]}
    policy = Policy()
    current = stored or {}
    planned = plan(current, wanted, "merged", policy)
    return [one.code for one in doubts(wanted, current, "merged", policy.root, (), planned)]


def custom(chain: str, key: Any = KEY, names: str = "shop.be www.shop.be") -> dict[str, Any]:
    return {
        "server_name": names,
        "cert_type": "custom",
        "cert_fullchain": chain,
        "cert_pvk": pem(key) if key else None,
    }


GOOD = certificate("shop.be", "*.shop.be")


@pytest.mark.parametrize(
    "site",
    [
        custom(GOOD),
        custom(GOOD, None),
        custom(certificate("shop.be", alternative=False), names="SHOP.be."),
        custom(GOOD, names=r".shop.be ~^x\d+\.be _ {{ domain }}"),
        {**custom(certificate("other.be", days=-1), OTHER), "cert_type": "letsencrypt"},
    ],
)
def test_what_fits_is_not_doubted(site: dict[str, Any]) -> None:
    assert found(site) == []


@pytest.mark.parametrize(
    ("site", "codes"),
    [
        (custom(GOOD, OTHER), ["other-key"]),
        (custom(certificate("shop.be", "www.shop.be", days=-1)), ["expired"]),
        (custom(certificate("shop.be")), ["name-not-covered"]),
        (custom(GOOD, names="a.b.shop.be"), ["name-not-covered"]),
        (
            custom(certificate("other.be", days=-3), OTHER),
            ["expired", "name-not-covered", "other-key"],
        ),
        (
            custom("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"),
            ["not-readable"],
        ),
    ],
)
def test_what_does_not_fit_is(site: dict[str, Any], codes: list[str]) -> None:
    assert found(site) == codes


def test_half_of_it_is_looked_at_beside_what_is_stored() -> None:
    stored = {
        "system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", **custom(GOOD)}]}]
    }
    assert found({"cert_pvk": pem(OTHER)}, stored) == ["other-key"]
    assert found({"server_name": "shop.be new.be"}, stored) == ["name-not-covered"]


def test_a_vhost_that_stays_as_it_is_is_not_looked_at() -> None:
    site = custom(certificate("other.be", days=-1))
    stored = {"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", **site}]}]}
    assert found({}, stored) == []


def test_no_key_is_told() -> None:
    wanted = {"vhosts": [{"app_name": "a", **custom(GOOD, OTHER)}]}
    policy = Policy()
    planned = plan({}, wanted, "merged", policy)
    for one in doubts(wanted, {}, "merged", policy.root, (), planned):
        assert "PRIVATE" not in str(one)
