# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates in a diff and in a change are told, and keys are in neither."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import (
    certificate_text,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.diff import diff
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import explain

pytest.importorskip("cryptography")
from authority import Issued, intermediate, issued

OLD, NEW = (issued("shop.example", "www.shop.example", by=intermediate(), days=n) for n in (5, 90))
OURS = Policy(schema={"tls": {"type": "PEM certificates"}})


def site(text: Any, key: str = "", **more: Any) -> dict[str, Any]:
    vhost = {"app_name": "shop", "cert_fullchain": text, "cert_pvk": key, **more}
    return {"system_users": [{"username": "prod", "vhosts": [vhost]}]}


def told(one: Issued) -> str:
    return (
        "          shop.example, www.shop.example\n"
        "          issued by Test Intermediate\n"
        f"          valid from {one.certificate.not_valid_before_utc:%Y-%m-%d} until {one.until}\n"
        f"          SHA-256 {one.fingerprint}"
    )


def test_a_certificate_is_told() -> None:
    shown = diff(site(OLD.pem, OLD.key), site(NEW.pem + intermediate().pem, NEW.key), "host")
    assert told(OLD) in shown["before"]
    assert told(NEW) in shown["after"]
    assert (
        f"chain: Test Intermediate, until {intermediate().until}, "
        f"SHA-256 {intermediate().fingerprint}" in shown["after"]
    )
    assert "BEGIN" not in f"{shown}"


def test_a_change_is_told_in_a_line() -> None:
    first, _key = explain(site(OLD.pem, OLD.key), site(NEW.pem, NEW.key))
    line = first.summary()
    for one in (OLD, NEW):
        assert (
            "certificate for shop.example, www.shop.example, by Test Intermediate, "
            f"until {one.until}, SHA-256 {one.fingerprint[:23]}…" in line
        )
    # What a condition compares stays what it is.
    assert first.shown()["after"] == NEW.pem


def test_one_in_what_is_added_is_told_as_well() -> None:
    shown = diff({}, site(NEW.pem), "host")["after"]
    assert NEW.fingerprint in shown
    assert "BEGIN" not in shown


def test_what_differs_in_its_text_alone_does_not_look_the_same() -> None:
    shown = diff(site(NEW.pem), site(f"# new\n{NEW.pem}"), "host")
    assert "written otherwise" in shown["after"]
    assert "written otherwise" not in shown["before"]


def test_a_key_of_the_users_own_is_read_by_what_it_is() -> None:
    assert NEW.fingerprint in diff({}, {"tls": NEW.pem}, "host", OURS)["after"]
    assert "BEGIN CERTIFICATE" in diff({}, {"tls": NEW.pem}, "host")["after"]


def test_what_is_not_just_certificates_is_shown_as_any_text() -> None:
    assert "BEGIN CERTIFICATE" in diff({}, site(f"{NEW.pem}{NEW.key}"), "host")["after"]
    assert NEW.key.splitlines()[1] not in diff({}, site(f"{NEW.pem}{NEW.key}"), "host")["after"]
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    assert "AAAA" in diff({}, site(broken), "host")["after"]
    hidden = Policy(secret_paths=["**.cert_fullchain"])
    assert NEW.fingerprint not in diff({}, site(NEW.pem), "host", hidden)["after"]


def test_without_cryptography_the_fingerprint_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_text, "READABLE", False)
    shown = diff({}, site(NEW.pem + intermediate().pem), "host")["after"]
    assert f"SHA-256 {NEW.fingerprint}" in shown
    assert "with one more behind it" in shown
    assert "cryptography is missing here" in shown
    first, *_others = explain(site(""), site(NEW.pem))
    assert f"certificate with SHA-256 {NEW.fingerprint[:23]}" in first.summary()
