# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vhosts of a configuration that have a certificate of their own, and what they hold of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.certificates import Certificate, public_key_of, read_certificates
from ...module_utils.document.domains import domain_keys, words
from ...module_utils.document.equality import is_blank
from ...module_utils.document.known_keys import AUTOMATIC_CERTIFICATE
from ...module_utils.document.place import Place
from ...module_utils.document.policy import Policy
from ...module_utils.document.schema import CERTIFICATES, PRIVATE_KEY, Schema
from ...module_utils.document.walk import visit
from ...module_utils.plan.changes import ADD, CHANGE, Change

CUSTOM, AUTOMATIC, SELF_SIGNED = "custom", "letsencrypt", "selfsigned"
TYPES = (CUSTOM, AUTOMATIC, SELF_SIGNED)

_CATCH_ALL = "_"
_JINJA = ("{{", "{%")


@dataclass(frozen=True)
class Fields:
    """The keys of a vhost that say what its certificate is.

    :ivar kind: where it comes from; C(custom), the value with which the others count.
    """

    kind: str
    custom: str
    chain: str
    key: str


@dataclass(frozen=True)
class Site:
    """A vhost.

    :ivar kind: where its certificate comes from, one of C(TYPES) if it is known.
    :ivar domains: what it serves, as DNS knows it.
    :ivar unknown: what of its names only the platform knows: regular expressions, and text in Jinja.
    :ivar is_rendered: whether its certificate or its key is Jinja, and so not here.
    :ivar stored: its certificates; None where it has some that cannot be read.
    :ivar public: what belongs to its key; empty where it has none, None where that cannot be read.
    """

    place: Place
    fields: Fields
    entry: dict[str, Any] = field(repr=False)
    kind: str
    domains: tuple[str, ...]
    unknown: tuple[str, ...]
    is_rendered: bool
    stored: tuple[Certificate, ...] | None
    public: bytes | None

    def __str__(self) -> str:
        return str(self.place)

    @property
    def leaf(self) -> Certificate | None:
        """What a browser is shown."""
        return self.stored[0] if self.stored else None

    def given(self, fullchain: str, key: str) -> Iterator[Change]:
        """What changes so that the vhost has a certificate, and nothing else of it."""
        wanted = {self.fields.key: key, self.fields.chain: fullchain}
        if self.kind != CUSTOM:
            wanted[self.fields.kind] = self.fields.custom
        for name, value in wanted.items():
            at = self.place.below(name)
            if name in self.entry:
                yield Change(at, CHANGE, self.entry[name], value)
            else:
                yield Change(at, ADD, after=value)


def sites_in(document: dict[str, Any], policy: Policy) -> Iterator[Site]:
    """The vhosts of a configuration that may have a certificate.

    :raises PlanError: for nesting without end.
    """
    for place, value in visit(document, policy.root):
        rule = place.meaning.known_rule(place, value) if isinstance(value, list) else None
        if rule is None or rule.kind != "sites":
            continue
        fields = _fields(place.meaning.schema, place.key)
        if fields is None:
            continue
        for at, entry in zip(place.entries(value, rule), value, strict=True):
            if isinstance(entry, dict):
                yield _site(at, fields, entry, rule.domains)


def _fields(schema: Schema, within: str) -> Fields | None:
    known = {key.type: key for key in schema.below(within)}
    chain, key = known.get(CERTIFICATES), known.get(PRIVATE_KEY)
    if chain is None or key is None or chain.only_with is None:
        return None
    return Fields(*chain.only_with, chain.name, key.name)


def _site(place: Place, fields: Fields, entry: dict[str, Any], domains: str) -> Site:
    known, unknown = [], []
    for word in words(entry.get(domains)):
        for name in domain_keys(word):
            if name.startswith("~") or "{" in name or name.endswith(".*"):
                unknown.append(word)
            elif name != _CATCH_ALL:
                known.append(name)
    chain, key = entry.get(fields.chain), entry.get(fields.key)
    is_rendered = any(
        isinstance(one, str) and any(mark in one for mark in _JINJA) for one in (chain, key)
    )
    return Site(
        place,
        fields,
        entry,
        _kind(entry.get(fields.kind)),
        tuple(dict.fromkeys(known)),
        tuple(unknown),
        is_rendered,
        _stored(chain),
        _public(key),
    )


def _kind(said: Any) -> str:
    if is_blank(said):
        return AUTOMATIC_CERTIFICATE[1]
    # The platform knows selfsigned and self-signed.
    return str(said).strip().lower().replace("-", "")


def _stored(chain: Any) -> tuple[Certificate, ...] | None:
    if is_blank(chain):
        return ()
    try:
        return tuple(read_certificates(str(chain))) or None
    except ValueError:
        return None


def _public(key: Any) -> bytes | None:
    if is_blank(key):
        return b""
    try:
        return public_key_of(str(key))
    except (ValueError, TypeError):
        return None
