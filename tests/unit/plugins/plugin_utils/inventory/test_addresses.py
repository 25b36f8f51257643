# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes C(ansible_host)."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.addresses import (
    address,
    is_this_machine,
)


@pytest.mark.parametrize(
    "name",
    [
        "web1",
        "web-1.shop.example",
        "192.0.2.7",
        "2001:db8::7",
        "_dmarc.example",
        "WEB.example",
        "1e3",
    ],
)
def test_host_names_and_addresses(name: str) -> None:
    assert address(name) == name


def test_an_international_name_as_dns_knows_it() -> None:
    assert address("é.example") == "xn--9ca.example"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-oProxyCommand=touch",
        "-web.example",
        "web-.example",
        "two words",
        "user@host",
        "host:2222",
        "a/b",
        "{{ x }}",
        "$(touch x)",
        "web1\n",
        "..",
        "a..b",
        "x" * 64,
        "fe80::1%eth0",
        "é" * 80,
        "\u202eabc",
    ],
)
def test_nothing_else(name: str) -> None:
    assert address(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "web.localhost",
        "localhost.localdomain",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",  # noqa: S104
        "0",
        "::1",
        "::",
        "::ffff:127.0.0.1",
    ],
)
def test_the_controller_is_nobodys_address(name: str) -> None:
    assert is_this_machine(name)
    assert address(name) is None


@pytest.mark.parametrize(
    "name", ["local.example", "10.0.0.1", "web1", "dead.beef", "::2", "1e3", ""]
)
def test_other_machines(name: str) -> None:
    assert not is_this_machine(name)
