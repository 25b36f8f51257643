# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes an entry of a list the same entry: on the platform, by convention, or as the user declares it.

C(PLATFORM_LISTS) is the table of what the platform's own lists are. C(lists:) of the task overrides it.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..text.secret_text import MASK, redact_text
from .equality import content_key, is_container, rewritten
from .errors import PlanError
from .paths import Item, Path, Pattern, heaviest, render
from .policy import ListPolicy
from .secret_rules import SecretRules


@dataclass(frozen=True)
class Rule:
    """How a list is to be read.

    :ivar kind: C(by) a field, C(vhosts), C(members) (a set of scalars), C(contents) (a set of anything),
        C(replace) (one value), or C(none) (its entries cannot be told apart).
    :ivar field: the field of C(by).
    """

    kind: str
    field: str = ""


VHOSTS = Rule("vhosts")
MEMBERS = Rule("members")
CONTENTS = Rule("contents")
REPLACE = Rule("replace")
NONE = Rule("none")

# The key under which a list stands, wherever that is → how the list is to be read.
PLATFORM_LISTS: Mapping[str, Rule] = {
    "system_users": Rule("by", "username"),
    "vhosts": VHOSTS,
    "ftp": Rule("by", "user"),
}
# The field of a vhost that holds its domains: a set of words in one text.
DOMAINS = "server_name"
APPLICATION = "app_name"
# Lists of addresses in which what follows "#" is a comment.
_ADDRESS_LISTS = re.compile(r"(?:.*_)?(?:white|black|allow|deny|block)_?list")
# Tried in this order where no rule is known.
CONVENTIONAL_FIELDS = ("name", "id", "username", "user", "key")

_SSH_KEY = re.compile(
    r"(?:^|\s)(?P<type>(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+"
    r"|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)(?:-cert-v01@openssh\.com)?)"
    r"\s+(?P<material>AAAA[A-Za-z0-9+/]+)=*(?:\s+(?P<comment>.*))?\s*$"
)
# A domain may be a Jinja expression, which is the platform's to render and may hold blanks.
_WORD = re.compile(r"(?:\{\{.*?\}\}|\{%.*?%\}|\S)+", re.DOTALL)


def words(text: Any) -> list[str]:
    """The words of a text, or of a list of texts, in their order; Jinja expressions stay in one piece."""
    if isinstance(text, list):
        return [word for part in text for word in words(part)]
    return _WORD.findall(text) if isinstance(text, str) else []


def domains(vhost: Mapping[str, Any]) -> dict[str, str]:
    """The domains that a vhost serves: by what they mean → as they are written."""
    return {domain_key(word): word for word in words(vhost.get(DOMAINS))}


@lru_cache(maxsize=65536)
def domain_key(word: str) -> str:
    """Equal for two ways to write one domain: in any case, with a final dot, in Unicode or in Punycode."""
    name = word.lower()
    if name.isascii() and "xn--" not in name:
        return name.removesuffix(".") or name
    try:
        return name.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        return name


def application(vhost: Mapping[str, Any]) -> Hashable | None:
    """The vhost's C(app_name) as something that can be compared; None where it has none."""
    return field_key(vhost, APPLICATION)


def field_key(entry: Any, field: str) -> Hashable | None:
    """An entry's identity by a field; None where the field is missing, blank, or not a text or number."""
    if not isinstance(entry, dict):
        return None
    value = rewritten(entry.get(field))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return content_key(value)


def member_key(value: Any, path: Path) -> Hashable:
    """The identity of a member of a set: an SSH key's material, a listed address, or else its content."""
    if isinstance(value, str):
        key = _SSH_KEY.search(value)
        if key:
            return ("ssh", key["type"], key["material"])
        if path and isinstance(path[-1], str) and _ADDRESS_LISTS.fullmatch(path[-1].lower()):
            return ("address", _address(value))
    return content_key(value)


def with_ssh_options(stored: Any, wanted: Any) -> Any:
    """An SSH key as it is wanted, with the options that the stored one has before it (C(command="...")).

    They restrict what the key may do, and a key that is given without any says nothing about them.
    """
    if not isinstance(stored, str) or not isinstance(wanted, str):
        return wanted
    old, new = _SSH_KEY.search(stored), _SSH_KEY.search(wanted)
    if not old or not new or wanted[: new.start("type")].strip():
        return wanted
    return stored[: old.start("type")] + wanted[new.start("type") :]


def _address(text: str) -> Hashable:
    address = text.split("#", 1)[0].strip().lower()
    try:
        interface = ipaddress.ip_interface(address)
    except ValueError:
        return address or text.strip()
    return interface.with_prefixlen


class ListRules:
    """The rules for the lists of one task.

    :param lists: C(lists) of the task: path pattern → C(union), C(replace) or C({"by": field}).
    :raises PlanError: for a pattern or a policy that is none.
    """

    def __init__(self, lists: Mapping[str, ListPolicy], secrets: SecretRules) -> None:
        self._secrets = secrets
        self._declared = {Pattern(text): _declared(text, policy) for text, policy in lists.items()}
        self._patterns = tuple(self._declared)

    def declared(self, path: Path) -> Rule | None:
        """What the task declares for this place."""
        if not self._patterns:
            return None
        pattern = heaviest(self._patterns, path)
        return self._declared[pattern] if pattern else None

    def replaces(self, path: Path) -> bool:
        """Whether the task declares that what stands here is one value, to be replaced as a whole."""
        return self.declared(path) == REPLACE

    def holds_words(self, path: Path) -> bool:
        """Whether a text at this place is a set of words: a vhost's domains, or where C(union) is declared."""
        declared = self.declared(path)
        if declared is not None:
            return declared == CONTENTS
        return len(path) >= 3 and path[-1] == DOMAINS and path[-3] == "vhosts"

    def rule(self, path: Path, *sides: Sequence[Any]) -> Rule:
        """How the list at this place is to be read; C(sides) are its versions (stored, desired).

        Declared by the task, else known of the platform, else by what the entries are: scalars are members
        of a set; maps have the first conventional field that is present and unique in every entry of each
        side. C(NONE) where nothing of that holds.
        """
        declared = self.declared(path)
        if declared is not None and declared != CONTENTS:
            return declared
        if not any(is_container(entry) for side in sides for entry in side):
            return MEMBERS
        if declared is not None:
            return declared
        if path and path[-1] in PLATFORM_LISTS:
            return PLATFORM_LISTS[str(path[-1])]
        for field in CONVENTIONAL_FIELDS:
            if all(_identifies(field, side) for side in sides):
                return Rule("by", field)
        return NONE

    def known(self, path: Path, entries: Sequence[Any]) -> Rule | None:
        """The rule by which entries have an identity, where that does not depend on what they look like."""
        rule = self.declared(path)
        if rule is None and any(is_container(entry) for entry in entries) and path:
            rule = PLATFORM_LISTS.get(str(path[-1]))
        return rule if rule is not None and rule.kind in ("by", "vhosts") else None

    def items(self, path: Path, entries: Sequence[Any], rule: Rule | None = None) -> list[Item]:
        """A step to each entry of the list at this place."""
        rule = rule or self.rule(path, entries)
        return [self.item(path, index, entry, rule) for index, entry in enumerate(entries)]

    def item(self, path: Path, index: int, entry: Any, rule: Rule) -> Item:
        """A step to one entry, called by its identity as far as that is no secret."""
        field = ""
        if rule.kind == "by" and field_key(entry, rule.field) is not None:
            field = rule.field
        elif rule.kind == "vhosts" and isinstance(entry, dict):
            if application(entry) is not None:
                field = APPLICATION
            elif domains(entry):
                field = DOMAINS
        if field:
            text = (
                next(iter(domains(entry).values()))
                if field == DOMAINS and rule == VHOSTS
                else entry[field]
            )
            hidden = self._secrets.covers((*path, Item(index), field))
            return Item(index, MASK if hidden else _label(text), (field,))
        if rule == MEMBERS and not is_container(entry):
            return Item(index, MASK if self._secrets.covers(path) else _label(entry))
        return Item(index)

    def locate(self, document: Any, steps: Sequence[str | int]) -> Path:
        """The path behind plain keys and positions."""
        path: Path = ()
        for step in steps:
            if isinstance(step, int):
                entries = document
                document = entries[step]
                path = (*path, self.item(path, step, document, self.rule(path, entries)))
            else:
                document = document[step]
                path = (*path, step)
        return path


def _declared(text: str, policy: ListPolicy) -> Rule:
    if policy == "union":
        return CONTENTS
    if policy == "replace":
        return REPLACE
    if isinstance(policy, Mapping) and set(policy) == {"by"}:
        field = policy["by"]
        if isinstance(field, str) and field:
            return Rule("by", field)
    raise PlanError(
        f"What lists: says of {redact_text(text)} is no policy.",
        'Give union, replace, or {by: field}, for instance {"hooks": {"by": "event"}}.',
    )


def _identifies(field: str, entries: Sequence[Any]) -> bool:
    keys = [field_key(entry, field) for entry in entries]
    return None not in keys and len(set(keys)) == len(keys)


def _label(value: Any) -> str:
    if isinstance(value, str):
        key = _SSH_KEY.search(value)
        if key:
            # The middle of a public key tells nobody anything.
            return " ".join(
                filter(None, (key["type"], f"…{key['material'][-12:]}", key["comment"]))
            )
        return redact_text(" ".join(value.split())) or "blank"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "literal", value))


def told_apart_by(path: Path) -> str:
    """The way out where entries cannot be told apart."""
    pattern = render(tuple(step if isinstance(step, str) else Item(0, "*") for step in path))
    where = json.dumps(pattern.replace("[*]", ".*"), ensure_ascii=False)
    return (
        f"declare how: lists: {{{where}: {{by: FIELD}}}} with a field that every entry has, "
        f"or {{{where}: replace}} to store the list as given."
    )


def cannot_be_told_apart(path: Path) -> PlanError:
    """The refusal of a list whose entries have no identity."""
    fields = ", ".join(CONVENTIONAL_FIELDS)
    return PlanError(
        f"The entries of {render(path)} cannot be told apart: they are not all scalars, and none of "
        f"{fields} is present and unique in every entry, stored and given.",
        f"Give them such a field, or {told_apart_by(path)}",
    )
