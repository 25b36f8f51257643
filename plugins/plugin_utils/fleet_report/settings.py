# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a configuration says of versions, applications and certificates, wherever it says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...module_utils.document.masking import MASK
from ...module_utils.validation.end_of_life import EndOfLife, Standing, numbers
from .texts import shown

_LONGEST_VERSION = 24
_SPELLINGS = {"selfsigned": "self-signed", "letsencrypt": "Let's Encrypt"}
#: A vhost that does not name the kind of its certificate.
NOT_SAID = "not said"
_DEPTH = 60


@dataclass(frozen=True)
class Version:
    """A version of a product as it is configured somewhere."""

    product: str
    name: str
    version: str
    standing: Standing

    @property
    def label(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def order(self) -> tuple[str, tuple[int, ...], str]:
        """Products by name, and the numbers of their versions as numbers: 8.10 after 8.9."""
        return (self.name.casefold(), numbers(self.version) or (), self.version)


@dataclass(frozen=True)
class Settings:
    """:ivar certificates: how many vhosts have a certificate of a kind."""

    versions: tuple[Version, ...]
    applications: tuple[str, ...]
    certificates: tuple[tuple[str, int], ...]


def read_settings(config: Any, table: EndOfLife) -> Settings:
    """What a configuration says; nothing for one that could not be read."""
    versions: set[Version] = set()
    applications: set[str] = set()
    certificates: Counter[str] = Counter()
    for block in _maps(config, _DEPTH):
        for key, value in block.items():
            if version := version_under(key, value, table):
                versions.add(version)
        if application := shown(block.get("app_type"), 40):
            applications.add(application)
        for vhost in _vhosts(block):
            certificates[certificate_kind(vhost.get("cert_type"))] += 1
    return Settings(
        versions=tuple(sorted(versions, key=lambda version: version.order)),
        applications=tuple(sorted(applications)),
        certificates=tuple(sorted(certificates.items())),
    )


def version_under(key: Any, value: Any, table: EndOfLife) -> Version | None:
    """The version that a key of a configuration holds; None for what is no version."""
    product = table.product_of(key) if isinstance(key, str) else None
    version = shown(value, _LONGEST_VERSION) if product else ""
    if not product or not version or MASK in version:
        return None
    return Version(product, table.name_of(product), version, table.standing(product, version))


def certificate_kind(value: Any) -> str:
    """A kind of certificate; C(selfsigned) and C(self-signed) are one."""
    said = shown(value, 40)
    return _SPELLINGS.get(said.casefold().replace("-", "").replace("_", ""), said) or NOT_SAID


def _maps(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if not depth:
        return
    if isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _maps(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                yield from _maps(item, depth - 1)


def _vhosts(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    vhosts = block.get("vhosts")
    if isinstance(vhosts, list):
        for vhost in vhosts:
            if isinstance(vhost, dict):
                yield vhost
