# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that are no host's own: what is known of those who answer in the place of many web sites."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

# As they publish them themselves (read in June 2026).
_NETWORKS = {
    "Cloudflare": (
        *("173.245.48.0/20", "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22"),
        *("141.101.64.0/18", "108.162.192.0/18", "190.93.240.0/20", "188.114.96.0/20"),
        *("197.234.240.0/22", "198.41.128.0/17", "162.158.0.0/15", "104.16.0.0/13"),
        *("104.24.0.0/14", "172.64.0.0/13", "131.0.72.0/22"),
        *("2400:cb00::/32", "2606:4700::/32", "2803:f800::/32", "2405:b500::/32"),
        *("2405:8100::/32", "2a06:98c0::/29", "2c0f:f248::/32"),
    ),
    "Fastly": (
        "151.101.0.0/16",
        "199.232.0.0/16",
        "146.75.0.0/17",
        "2a04:4e40::/32",
        "2a04:4e42::/32",
    ),
}
_ALIASES = {
    "cdn.cloudflare.net": "Cloudflare",
    "fastly.net": "Fastly",
    "fastlylb.net": "Fastly",
    "cloudfront.net": "Amazon CloudFront",
    "edgekey.net": "Akamai",
    "edgesuite.net": "Akamai",
    "akamaiedge.net": "Akamai",
    "azureedge.net": "Azure CDN",
    "azurefd.net": "Azure Front Door",
    "b-cdn.net": "bunny.net",
    "sucuri.net": "Sucuri",
    "incapdns.net": "Imperva",
    "impervadns.net": "Imperva",
}
_PARSED = [
    (ipaddress.ip_network(network), operator)
    for operator, networks in _NETWORKS.items()
    for network in networks
]


def operator_of(addresses: Sequence[str], aliases: Iterable[str]) -> str:
    """Who runs the proxies that all of these addresses belong to; empty where that is not known.

    :param aliases: the names that led to the addresses.
    """
    for alias in aliases:
        name = alias.lower().rstrip(".")
        for suffix, operator in _ALIASES.items():
            if name == suffix or name.endswith(f".{suffix}"):
                return operator
    operators = {_operator(address) for address in addresses}
    return operators.pop() if len(operators) == 1 else ""


def _operator(address: str) -> str:
    parsed = ipaddress.ip_address(address)
    return next(
        (
            operator
            for network, operator in _PARSED
            if parsed.version == network.version and parsed in network
        ),
        "",
    )
