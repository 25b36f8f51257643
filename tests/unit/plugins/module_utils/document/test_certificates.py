# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read out of certificates in PEM."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.certificates import (
    covers,
    fingerprints,
    public_key_of,
    read_certificates,
)

pytest.importorskip("cryptography")
from authority import intermediate, issued, root

SHOP = issued("shop.example", "*.shop.example", by=intermediate(), days=30)


def test_a_chain_is_read_in_its_order() -> None:
    text = f"Bag Attributes\n{SHOP.pem}\n\n{intermediate().pem}".replace("\n", "\r\n")
    leaf, authority = read_certificates(text)
    assert leaf.names == ("shop.example", "*.shop.example")
    assert (leaf.subject, leaf.issuer) == ("shop.example", "Test Intermediate")
    assert f"{leaf.ends:%Y-%m-%d}" == SHOP.until
    assert leaf.fingerprint == SHOP.fingerprint
    assert (leaf.is_authority, authority.is_authority) == (False, True)
    assert fingerprints(text) == [SHOP.fingerprint, intermediate().fingerprint]


def test_who_issued_it_is_told_by_its_signature() -> None:
    (leaf,) = read_certificates(SHOP.pem)
    (authority,) = read_certificates(intermediate().pem)
    (impostor,) = read_certificates(
        issued(called="Test Intermediate", by=root(), authority=True).pem
    )
    assert leaf.is_issued_by(authority)
    assert not leaf.is_issued_by(impostor)
    assert not authority.is_of_itself
    assert read_certificates(root().pem)[0].is_of_itself


def test_a_key_belongs_to_one_certificate() -> None:
    (leaf,) = read_certificates(SHOP.pem)
    assert public_key_of(SHOP.key) == leaf.public_key
    assert public_key_of(intermediate().key) != leaf.public_key
    with pytest.raises(TypeError):
        public_key_of(SHOP.key_in("secret words"))
    with pytest.raises(ValueError, match="key"):
        public_key_of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")


@pytest.mark.parametrize(
    ("held", "domain", "is_covered"),
    [
        ("shop.example", "SHOP.example.", True),
        ("*.shop.example", "www.shop.example", True),
        ("*.shop.example", "*.shop.example", True),
        ("*.shop.example", "shop.example", False),
        ("*.shop.example", "a.www.shop.example", False),
        ("www.shop.example", "*.shop.example", False),
        ("*.example", "*.shop.example", False),
        ("*.localhost", "localhost", False),
        ("xn--bcher-kva.example", "bücher.example", True),
        ("*.xn--bcher-kva.example", "www.bücher.example", True),
        ("shop.example", "shop.example.org", False),
    ],
)
def test_a_wildcard_stands_for_one_label(held: str, domain: str, *, is_covered: bool) -> None:
    assert covers([held], domain) is is_covered


@pytest.mark.parametrize(
    ("inner", "why"), [("AAAA", "(?i)asn"), ("no base 64!", "no Base64"), ("", "(?i)asn")]
)
def test_what_is_none_is_refused(inner: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_certificates(f"-----BEGIN CERTIFICATE-----\n{inner}\n-----END CERTIFICATE-----\n")


def test_without_other_names_it_is_known_by_its_common_one() -> None:
    (old,) = read_certificates(issued(called="old.example").pem)
    assert old.names == ()
    assert old.covers("old.example")
