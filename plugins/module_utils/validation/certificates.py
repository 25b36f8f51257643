# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A site's own certificate against its key, its names and the calendar.

cryptography reads it, which ansible-core brings along. Where it is missing nobody looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any

from ..document.certificates import READABLE, Certificate, public_key_of, read_certificates
from ..document.domains import domain_keys, words
from ..document.place import Place
from ..document.schema import CERTIFICATES, PRIVATE_KEY, Key
from .findings import Finding

OTHER_KEY, EXPIRED, NO_NAME, NOT_READ = "other-key", "expired", "name-not-covered", "not-readable"
CODES = (OTHER_KEY, EXPIRED, NO_NAME, NOT_READ)


def certificate_doubts(
    site: dict[str, Any], place: Place, domains: str, now: datetime | None = None
) -> Iterator[tuple[Place, Finding]]:
    """What is wrong with the certificate that an entry of sites brings along.

    :param domains: the field that holds the site's domains.
    :param now: when it is; right now without it.
    """
    fields: dict[str, str] = {}
    for name in site:
        known = place.below(name).known
        if known is not None and known.type in (CERTIFICATES, PRIVATE_KEY) and _counts(known, site):
            fields[known.type] = name
    chain = site.get(fields.get(CERTIFICATES, ""))
    if not READABLE or not isinstance(chain, str) or "BEGIN CERTIFICATE" not in chain:
        return
    at = place.below(fields[CERTIFICATES])
    try:
        leaf = read_certificates(chain)[0]
    except (ValueError, IndexError):
        yield (
            at,
            Finding(
                str(at),
                NOT_READ,
                "holds a certificate that cannot be read",
                "Give PEM, leaf first.",
            ),
        )
        return
    names = _listed(leaf.known_as)
    if leaf.ends < (now or datetime.now(timezone.utc)):
        yield (
            at,
            Finding(
                str(at),
                EXPIRED,
                f"is a certificate for {names} that was valid until {leaf.ends:%Y-%m-%d}",
                "Give one that is valid.",
            ),
        )
    missing = [
        word
        for word in words(site.get(domains))
        for name in domain_keys(word)
        if not name.startswith("~") and "{" not in name and name != "_" and not leaf.covers(name)
    ]
    if missing:
        yield (
            at,
            Finding(
                str(at),
                NO_NAME,
                f"is a certificate for {names}, and not for {_listed(missing)}",
                f"Give one that has every name of {domains}.",
            ),
        )
    key = site.get(fields.get(PRIVATE_KEY, ""))
    if isinstance(key, str) and "PRIVATE KEY" in key and not _fits(key, leaf):
        yield (
            at,
            Finding(
                str(at),
                OTHER_KEY,
                f"does not belong to the private key in {fields[PRIVATE_KEY]}",
                "Give the key that the certificate was made for.",
            ),
        )


def _counts(known: Key, site: dict[str, Any]) -> bool:
    return known.only_with is None or site.get(known.only_with[0]) == known.only_with[1]


def _fits(key: str, leaf: Certificate) -> bool:
    """Whether the two belong together; an encrypted key, or one of another kind, is not looked into."""
    try:
        return public_key_of(key) == leaf.public_key
    except (ValueError, TypeError):
        return True


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown or "no name"
