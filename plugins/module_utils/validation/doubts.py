# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is doubtful in a desired configuration, by the schema and by what is stored: everything, not the first."""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from ..document.equality import is_blank
from ..document.identity import domains_of, field_key, name_of, naming_field
from ..document.masking import MASK, masked
from ..document.paths import Pattern
from ..document.place import Place
from ..document.policy import DELETED, MERGED, Policy
from ..document.schema import Key
from ..document.walk import texts, visit
from ..plan.engine import Plan
from ..plan.existing import CREATE
from ..plan.matching import candidates
from ..plan.origins import NOWHERE, Origins
from .findings import OFF, STRICT, Finding
from .values import TYPES
from .versions import version_doubts

UNKNOWN_KEY, WRONG_VALUE, WRONG_TYPE = "unknown-key", "wrong-value", "wrong-type"
NO_DOMAIN, SIMILAR_NAME, NOTHING_LIKE_IT = "no-domain", "similar-name", "nothing-like-it"
CODES = (UNKNOWN_KEY, WRONG_VALUE, WRONG_TYPE, NO_DOMAIN, SIMILAR_NAME, NOTHING_LIKE_IT)

# How alike two words have to be for one to be a slip of the other (difflib's ratio).
_ALIKE = 0.8


def doubts(
    wanted: Any,
    stored: dict[str, Any],
    state: str,
    root: Place,
    but: Sequence[Pattern] = (),
    made: Plan | None = None,
    origins: Origins = NOWHERE,
    now: datetime | None = None,
    usual: Mapping[str, Collection[str]] | None = None,
) -> list[Finding]:
    """Every doubt about a desired configuration.

    :param wanted: what a plan has accepted.
    :param stored: the stored document; it knows keys that the schema does not.
    :param but: places about which nothing is said.
    :param made: the plan: what it adds or changes brings versions, and sites their certificates.
    :param origins: which file says what.
    :param now: when it is; right now without it.
    :param usual: keys that other configurations use, by the key that they lie under.
    """
    found = _Doubts(stored, state, root, usual or {})
    every: Iterable[tuple[Place, Finding]] = found.of(wanted, root)
    if made is not None and made.changed:
        brought = found.certificates(made.payload, root, now)
        every = itertools.chain(every, brought, version_doubts(made.changes, now))
    return named(every, but, origins)


def named(
    found: Iterable[tuple[Place, Finding]], but: Sequence[Pattern], origins: Origins
) -> list[Finding]:
    """What was found, with the file that says it, without places about which nothing is said."""
    return [
        replace(finding, origin=origins.of(place))
        for place, finding in found
        if not any(pattern.matches(place.path) for pattern in but)
    ]


@dataclass(frozen=True)
class Validation:
    """What a task does about doubts.

    :ivar validate: one of C(findings.LEVELS).
    :ivar validate_except: paths of places about which nothing is said.
    """

    validate: str
    validate_except: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """Whether nothing is written where something is doubtful."""
        return self.validate == STRICT

    @cached_property
    def _but(self) -> tuple[Pattern, ...]:
        return tuple(map(Pattern, self.validate_except))

    def admitted(
        self, found: Iterable[tuple[Place, Finding]], origins: Origins = NOWHERE
    ) -> list[Finding]:
        """Of what was found, what something is to be said about, with the file that says it."""
        return named(found, self._but, origins)

    def findings(
        self,
        config: dict[str, Any],
        stored: dict[str, Any],
        state: str,
        policy: Policy,
        made: Plan,
        origins: Origins = NOWHERE,
    ) -> list[Finding]:
        """Every doubt about a configuration that a plan has accepted; none with C(validate=off).

        :param made: that plan.
        :param origins: which file says what.
        :raises PlanError: for C(validate_except) that holds no paths.
        """
        but = self._but
        if self.validate == OFF:
            return []
        return doubts(config, stored, state, policy.root, but, made, origins)


class _Doubts:
    def __init__(
        self,
        stored: dict[str, Any],
        state: str,
        root: Place,
        usual: Mapping[str, Collection[str]],
    ) -> None:
        self._state = state
        self._usual = usual
        self._stored = stored
        # The keys that stand beside one another, by the key that they lie under.
        self._used: dict[str, set[str]] = {}
        self._lists: dict[str, list[Any]] = {}
        self._entries_of: set[int] = set()
        for place, value in visit(stored, root):
            if isinstance(value, dict):
                self._used.setdefault(place.key, set()).update(map(str, value))
            elif isinstance(value, list) and place.known is not None and not place.is_entry:
                self._lists.setdefault(place.key, []).extend(value)
                self._entries_of.update(map(id, value))

    def of(self, wanted: Any, root: Place) -> Iterator[tuple[Place, Finding]]:
        for place, value in visit(wanted, root):
            if isinstance(value, dict):
                yield from self._keys(place, value)
            if place.known is not None and self._state != DELETED:
                yield from self._value(place, place.known, value)
            if isinstance(value, list):
                yield from self._entries(place, value)

    def certificates(
        self, after: dict[str, Any], root: Place, now: datetime | None
    ) -> Iterator[tuple[Place, Finding]]:
        """The certificates of the sites that a plan changes or adds; a plan leaves others the very same."""
        for place, value in visit(after, root):
            rule = place.meaning.known_rule(place, value) if isinstance(value, list) else None
            if rule is None or rule.kind != "sites":
                continue
            for at, site in zip(place.entries(value, rule), value, strict=True):
                if (
                    isinstance(site, dict)
                    and id(site) not in self._entries_of
                    and any("BEGIN CERTIFICATE" in text for text in texts(site))
                ):
                    # Loading what reads certificates takes as long as ten tasks that have none.
                    from .certificates import certificate_doubts

                    yield from certificate_doubts(site, at, rule.domains, now)

    def _keys(self, place: Place, value: dict[str, Any]) -> Iterator[tuple[Place, Finding]]:
        used = self._used.get(place.key, set())
        known = {key.name for key in place.meaning.schema.below(place.key)}
        usual = self._usual.get(place.key, ())
        for key in value:
            at = place.below(key)
            if at.known is not None or key in used or key == CREATE:
                continue
            # What many use may be a slip that was copied, but not one of what others use.
            if near := _near(key, known | used if key in usual else known | used | {*usual}):
                yield (
                    at,
                    Finding(
                        str(at),
                        UNKNOWN_KEY,
                        "is no key that is known",
                        f"Did you mean {near}?",
                    ),
                )

    def _value(self, place: Place, known: Key, value: Any) -> Iterator[tuple[Place, Finding]]:
        if is_blank(value) or (isinstance(value, str) and ("{{" in value or "{%" in value)):
            return
        if known.is_list and not place.is_entry:
            if not isinstance(value, list):
                yield place, _wrong(place, value, f"a list ({known.type})")
            return
        if place.is_entry and not known.is_list:
            return
        fits, expected = TYPES[known.holds]
        if not fits(value):
            yield place, _wrong(place, value, expected)
        elif known.closed and not place.is_entry and str(value) not in known.values:
            near = _near(str(value), known.values)
            meant = f"Did you mean {near}? " if near else ""
            yield (
                place,
                Finding(
                    str(place),
                    WRONG_VALUE,
                    f"is {_shown(value, place)}",
                    f"{meant}It takes {', '.join(known.values)}.",
                ),
            )

    def _entries(self, place: Place, entries: list[Any]) -> Iterator[tuple[Place, Finding]]:
        stored = self._lists.get(place.key, [])
        rule = place.rule(stored, entries) if stored else place.rule(entries)
        if not rule.is_named:
            return
        find = candidates(rule, stored, place)
        names = [entry[rule.field] for entry in stored if field_key(entry, rule.field) is not None]
        for at, entry in zip(place.entries(entries, rule), entries, strict=True):
            if not isinstance(entry, dict) or find(entry):
                continue
            name = entry.get(rule.field)
            field = naming_field(entry, rule)
            near = _near(str(name), map(str, names)) if field == rule.field else ""
            if field and field == rule.domains and self._state == DELETED:
                served = (domain for one in stored for domain in domains_of(one, rule).values())
                near = _near(str(name_of(entry, field, rule)), served)
            if self._state == DELETED:
                if near:
                    yield (
                        at,
                        Finding(str(at), NOTHING_LIKE_IT, "is not stored", f"Did you mean {near}?"),
                    )
                continue
            if near and self._state == MERGED:
                yield (
                    at,
                    Finding(
                        str(at),
                        SIMILAR_NAME,
                        f"is new, and {near} is stored",
                        f"Did you mean {near}? Otherwise a second one is made.",
                    ),
                )
            if rule.kind == "sites" and not domains_of(entry, rule):
                yield (
                    at,
                    Finding(
                        str(at),
                        NO_DOMAIN,
                        f"is new and has no {rule.domains}",
                        f"Give it {rule.domains}, or check its {rule.field}.",
                    ),
                )


def _wrong(place: Place, value: Any, expected: str) -> Finding:
    return Finding(str(place), WRONG_TYPE, f"is {_shown(value, place)}", f"Expected is {expected}.")


def _shown(value: Any, place: Place) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    shown = masked(value, place)
    if shown == MASK:
        return "not what it should be"
    text = shown if isinstance(shown, str) else json.dumps(shown)
    return (
        json.dumps(text if len(text) <= 60 else f"{text[:57]}…", ensure_ascii=True)
        if isinstance(shown, str)
        else text
    )


def _letters(word: str) -> str:
    # web1 and web2 are no slips of one another.
    return re.sub(r"\d+", "", word)


def _near(word: str, others: Iterable[str]) -> str:
    """What a word may have been meant to be; empty where nothing is like it."""
    known = [other for other in others if other != word and _letters(other) != _letters(word)]
    lowered = {other.lower(): other for other in known}
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=_ALIKE)
    if found:
        return lowered[found[0]]
    # Two letters that changed places make short words less alike than they are.
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return next((other for other in known if other in swapped), "")
