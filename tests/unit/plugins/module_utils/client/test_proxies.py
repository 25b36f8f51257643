# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which requests go through a proxy."""

from __future__ import annotations

import os

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.proxies import (
    proxies_for,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)

PROXY = "http://proxy.invalid:3128"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HTTPS_PROXY", PROXY)


def proxy_for(url: str) -> str | None:
    return proxies_for(Settings.resolve({"api_url": url, "api_token": "t0k3n"}, {})).get("https")


@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize(
    ("url", "exempt"),
    [
        ("https://10.1.2.3", "10.0.0.0/8"),
        ("https://10.1.2.3:8443", "192.0.2.1,10.0.0.0/8"),
        ("https://[fd00::1]", "fd00::/8"),
        ("https://[fd00::1]:8443", "localhost, FD00::/8"),
        ("https://[fd12:3456::9]/turbo", "fd12:3456:0:0:0:0:0:0/32"),
        ("https://[2001:db8::9]", "[2001:db8::]/32"),
        ("https://[2001:db8::9]", "2001:db8::1/64"),
        ("https://[2001:db8::9]", "2001:0db8:0:0::9"),
        ("https://[2001:db8::9]", "[2001:db8::9]"),
    ],
)
def test_an_address_in_an_exempt_network_is_asked_directly(
    variable: str, url: str, exempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, exempt)
    assert proxy_for(url) is None


@pytest.mark.parametrize(
    ("url", "exempt"),
    [
        ("https://[fd00::1]", ""),
        ("https://[fe00::1]", "fd00::/8"),
        ("https://[2001:db8:1::9]", "2001:db8::/48"),
        ("https://[2001:db8::9]", "10.0.0.0/8,nonsense/8,2001:db8::/129"),
        ("https://platform.invalid", "fd00::/8"),
        ("https://11.1.2.3", "10.0.0.0/8"),
    ],
)
def test_any_other_goes_through_the_proxy(
    url: str, exempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", exempt)
    assert proxy_for(url) == PROXY


def test_this_machine_is_never_asked_through_a_proxy() -> None:
    assert proxy_for("https://localhost:8443") is None
    assert proxy_for("https://[::1]") is None
