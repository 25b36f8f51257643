# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's own words about keys, laid over what is known of the platform's: C(schema) of a task.

::

    webhooks: {type: list of maps, identity: event}
    shops: {type: list of maps, identity: {field: code, domains: hosts}}
    hosts: {type: domains, within: shops, ordered: true}
    release_channel: {type: version}
    license_text: {secret: true}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..text.secret_text import redact_text
from .errors import PlanError
from .paths import quoted
from .schema import DOMAINS, LISTS, MAP, REPLACE, TYPES, UNION, Identity, Key, Schema

_KINDS: Mapping[str, tuple[type, str]] = {
    "type": (str, "a text"),
    "help": (str, "a text"),
    "within": (str, "the name of a key"),
    "only_there": (bool, "true or false"),
    "policy": (str, "a text"),
    "secret": (bool, "true or false"),
    "closed": (bool, "true or false"),
    "ordered": (bool, "true or false"),
    "example": (str, "a text"),
    "since": (str, "a version in quotes"),
}
_KNOWN = {*_KINDS, "identity", "values"}


def extended(schema: Schema, extension: Mapping[str, Any]) -> Schema:
    """The schema with a user's mapping of names of keys → what they are laid over it.

    What an entry does not say is as it was for a key of the same name.

    :raises PlanError: naming the key and what is wrong with what is said of it.
    """
    if not isinstance(extension, Mapping):
        raise PlanError(
            "schema is not a map.",
            "Give names of keys with what they are: {webhooks: {type: list of maps, identity: event}}.",
        )
    if not extension:
        return schema
    return schema.with_keys(_key(schema, name, said) for name, said in extension.items())


def _key(schema: Schema, name: Any, said: Any) -> Key:
    if not isinstance(name, str) or not name:
        raise PlanError("schema names a key that is not text.", "Quote it.")
    if not isinstance(said, Mapping):
        raise _wrong(name, "it is not a map", "Give for instance {type: list of texts}.")
    unknown = sorted(str(word) for word in said if word not in _KNOWN)
    if unknown:
        raise _wrong(name, f"there is no {unknown[0]}", f"It takes {', '.join(sorted(_KNOWN))}.")
    for word, (kind, meant) in _KINDS.items():
        if word in said and not isinstance(said[word], kind):
            raise _wrong(name, f"{word} is not {meant}", f"Give {meant}.")
    within = said.get("within")
    before = (
        schema.key(name, within)
        if within is not None
        else next((key for key in schema.keys if key.name == name), None)
    )
    base = before if before is not None and before.name == name else Key(name)
    merged: dict[str, Any] = {
        field.name: getattr(base, field.name) for field in fields(Key) if field.init
    }
    merged.update({word: said[word] for word in said if word in _KINDS})
    if "identity" in said:
        merged["identity"] = _identity(name, said["identity"])
        merged["type"] = said.get("type", "list of maps")
    if "values" in said:
        merged["values"] = _values(name, said["values"])
    key = Key(**merged)
    _check(key)
    return key


def _check(key: Key) -> None:
    if key.type not in TYPES:
        raise _wrong(
            key.name, f"there is no type {key.type}", f"Choose one of: {', '.join(TYPES)}."
        )
    if key.policy not in ("", UNION, REPLACE):
        raise _wrong(
            key.name,
            f"there is no policy {key.policy}",
            f"Choose {UNION} or {REPLACE}, or leave it out.",
        )
    if key.policy and key.policy == UNION and not (key.type in LISTS or key.type == DOMAINS):
        raise _wrong(key.name, "only a list is a union", "Give it the type of a list.")
    if key.ordered and key.type != DOMAINS:
        raise _wrong(key.name, "only domains are ordered", f"Give it the type {DOMAINS}.")
    if key.identity is not None and LISTS.get(key.type) != MAP:
        raise _wrong(
            key.name, "only entries of a list of maps have an identity", "Leave one of the two out."
        )


def _identity(name: str, said: Any) -> Identity:
    if isinstance(said, str) and said:
        return Identity(said)
    if (
        isinstance(said, Mapping)
        and set(said) <= {"field", "domains"}
        and all(isinstance(value, str) and value for value in said.values())
        and "field" in said
    ):
        return Identity(said["field"], said.get("domains", ""))
    raise _wrong(
        name,
        "its identity is neither a field nor a map of field and domains",
        "Give for instance identity: name, or identity: {field: name, domains: server_name}.",
    )


def _values(name: str, said: Any) -> tuple[str, ...]:
    if isinstance(said, (list, tuple)) and all(isinstance(value, str) for value in said):
        return tuple(said)
    raise _wrong(name, "its values are not a list of texts", "Quote them.")


def _wrong(name: str, what: str, hint: str) -> PlanError:
    return PlanError(
        f"What schema says of {quoted(redact_text(name))} is wrong: {redact_text(what)}.", hint
    )
