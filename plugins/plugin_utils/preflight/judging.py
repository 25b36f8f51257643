# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the way of a certificate, out of what DNS says: no network, no clock.

Let's Encrypt connects to one of a name's addresses, an IPv6 one first, and wants an answer there that only the host
can give. So each address has to be the host's.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .dns_answers import Answer, Seen
from .names import Name
from .proxies import operator_of

AUTHORITY = "letsencrypt.org"

WILDCARD, NO_ADDRESS, ELSEWHERE, CAA = "wildcard", "no-address", "points-elsewhere", "caa"
PROXY, NOT_RESOLVED, HOST_UNKNOWN = "behind-a-proxy", "not-resolved", "host-unknown"
CODES = (WILDCARD, NO_ADDRESS, ELSEWHERE, CAA, PROXY, NOT_RESOLVED, HOST_UNKNOWN)
#: What may turn out well all the same, or cannot be told: nothing is refused for it.
DOUBTS = (PROXY, NOT_RESOLVED, HOST_UNKNOWN)

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

_CAA = re.compile(r'(?P<flags>\d+)\s+(?P<tag>\S+)\s+"?(?P<value>[^"]*)"?')
_KNOWN_TAGS = frozenset(
    {"issue", "issuewild", "iodef", "contactemail", "contactphone", "issuemail"}
)
_CRITICAL = 128
_METHODS = "validationmethods="


@dataclass(frozen=True)
class Finding:
    """What stands in the way of one name's certificate.

    :ivar path: where the configuration names it.
    :ivar code: one of C(CODES).
    :ivar message: a sentence without its end.
    """

    path: str
    code: str
    message: str
    hint: str

    @property
    def is_doubt(self) -> bool:
        return self.code in DOUBTS

    def __str__(self) -> str:
        return f"{self.message}. {self.hint} [{self.code}]"

    def shown(self) -> dict[str, Any]:
        """As a task returns it."""
        return {
            "path": self.path,
            "code": self.code,
            "message": f"{self.message}.",
            "hint": self.hint,
            "doubt": self.is_doubt,
        }


@dataclass(frozen=True)
class Here:
    """The host whose names they are.

    :ivar addresses: as DNS, or the platform, writes them.
    :ivar stand_ins: networks that stand for it: a load balancer, a proxy of one's own.
    """

    addresses: Collection[str]
    stand_ins: Sequence[Network] = ()

    def has(self, address: str) -> bool:
        parsed = ipaddress.ip_address(address)
        if any(parsed.version == net.version and parsed in net for net in self.stand_ins):
            return True
        return any(parsed == ipaddress.ip_address(one) for one in self.addresses)

    def __str__(self) -> str:
        return _listed(self.addresses)


def judged(name: Name, here: Here, seen: Seen | None) -> list[Finding]:
    """What stands in the way of a name's certificate; nothing where all is well.

    :param seen: None for a wildcard, of which nobody asks.
    """
    if name.is_wildcard or seen is None:
        return [
            Finding(
                name.path,
                WILDCARD,
                f"{name.domain} is a wildcard, and Let's Encrypt gives no certificate for one over HTTP",
                "Name the domains one by one, or give the application a certificate of its own (cert_type: custom).",
            )
        ]
    return [*_of_addresses(name, here, seen), *_of_caa(name, seen.caa)]


def _of_addresses(name: Name, here: Here, seen: Seen) -> Iterator[Finding]:
    domain = name.domain
    if seen.trouble:
        yield Finding(
            name.path,
            NOT_RESOLVED,
            f"{domain} could not be looked up: {seen.trouble}",
            "Look again later, or ask another resolver.",
        )
    if not seen.addresses:
        if not seen.trouble:
            what = "has no address" if seen.exists else "does not exist"
            yield Finding(
                name.path,
                NO_ADDRESS,
                f"{domain} {what} in DNS",
                f"Give it an A or AAAA record with {here if here.addresses else 'an address of the host'}.",
            )
        return
    if not here.addresses and not here.stand_ins:
        yield Finding(
            name.path,
            HOST_UNKNOWN,
            f"{domain} points at {_listed(seen.addresses)}, and no address of the host is known",
            "Look whether that is the host: neither its name nor its credentials tell.",
        )
        return
    wrong = [address for address in seen.addresses if not here.has(address)]
    if not wrong:
        return
    also = "also " if len(wrong) < len(seen.addresses) else ""
    at = f"{domain} {also}points at {_listed(wrong)}"
    operator = operator_of(wrong, seen.aliases)
    if operator:
        yield Finding(
            name.path,
            PROXY,
            f"{at}, which is {operator}, not at this host ({here})",
            "Let's Encrypt asks there. See that it passes on what is asked for below /.well-known/acme-challenge/.",
        )
        return
    yield Finding(
        name.path,
        ELSEWHERE,
        f"{at}, not at this host ({here})",
        "Change the record, or use cert_type: selfsigned until it is changed.",
    )


def _of_caa(name: Name, answer: Answer) -> Iterator[Finding]:
    if answer.trouble:
        yield Finding(
            name.path,
            NOT_RESOLVED,
            f"CAA records of {name.domain} could not be looked up: {answer.trouble}",
            "Let's Encrypt gives no certificate where it cannot look them up either.",
        )
        return
    records = [match for text in answer.records if (match := _CAA.fullmatch(text.strip()))]
    unknown = [
        record["tag"]
        for record in records
        if int(record["flags"]) & _CRITICAL and record["tag"].lower() not in _KNOWN_TAGS
    ]
    issuers = [record["value"] for record in records if record["tag"].lower() == "issue"]
    if unknown:
        why = f"has a critical CAA record that is not known ({', '.join(unknown)})"
    elif issuers and not any(map(_permits, issuers)):
        said = _listed(value.split(";")[0].strip() or "nobody" for value in issuers)
        why = f"has CAA records that permit {said}, and not {AUTHORITY}"
    else:
        return
    yield Finding(
        name.path,
        CAA,
        f"{name.domain} {why}",
        f'Add the record: CAA 0 issue "{AUTHORITY}".',
    )


def _permits(value: str) -> bool:
    """Whether an issue property lets Let's Encrypt prove a name over HTTP; its account is nobody's to know."""
    issuer, *parameters = (part.strip().lower() for part in value.split(";"))
    methods = [part.removeprefix(_METHODS) for part in parameters if part.startswith(_METHODS)]
    return issuer == AUTHORITY and all("http-01" in said.split(",") for said in methods)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))
