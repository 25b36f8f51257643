# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which proxy leads to the platform: what requests makes of the environment, and networks of IPv6 in NO_PROXY."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network
from urllib.parse import urlsplit

from .settings import Settings

with suppress(ImportError):  # said by requests_import_error in session.py
    from requests.utils import get_environ_proxies


def proxies_for(settings: Settings) -> dict[str, str]:
    """Proxies by scheme, as C(requests) takes them; none for this machine itself.

    A proxy between this machine and itself would only see the token go by.
    """
    if settings.is_loopback or _is_exempt(urlsplit(settings.url).hostname or ""):
        return {}
    return dict(get_environ_proxies(settings.url))


def _is_exempt(host: str) -> bool:
    """Whether NO_PROXY names an IPv6 network that the host is in; those of IPv4 are known to requests."""
    try:
        address = IPv6Address(host)
    except ValueError:
        return False
    return any(address in network for network in _exempt_networks())


def _exempt_networks() -> Iterator[IPv6Network]:
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    for part in named.split(","):
        with suppress(ValueError):
            yield IPv6Network(part.strip().replace("[", "").replace("]", ""), strict=False)
