# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the keys of a configuration are: the words in which the table says it, and how the table is asked.

The table of the platform's own keys is C(known_keys.py); C(schema_extension.py) lays a user's over it. A key that
is in neither is unknown, which says nothing about whether it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# What a value may be. Entries and members of a list have one of these as well: C(list of addresses).
TEXT, BOOLEAN, INTEGER, NUMBER, MAP = "text", "boolean", "integer", "number", "map"
VERSION, SIZE, PORT, PATH, HOSTNAME = "version", "size", "port", "path", "hostname"
ADDRESS, SSH_KEY, DOMAIN, DOMAINS = "address", "SSH key", "domain", "domains"
PRIVATE_KEY, CERTIFICATES, COUNTRIES = "PEM private key", "PEM certificates", "country codes"
SCALARS = (
    *(TEXT, BOOLEAN, INTEGER, NUMBER, VERSION, SIZE, PORT, PATH, HOSTNAME, ADDRESS, SSH_KEY),
    *(DOMAIN, DOMAINS, PRIVATE_KEY, CERTIFICATES, COUNTRIES),
)
# How a list is named after what is in it.
LISTS: Mapping[str, str] = {
    "list of maps": MAP,
    "list of texts": TEXT,
    "list of versions": VERSION,
    "list of addresses": ADDRESS,
    "list of SSH keys": SSH_KEY,
    "list of domains": DOMAIN,
}
TYPES = (*SCALARS, MAP, *LISTS)

ANYWHERE = "*"
UNION, REPLACE = "union", "replace"


@dataclass(frozen=True)
class Identity:
    """What tells the entries of a list of maps apart.

    :ivar field: the key whose value names an entry.
    :ivar domains: the key that holds the domains an entry serves; it finds one that has no name.
    """

    field: str
    domains: str = ""


@dataclass(frozen=True)
class Key:
    """What is known of one key.

    :ivar type: one of C(TYPES).
    :ivar within: the key in whose map, or entries, it belongs; empty at the top of the document.
    :ivar only_there: whether it means something else in any other place.
    :ivar identity: of a list of maps.
    :ivar policy: C(union) or C(replace), where a list is not read by what is in it.
    :ivar secret: None where the general words for secrets decide by the name.
    :ivar values: what is known to be accepted; C(closed), that nothing else is.
    :ivar only_with: a key beside it and the value of that one, without which it has no effect.
    :ivar ordered: of domains: whether their order means something, the first one most of all.
    :ivar product: what a version is one of, where the name does not say so: C(php) of C(php_main_version).
    :ivar since: the version of this collection that first knew it.
    """

    name: str
    type: str = TEXT
    help: str = ""
    within: str = ""
    only_there: bool = False
    identity: Identity | None = None
    policy: str = ""
    secret: bool | None = None
    values: tuple[str, ...] = ()
    closed: bool = False
    example: str = ""
    only_with: tuple[str, str] | None = None
    ordered: bool = False
    product: str = ""
    since: str = "1.0.0"

    @property
    def holds(self) -> str:
        """What a value of it is, or what each member is where it is a list."""
        return LISTS.get(self.type, self.type)

    @property
    def is_list(self) -> bool:
        return self.type in LISTS


@dataclass(frozen=True)
class Family:
    """What is known of all keys whose names are of one form, where nothing is known of the key itself.

    :ivar form: the form of the whole name, in lower case.
    :ivar key: without a name of its own.
    """

    form: re.Pattern[str]
    key: Key


@dataclass(frozen=True)
class Schema:
    """Every key that is known.

    :ivar conventional: fields that tell entries apart in lists that nothing is known of; tried in this order.
    """

    keys: tuple[Key, ...]
    families: tuple[Family, ...] = ()
    conventional: tuple[str, ...] = ()
    _by_name: dict[str, tuple[Key, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for key in self.keys:
            self._by_name[key.name] = (*self._by_name.get(key.name, ()), key)

    def key(self, name: str, within: str) -> Key | None:
        """What is known of a key by its name and by the key that it lies under; None if nothing is."""
        known = self._by_name.get(name, ())
        for key in known:
            if key.within in (within, ANYWHERE):
                return key
        for key in known:
            if not key.only_there:
                return key
        lowered = name.lower()
        for family in self.families:
            if family.form.fullmatch(lowered):
                return family.key
        return None

    def with_keys(self, keys: Iterable[Key]) -> Schema:
        """This schema with others laid over it; a key of the same name and place is replaced."""
        laid = {(key.name, key.within): key for key in (*self.keys, *keys)}
        return Schema(tuple(laid.values()), self.families, self.conventional)

    def below(self, within: str) -> Iterator[Key]:
        """The keys that belong into the map, or the entries, of a key; at the top without one."""
        return (key for key in self.keys if key.within == within)
