# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names for which the platform is to obtain a certificate from Let's Encrypt, by a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...module_utils.document.domains import domain_keys, words
from ...module_utils.document.equality import is_blank
from ...module_utils.document.known_keys import AUTOMATIC_CERTIFICATE
from ...module_utils.document.policy import DEFAULT, Policy
from ...module_utils.document.walk import visit

_WILDCARD = "*."


@dataclass(frozen=True)
class Name:
    """A name that a web application serves.

    :ivar domain: as DNS knows it.
    :ivar path: where the configuration names it, without secrets.
    """

    domain: str
    path: str

    @property
    def is_wildcard(self) -> bool:
        return self.domain.startswith(_WILDCARD)


def names_in(document: dict[str, Any], policy: Policy | None = None) -> Iterator[Name]:
    """Each name of each application whose certificate comes from Let's Encrypt.

    What is no name before the platform has rendered it, regular expressions, and what stands for any name are left
    out: nobody but the platform knows what they will be.

    :raises PlanError: for nesting without end.
    """
    for place, value in visit(document, (policy or DEFAULT).root):
        rule = place.meaning.known_rule(place, value) if isinstance(value, list) else None
        if rule is None or rule.kind != "sites":
            continue
        for at, site in zip(place.entries(value, rule), value, strict=True):
            if isinstance(site, dict) and _is_automatic(site):
                path = str(at.below(rule.domains))
                for word in words(site.get(rule.domains)):
                    for domain in domain_keys(word):
                        if not _is_unknown(domain):
                            yield Name(domain, path)


def _is_automatic(site: dict[str, Any]) -> bool:
    key, value = AUTOMATIC_CERTIFICATE
    said = site.get(key)
    return is_blank(said) or (isinstance(said, str) and said.strip().lower() == value)


def _is_unknown(domain: str) -> bool:
    return domain == "_" or domain.startswith("~") or any(mark in domain for mark in "{}")
