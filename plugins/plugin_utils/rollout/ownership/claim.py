# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claims: what the files of a repository have named of a host's configuration, as it was applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# As text, since a claim on a map holds claims.
Claim: TypeAlias = "Leaf | Keys | Entries | Members"


@dataclass(frozen=True)
class Leaf:
    """A value that is one thing.

    :ivar mark: of the value that was applied.
    :ivar file: which file named it.
    """

    mark: str
    file: str = ""


@dataclass(frozen=True)
class Keys:
    """A map.

    :ivar keys: what was named in it.
    :ivar ours: whether all that was in it was named, so that it goes once nothing of it is.
    """

    keys: Mapping[str, Claim] = field(default_factory=dict)
    ours: bool = True


@dataclass(frozen=True)
class Entry:
    """An entry of a list of named things.

    :ivar name: what people call it, without secrets.
    :ivar marks: of its name; of a vhost also of its domains, in C(domains).
    :ivar ours: whether, when it was first applied, all that was in it was named.
    """

    name: str
    mark: str
    domains: tuple[str, ...] = ()
    keys: Mapping[str, Claim] = field(default_factory=dict)
    ours: bool = True
    file: str = ""


@dataclass(frozen=True)
class Entries:
    """A list of named things.

    :ivar by: the fields that tell them apart.
    """

    by: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    ours: bool = True


@dataclass(frozen=True)
class Member:
    """A member of a set, or a word of a text.

    :ivar identity: the mark of what it is the same member by; C(mark) of how it was written.
    """

    name: str
    identity: str
    mark: str
    file: str = ""


@dataclass(frozen=True)
class Members:
    """A set: a list of scalars, or a text of words."""

    members: tuple[Member, ...] = ()
    ours: bool = True


NOTHING = Keys()


def encoded(claim: Claim) -> dict[str, Any]:
    """The claim as it stands in a record."""
    if isinstance(claim, Leaf):
        return {"value": claim.mark, "file": claim.file}
    if isinstance(claim, Keys):
        return {"ours": claim.ours, "keys": _encoded_keys(claim.keys)}
    if isinstance(claim, Members):
        members = [
            {"name": one.name, "identity": one.identity, "value": one.mark, "file": one.file}
            for one in claim.members
        ]
        return {"ours": claim.ours, "members": members}
    entries = [
        {
            "name": one.name,
            "identity": one.mark,
            "domains": list(one.domains),
            "ours": one.ours,
            "file": one.file,
            "keys": _encoded_keys(one.keys),
        }
        for one in claim.entries
    ]
    return {"ours": claim.ours, "by": list(claim.by), "entries": entries}


def _encoded_keys(keys: Mapping[str, Claim]) -> dict[str, Any]:
    return {key: encoded(claim) for key, claim in keys.items()}


def decoded(content: Any) -> Claim:
    """A claim out of what stands in a record.

    :raises ValueError: for what is none, as C(KeyError), C(TypeError) and C(AttributeError).
    """
    if "value" in content:
        return Leaf(_text(content["value"]), _text(content["file"]))
    ours = _truth(content["ours"])
    if "keys" in content:
        return Keys(_decoded_keys(content["keys"]), ours)
    if "members" in content:
        members = tuple(
            Member(*(_text(one[part]) for part in ("name", "identity", "value", "file")))
            for one in content["members"]
        )
        return Members(members, ours)
    entries = tuple(
        Entry(
            _text(one["name"]),
            _text(one["identity"]),
            tuple(map(_text, one["domains"])),
            _decoded_keys(one["keys"]),
            _truth(one["ours"]),
            _text(one["file"]),
        )
        for one in content["entries"]
    )
    return Entries(tuple(map(_text, content["by"])), entries, ours)


def _decoded_keys(content: Any) -> dict[str, Claim]:
    return {key: decoded(claim) for key, claim in content.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value
