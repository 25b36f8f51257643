# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairs out of a folder: whose key is whose, and which chain belongs to what, in whatever order it all comes."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    decryption,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates import run
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.pairs import (
    Pairs,
    pairs_in,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.certificates.pem_files import (
    read_folder,
)

pytest.importorskip("cryptography")
from authority import Issued, intermediate, issued, root

SECOND = issued(called="Second Intermediate", by=intermediate(), authority=True)
DEEP = issued("deep.example", by=SECOND)
SHOP = issued("shop.example", by=intermediate())


@pytest.fixture
def censored() -> set[str]:
    return set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "certs"


def pairs(folder: Path, censored: set[str], *trusted: Issued, **files: str | bytes) -> Pairs:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_folder(str(folder), decryption(None), censored.update)
    known = {one.certificate.subject.rfc4514_string().removeprefix("CN=") for one in trusted}
    return pairs_in(found, lambda last: last.issuer in known, datetime.now(timezone.utc))


def test_a_chain_is_put_in_order_out_of_several_files(folder: Path, censored: set[str]) -> None:
    made = pairs(
        *(folder, censored, root()),
        one=intermediate().pem + DEEP.pem,
        two=SHOP.key + SECOND.pem,
        three=DEEP.key + SHOP.pem,
    )
    assert made.problems == made.strays == []
    chains = {pair.leaf.subject: [one.subject for one in pair.chain[1:]] for pair in made.usable}
    assert chains == {
        "deep.example": ["Second Intermediate", "Test Intermediate"],
        "shop.example": ["Test Intermediate"],
    }
    assert {pair.leaf.subject: pair.key.text for pair in made.usable} == {
        "deep.example": DEEP.key,
        "shop.example": SHOP.key,
    }
    assert not any(pair.doubt for pair in made.usable)
    assert censored == {DEEP.key.strip(), SHOP.key.strip()}


def test_what_is_missing_is_named(folder: Path, censored: set[str]) -> None:
    made = pairs(folder, censored, a=DEEP.pem + DEEP.key, b=SECOND.pem)
    (pair,) = made.usable
    assert "that of Test Intermediate, may be missing" in pair.doubt
    (problem,) = pairs(folder / "alone", censored, a=DEEP.pem + DEEP.key).problems
    assert "An intermediate certificate is missing: that of Second Intermediate" in problem


def test_an_authority_that_is_trusted_or_beside_it_ends_a_chain(
    folder: Path, censored: set[str]
) -> None:
    short = issued("short.example", by=root())
    assert pairs(folder, censored, root(), a=short.pem + short.key).usable[0].doubt == ""
    (beside,) = pairs(folder, censored, b=root().pem).usable
    assert [one.subject for one in beside.chain] == ["short.example"]


def test_what_could_be_another_chain_is_not_guessed(folder: Path, censored: set[str]) -> None:
    crossed = issued(
        called="Test Intermediate",
        by=issued(called="Other Root", authority=True),
        authority=True,
        private=intermediate().private,
    )
    files = {"a": SHOP.pem + SHOP.key, "b": intermediate().pem, "c": crossed.pem}
    (problem,) = pairs(folder, censored, root(), **files).problems
    assert "cannot be put in order without doubt" in problem
    # What lies in the same file is meant.
    files["a"] += intermediate().pem
    (pair,) = pairs(folder, censored, root(), **files).usable
    assert pair.fullchain == SHOP.pem + intermediate().pem


def test_an_intermediate_that_has_expired_is_none(folder: Path, censored: set[str]) -> None:
    gone = issued(called="Gone", by=root(), authority=True, days=-1, since=90)
    leaf = issued("shop.example", by=gone)
    (problem,) = pairs(folder, censored, root(), a=leaf.pem + leaf.key + gone.pem).problems
    assert "The intermediate certificate of Gone is not valid now" in problem


def test_one_that_issued_itself_is_a_pair(folder: Path, censored: set[str]) -> None:
    """As C(openssl req -x509) makes it: an authority by its own word."""
    own = issued("own.example", authority=True)
    (pair,) = pairs(folder, censored, a=own.pem, b=own.key).usable
    assert pair.fullchain == own.pem


def test_a_renewal_may_keep_its_key(folder: Path, censored: set[str]) -> None:
    again = issued("shop.example", by=intermediate(), days=200, private=SHOP.private)
    files = {"old": SHOP.pem, "new": again.pem, "key": SHOP.key, "chain": intermediate().pem}
    assert len(pairs(folder, censored, root(), **files).usable) == 2


def test_certificates_that_belong_to_none_are_told(folder: Path, censored: set[str]) -> None:
    files = {"a": SHOP.pem + SHOP.key + intermediate().pem, "b": SECOND.pem, "c": root().pem}
    assert pairs(folder, censored, **files).strays == ["Second Intermediate (b)"]


def test_links_are_followed_and_a_circle_ends(folder: Path, censored: set[str]) -> None:
    pairs(folder / "archive", censored, root(), a=SHOP.pem + SHOP.key + intermediate().pem)
    live = folder / "live"
    live.mkdir()
    (live / "round").symlink_to(folder)
    (live / "shop.pem").symlink_to(folder / "archive" / "a")
    (live / "broken").symlink_to(folder / "nowhere")
    (pair,) = pairs(live, censored, root()).usable
    assert "shop.pem" in pair.files


def test_a_traditional_key_is_read_and_one_behind_a_passphrase_is_not(
    folder: Path, censored: set[str]
) -> None:
    hidden = (
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
        "-----END RSA PRIVATE KEY-----\n"
    )
    (problem,) = pairs(folder, censored, a=hidden).problems
    assert "behind a passphrase" in problem


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x30\x82\x01\x00\x02\x01\x03", "is PKCS#12"),
        (b"\x30\x03\x02\x01\x00", "is DER, and no certificate"),
        (b"-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n", "certificates in PKCS#7"),
        (
            b"-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----",
            "own form",
        ),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot be read"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "cannot be read"),
    ],
)
def test_other_forms_are_refused_by_name(
    folder: Path, censored: set[str], content: bytes, told: str
) -> None:
    (problem,) = pairs(folder, censored, a=content).problems
    assert told in problem


def test_what_is_none_of_it_is_left_alone(folder: Path, censored: set[str]) -> None:
    request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"
    made = pairs(folder, censored, a=request, b="0 words", c=b"\x00" * 9, __hidden="-----BEGIN ")
    assert made == Pairs()


def test_the_roots_of_this_machine_are_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path, censored: set[str]
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(f"# Two\n{SECOND.pem}{root().pem}", encoding="utf-8")
    monkeypatch.setattr(run, "usual_authorities", lambda: str(bundle))
    (pair,) = pairs(folder, censored, a=SHOP.pem + SHOP.key + intermediate().pem).usable
    assert run._is_trusted(pair.chain[-1])
    assert not run._is_trusted(pair.leaf)
    bundle.unlink()
    assert not run._is_trusted(pair.chain[-1])
