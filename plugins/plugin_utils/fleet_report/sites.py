# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sites of a configuration, as the people know them whose sites they are: domains, application, certificate."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils.document import certificates
from ...module_utils.document.domains import words
from ...module_utils.document.masking import MASK
from ...module_utils.validation.end_of_life import EndOfLife
from .settings import Version, certificate_kind, version_under
from .texts import shown
from .thresholds import Level

#: A certificate that ends within so many days is one to look at.
SOON = datetime.timedelta(days=30)
_CUSTOM = "custom"


@dataclass(frozen=True)
class SiteCertificate:
    """The certificate of a site.

    :ivar ends: the last day on which it is valid; None where nobody says.
    :ivar issuer: who issued it; empty where nobody says.
    :ivar covers: whether it is for all domains of the site; None where nobody says.
    """

    kind: str
    ends: datetime.date | None = None
    issuer: str = ""
    covers: bool | None = None

    def level(self, today: datetime.date) -> Level:
        """How urgent it is to look after it."""
        if self.ends is None:
            return Level.UNKNOWN
        if self.ends < today:
            return Level.CRITICAL
        return Level.WARNING if self.ends - today <= SOON or not self.covers else Level.OK


@dataclass(frozen=True)
class Site:
    """A vhost.

    :ivar domains: as they are written; the first one is what people call the site.
    :ivar versions: those that it says itself; its host may say more.
    """

    domains: tuple[str, ...]
    application: str
    versions: tuple[Version, ...]
    certificate: SiteCertificate

    @property
    def name(self) -> str:
        return self.domains[0] if self.domains else "a site without a domain"


def first_end(sites: Sequence[Site]) -> datetime.date | None:
    """When the first of their certificates ends; None where none says."""
    return min((site.certificate.ends for site in sites if site.certificate.ends), default=None)


def certificate_problem(sites: Sequence[Site], today: datetime.date) -> tuple[Level, str]:
    """What is most urgent about how long their certificates are valid."""
    first = first_end(sites)
    if first is None or first - today > SOON:
        return Level.OK, ""
    ended = first < today
    return (
        Level.CRITICAL if ended else Level.WARNING,
        f"A certificate {'ended' if ended else 'ends'} on {first}",
    )


def read_sites(config: Any, table: EndOfLife) -> tuple[Site, ...]:
    """The sites of a host, in the order of its configuration; none of one that could not be read."""
    return tuple(_site(vhost, table) for vhost in _vhosts(config))


def _vhosts(config: Any) -> Iterator[Mapping[str, Any]]:
    users = config.get("system_users") if isinstance(config, Mapping) else None
    for user in users if isinstance(users, list) else ():
        vhosts = user.get("vhosts") if isinstance(user, Mapping) else None
        for vhost in vhosts if isinstance(vhosts, list) else ():
            if isinstance(vhost, Mapping):
                yield vhost


def _site(vhost: Mapping[str, Any], table: EndOfLife) -> Site:
    named = words(vhost.get("server_name"))
    versions = {
        version for key, value in vhost.items() if (version := version_under(key, value, table))
    }
    return Site(
        domains=tuple(dict.fromkeys(map(shown, named))),
        application=shown(vhost.get("app_type"), 40),
        versions=tuple(sorted(versions, key=lambda version: version.order)),
        certificate=_certificate(vhost, named),
    )


def _certificate(vhost: Mapping[str, Any], domains: list[str]) -> SiteCertificate:
    said, chain = vhost.get("cert_type"), vhost.get("cert_fullchain")
    # The platform makes and renews the other kinds itself, whatever is left of an earlier one in the configuration.
    if said != _CUSTOM or not isinstance(chain, str) or MASK in chain or not certificates.READABLE:
        return SiteCertificate(certificate_kind(said))
    try:
        leaf = next(iter(certificates.read_certificates(chain)), None)
    except ValueError:
        leaf = None
    if leaf is None:
        return SiteCertificate(certificate_kind(said))
    plain = [domain for domain in domains if "{" not in domain and not domain.startswith("~")]
    return SiteCertificate(
        kind=certificate_kind(said),
        ends=leaf.ends.date(),
        issuer=shown(leaf.issuer, 60),
        covers=all(leaf.covers(domain) for domain in plain),
    )
