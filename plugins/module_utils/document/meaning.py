# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the places of a document mean to one task: the schema, and what the task itself declares over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ..text.secret_text import redact_text
from .equality import is_container
from .errors import PlanError
from .identity import CONTENTS, MEMBERS, NONE, REPLACE, Rule, field_key, rule_of
from .known_keys import TURBOSTACK
from .paths import Item, Path, Pattern, heaviest
from .schema import DOMAINS, UNION, Key, Schema
from .secret_rules import is_secret_key


class Spot(Protocol):
    """What is asked of a place; see C(place.py)."""

    @property
    def path(self) -> Path: ...

    @property
    def key(self) -> str: ...

    @property
    def known(self) -> Key | None: ...

    @property
    def is_entry(self) -> bool: ...


# A fleet's documents share their keys, but nothing keeps hostile ones from having other ones each.
_MOST_KEPT = 10_000


class Meaning:
    """Reads documents for one task.

    :param lists: C(lists) of the task: path pattern → C(union), C(replace) or C({"by": field}).
    :param secret_paths: patterns of places that are secret with all that lies below.
    :raises PlanError: for a pattern or a policy that is none.
    """

    def __init__(
        self,
        schema: Schema = TURBOSTACK,
        lists: Mapping[str, Any] | None = None,
        secret_paths: Sequence[str] = (),
    ) -> None:
        self.schema = schema
        self._declared = {
            Pattern(text): _declared(text, said) for text, said in (lists or {}).items()
        }
        self._list_patterns = tuple(self._declared)
        self._secret_patterns = tuple(Pattern(text) for text in secret_paths)
        #: Whether places may be secret by the user's own patterns, which need their paths.
        self.marks_places = bool(self._secret_patterns)
        self._about: dict[tuple[str, str], tuple[Key | None, bool]] = {}

    def about(self, key: str, within: str) -> tuple[Key | None, bool]:
        """What is known of a key, and whether what stands under it is secret."""
        found = self._about.get((key, within))
        if found is None:
            if len(self._about) >= _MOST_KEPT:
                self._about.clear()
            # Data that is no document yet may have keys that are no text.
            known = self.schema.key(key, within) if isinstance(key, str) else None
            secret = (
                isinstance(key, str) and is_secret_key(key)
                if known is None or known.secret is None
                else known.secret
            )
            found = self._about[key, within] = (known, secret)
        return found

    def hides(self, key: str) -> bool:
        """Whether what stands under a key is secret wherever it is; for those who keep no track of places."""
        return self.about(key, "")[1]

    def marks(self, place: Spot) -> bool:
        """Whether the user's patterns make this very place secret."""
        return self._matches(place.path)

    def hides_name(self, place: Spot, index: int, field: str) -> bool:
        """Whether what an entry of the list at a place is called is secret."""
        if self.about(field, place.key)[1]:
            return True
        path: Path = (*place.path, Item(index))
        return self._matches(path) or self._matches((*path, field))

    def _matches(self, path: Path) -> bool:
        return any(pattern.matches(path) for pattern in self._secret_patterns)

    def declared(self, place: Spot) -> Rule | None:
        """What the task declares for this place, or else the schema as a policy."""
        if self._list_patterns:
            pattern = heaviest(self._list_patterns, place.path)
            if pattern:
                return self._declared[pattern]
        if place.known is not None and place.known.policy and not place.is_entry:
            return CONTENTS if place.known.policy == UNION else REPLACE
        return None

    def replaces(self, place: Spot) -> bool:
        """Whether what stands here is declared to be one value, to be replaced as a whole."""
        return self.declared(place) == REPLACE

    def holds_words(self, place: Spot) -> bool:
        """Whether a text at this place is a set of words: domains, or where C(union) is declared."""
        declared = self.declared(place)
        if declared is not None:
            return declared == CONTENTS
        return place.known is not None and place.known.type == DOMAINS and not place.is_entry

    def is_ordered(self, place: Spot) -> bool:
        """Whether the first of the words at this place is more than the others; a declared C(union) has no first."""
        known = place.known
        return known is not None and known.ordered and self.declared(place) is None

    def rule(self, place: Spot, *sides: Sequence[Any]) -> Rule:
        """How the list at this place is to be read; C(sides) are its versions (stored, desired).

        Declared by the task, else known by the schema, else by what the entries are: scalars are members
        of a set; maps have the first conventional field that is present and unique in every entry of each
        side. C(NONE) where nothing of that holds.
        """
        declared = self.declared(place)
        if declared is not None and declared != CONTENTS:
            return declared
        if not any(is_container(entry) for side in sides for entry in side):
            return MEMBERS
        if declared is not None:
            return declared
        if rule := _known_rule(place):
            return rule
        for field in self.schema.conventional:
            if all(_identifies(field, side) for side in sides):
                return Rule("by", field)
        return NONE

    def known_rule(self, place: Spot, entries: Sequence[Any]) -> Rule | None:
        """The rule by which entries have an identity, where that does not depend on what they look like."""
        rule = self.declared(place)
        if rule is None and any(is_container(entry) for entry in entries):
            rule = _known_rule(place)
        return rule if rule is not None and rule.is_named else None

    def holds(self, place: Spot) -> str:
        """What the members of the list at this place are known to be; empty if nothing is known."""
        if place.known is None or place.is_entry or not place.known.is_list:
            return ""
        return place.known.holds


def _known_rule(place: Spot) -> Rule | None:
    if place.known is None or place.known.identity is None or place.is_entry:
        return None
    return rule_of(place.known.identity)


def _declared(text: str, policy: Any) -> Rule:
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
