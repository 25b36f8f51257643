# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a stored configuration a file of desired configuration can say, so that nothing changes where it is said.

What it cannot say is left out by name. Since such files are merged, what they do not name stays as it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.depth import too_deep
from ...module_utils.document.errors import PlanError
from ...module_utils.document.identity import CONTENTS, MEMBERS, Rule, naming_field
from ...module_utils.document.masking import masked, masked_key
from ...module_utils.document.place import Place
from ...module_utils.document.policy import DEFAULT, MERGED, Policy
from ...module_utils.document.schema import VERSION
from ...module_utils.document.walk import Handler, fold
from ...module_utils.plan.engine import plan

SECRET = "It is a secret."
_IN_A_KEY = "Its key holds a secret."
_HOLDS_OTHERS = "What is left out of it cannot be left out by itself."
_VERSION = "It is a number, and a version loses digits as one. Correct it in the platform, or allow float versions."


@dataclass(frozen=True)
class LeftOut:
    """A part of a stored configuration that is not said.

    :ivar path: without secrets.
    :ivar reason: a sentence, without secrets.
    """

    path: str
    reason: str

    @property
    def is_secret(self) -> bool:
        return self.reason in (SECRET, _IN_A_KEY)


@dataclass(frozen=True)
class Sayable:
    """:ivar document: what can be said; an empty one where that is nothing."""

    document: dict[str, Any] = field(repr=False)
    left_out: tuple[LeftOut, ...]


def sayable(
    stored: dict[str, Any],
    policy: Policy | None = None,
    keeps: Callable[[str], bool] = lambda secret: False,
) -> Sayable:
    """What of a configuration can be said.

    :param keeps: whether a secret text is said all the same; by default, none is.
    :raises PlanError: for nesting without end.
    """
    policy = policy or DEFAULT
    saying = _Saying(policy, keeps)
    try:
        part = fold(stored, policy.root, saying)
    except RecursionError:
        raise too_deep("The configuration") from None
    document: dict[str, Any] = {} if part.said is _LEFT else part.said
    document, refused = _accepted(stored, document, policy)
    return Sayable(document, (*saying.left_out, *refused))


def _accepted(
    stored: dict[str, Any], document: dict[str, Any], policy: Policy
) -> tuple[dict[str, Any], list[LeftOut]]:
    """The document without the keys that a plan refuses, or would change something for."""
    if _why_refused(stored, document, policy) is None:
        return document, []
    accepted: dict[str, Any] = {}
    refused = []
    for key, value in document.items():
        why = _why_refused(stored, {**accepted, key: value}, policy)
        if why is None:
            accepted[key] = value
        else:
            refused.append(LeftOut(str(policy.root.below(key)), why))
    return accepted, refused


def _why_refused(stored: dict[str, Any], document: dict[str, Any], policy: Policy) -> str | None:
    """Why a document cannot be said of a host that holds it; None where it can."""
    try:
        plan({}, document, MERGED, policy)
        changes = plan(stored, document, MERGED, policy).changes
    except PlanError as error:
        return error.message
    return changes[0].summary() if changes else None


_LEFT: Any = type("Left", (), {"__slots__": ()})()


@dataclass(frozen=True)
class _Part:
    """What became of a value.

    :ivar said: C(_LEFT) where nothing of it is said.
    :ivar whole: whether all of it is.
    """

    value: Any
    said: Any
    whole: bool


class _Saying(Handler[_Part]):
    def __init__(self, policy: Policy, keeps: Callable[[str], bool]) -> None:
        self._policy = policy
        self._keeps = keeps
        self.left_out: list[LeftOut] = []

    def map(self, children: list[tuple[str, _Part]], place: Place) -> _Part:
        value = {key: part.value for key, part in children}
        said = {}
        whole = all(part.whole for _key, part in children)
        for key, part in children:
            if masked_key(key, {}) != key:
                self._leave(place.below(key), _IN_A_KEY)
                whole = False
            elif part.said is not _LEFT:
                said[key] = part.said
        if not whole and place.meaning.replaces(place):
            return self._left(value, place, _HOLDS_OTHERS)
        return _Part(value, said if said or whole else _LEFT, whole)

    def list(self, children: list[_Part], place: Place) -> _Part:
        value = [part.value for part in children]
        if all(part.whole for part in children):
            return _Part(value, [part.said for part in children], whole=True)
        rule = place.rule(value)
        if rule in (MEMBERS, CONTENTS):
            kept = [part.said for part in children if part.whole]
        elif rule.is_named:
            kept = [part.said for part in children if _keeps_its_name(part, rule)]
        else:
            return self._left(value, place, _HOLDS_OTHERS)
        return _Part(value, kept or _LEFT, whole=False)

    def scalar(self, value: Any, place: Place, beside: Any) -> _Part:
        if masked(value, place) != value and not (isinstance(value, str) and self._keeps(value)):
            return self._left(value, place, SECRET)
        known = place.known
        if (
            isinstance(value, float)
            and known is not None
            and known.holds == VERSION
            and not self._policy.allow_float_versions
        ):
            return self._left(value, place, _VERSION)
        return _Part(value, value, whole=True)

    def _left(self, value: Any, place: Place, reason: str) -> _Part:
        self._leave(place, reason)
        return _Part(value, _LEFT, whole=False)

    def _leave(self, place: Place, reason: str) -> None:
        self.left_out.append(LeftOut(str(place), reason))


def _keeps_its_name(part: _Part, rule: Rule) -> bool:
    name = naming_field(part.value, rule)
    return bool(name) and part.said is not _LEFT and naming_field(part.said, rule) == name
