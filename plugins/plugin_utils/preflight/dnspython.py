# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DNS by way of dnspython, where it is installed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from ...module_utils.client.errors import SettingsError
from ...module_utils.text.escaping import escape
from .dns_answers import Answer

try:
    import dns.exception
    import dns.resolver

    HAS_DNSPYTHON = True
except ImportError:
    HAS_DNSPYTHON = False

_PORT = 53
_SERVER = re.compile(r"(?:\[(?P<v6>[^\]]*)\]|(?P<v4>[^:]*)):(?P<port>[0-9]+)")


class DnsResolver:
    """Asks the servers that are named, or those of this machine.

    :param servers: C(192.0.2.53), C(192.0.2.53:5353), C(2001:db8::53) or C([2001:db8::53]:5353) each.
    :param timeout: seconds for one question, over all servers.
    :raises SettingsError: where dnspython is missing, a server is none, or this machine has none set up.
    """

    def __init__(self, servers: Sequence[str], timeout: float) -> None:
        if not HAS_DNSPYTHON:
            raise SettingsError(
                "Names cannot be looked up: the Python library dnspython is not installed here.",
                "Install it for the Python that runs Ansible: python3 -m pip install dnspython",
            )
        if timeout <= 0:
            raise SettingsError("The time limit of a question to DNS is more than 0 seconds.")
        self._timeout = timeout
        if servers:
            self._resolver = dns.resolver.Resolver(configure=False)
            parsed = [_server(text) for text in servers]
            self._resolver.nameservers = [address for address, _port in parsed]
            self._resolver.nameserver_ports = dict(parsed)
            return
        try:
            self._resolver = dns.resolver.Resolver()
        except dns.resolver.NoResolverConfiguration:
            raise SettingsError(
                "No DNS resolver is set up on this machine.", "Name one with the resolver option."
            ) from None

    def ask(self, name: str, kind: str) -> Answer:
        """As the port has it."""
        try:
            found = self._resolver.resolve(
                f"{name}.", kind, lifetime=self._timeout, raise_on_no_answer=False, search=False
            )
        except dns.resolver.NXDOMAIN:
            return Answer(exists=False)
        except dns.resolver.LifetimeTimeout:
            return Answer(trouble=f"no answer within {self._timeout:g} seconds")
        except dns.resolver.NoNameservers:
            return Answer(trouble="the resolver fails to answer (SERVFAIL, or it refuses)")
        except (dns.exception.DNSException, OSError, ValueError) as error:
            return Answer(trouble=f"{type(error).__name__}")
        aliases = [rrset[0].target.to_text(True) for rrset in found.chaining_result.cnames]
        return Answer(tuple(record.to_text() for record in found.rrset or ()), tuple(aliases))


def _server(text: str) -> tuple[str, int]:
    match = _SERVER.fullmatch(text.strip())
    try:
        if match is None:
            return str(ipaddress.ip_address(text.strip())), _PORT
        port = int(match["port"])
        if not 0 < port < 65536:
            raise ValueError(text)
        return str(ipaddress.ip_address(match["v6"] or match["v4"])), port
    except ValueError:
        raise SettingsError(
            f"This is no address of a DNS server: {escape(text)!r}.",
            "Give an IP address, with a port if it is not 53, as in 192.0.2.53:5353.",
        ) from None
