# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the names of many hosts can get their certificates: look all of them up, and judge each.

A host's own name tells its addresses. What points elsewhere is compared with the addresses in the host's credentials
as well, which takes a request for each such host, and none for the others.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ...module_utils.answers.accounts import find_credentials
from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.document.domains import domain_key
from ...module_utils.resources import credentials
from ...module_utils.text.escaping import escape
from .dns_answers import Resolver, Seen
from .dnspython import DnsResolver
from .judging import (
    ELSEWHERE,
    HOST_UNKNOWN,
    PROXY,
    Finding,
    Here,
    Network,
    judged,
)
from .looking import looked_up
from .names import Name

LOOKUPS: dict[str, dict[str, Any]] = {
    "resolver": {"type": "list", "elements": "str", "default": []},
    "stand_ins": {"type": "list", "elements": "str", "default": []},
    "timeout": {"type": "float", "default": 5.0},
    "time_limit": {"type": "float", "default": 120.0},
    "lookups": {"type": "int", "default": 16},
}

_MOST_LOOKUPS = 128
_REQUESTS = 4
_NOT_HERE = (ELSEWHERE, HOST_UNKNOWN, PROXY)
# What no name in the world's DNS should point at, so that it tells nothing of where a host is to be found.
_INNER = tuple(
    map(
        ipaddress.ip_network,
        (
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"),
            *("169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128"),
        ),
    )
)


@dataclass(frozen=True)
class Lookups:
    """How DNS is asked.

    :ivar resolver: addresses of DNS servers; this machine's own if there are none.
    :ivar stand_ins: networks that stand for the hosts.
    :ivar timeout: seconds for one question; :ivar time_limit: for all of them.
    :ivar lookups: how many are under way at once.
    """

    resolver: tuple[str, ...]
    stand_ins: tuple[str, ...]
    timeout: float
    time_limit: float
    lookups: int

    def asking(self) -> Resolver:
        """:raises SettingsError: for options that make no sense, and where dnspython is missing."""
        if not 1 <= self.lookups <= _MOST_LOOKUPS:
            raise SettingsError(
                f"{self.lookups} questions to DNS at once are not possible.",
                f"Choose from 1 to {_MOST_LOOKUPS}.",
            )
        return DnsResolver(self.resolver, self.timeout)

    @property
    def networks(self) -> list[Network]:
        """:raises SettingsError: for what is no network."""
        return [_network(text) for text in self.stand_ins]


@dataclass(frozen=True)
class Target:
    """A host and the names that it needs certificates for.

    :ivar name: its own, which normally is a name in DNS.
    """

    id: int
    name: str
    names: tuple[Name, ...]


def preflight(
    targets: Sequence[Target],
    lookups: Lookups,
    addresses_of: Callable[[int], Iterable[str]],
) -> dict[int, list[Finding]]:
    """What stands in the way, by the ids of hosts; those of which nothing does are not there.

    :param addresses_of: the addresses that a host's credentials name, by its id; raises TurboStackError.
    :raises SettingsError: for options that make no sense, and where dnspython is missing.
    """
    resolver, networks = lookups.asking(), lookups.networks
    asked = [domain for target in targets for domain in (*_own_name(target), *_domains(target))]
    seen = looked_up(asked, resolver, lookups.lookups, lookups.time_limit)

    def findings(target: Target) -> list[Finding]:
        own = [address for name in _own_name(target) for address in seen[name].addresses]
        here = Here(_outer([*own, target.name]), networks)
        found = _judged(target, here, seen)
        if any(finding.code in _NOT_HERE for finding in found):
            try:
                more = _outer(addresses_of(target.id))
            except TurboStackError as error:
                return [_with_reason(finding, error) for finding in found]
            found = _judged(target, Here((*here.addresses, *more), networks), seen)
        return found

    needy = [target for target in targets if target.names]
    with ThreadPoolExecutor(_REQUESTS, thread_name_prefix="preflight") as pool:
        every = dict(zip((one.id for one in needy), pool.map(findings, needy), strict=True))
    return {number: found for number, found in every.items() if found}


def addresses_in_credentials(api: Api, number: int) -> Iterable[str]:
    """The addresses that a host's credentials name.

    :raises TurboStackError: where they cannot be read.
    """
    return find_credentials(credentials.read(api, number)).addresses


def _judged(target: Target, here: Here, seen: Mapping[str, Seen]) -> list[Finding]:
    every = dict.fromkeys(target.names)
    return [finding for name in every for finding in judged(name, here, seen.get(name.domain))]


def _domains(target: Target) -> list[str]:
    return [name.domain for name in target.names if not name.is_wildcard]


def _own_name(target: Target) -> list[str]:
    """The host's name, where it may be one in DNS, and where anything is to be compared with it."""
    name = domain_key(target.name.strip())
    fits = "." in name and name.isascii() and not any(map(str.isspace, name)) and "*" not in name
    return [name] if fits and target.names and not _is_address(name) else []


def _outer(texts: Iterable[str]) -> tuple[str, ...]:
    """The addresses among texts at which the world may find a host."""
    return tuple(
        text.strip()
        for text in texts
        if _is_address(text.strip())
        and not any(ipaddress.ip_address(text.strip()) in network for network in _INNER)
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _with_reason(finding: Finding, error: TurboStackError) -> Finding:
    if finding.code not in _NOT_HERE:
        return finding
    hint = f"{finding.hint} (Its credentials, which may name more addresses, could not be read: {error.message})"
    return Finding(finding.path, finding.code, finding.message, hint)


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise SettingsError(
            f"This is no network: {escape(text)}.",
            "Write it as in 192.0.2.0/24 or 2001:db8::/32, or give one address.",
        ) from None
