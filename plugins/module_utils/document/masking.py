# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a document is secret, and documents without it.

Secret is what stands under a key that the schema or a telling name says is one, or at a place that the user names,
and, anywhere in any text, what looks like a private key or a token. Below a secret key every text and number is
masked; true, false, null and blank text stay readable, since C(password_login: false) is no secret.
"""

from __future__ import annotations

from typing import Any

from ..text.secret_text import MASK, redact_text, secrets_in
from .depth import too_deep
from .equality import is_container
from .paths import Path
from .place import Place
from .policy import DEFAULT, Policy
from .secret_rules import is_secret_key
from .walk import ABSENT, Handler, fold, visit

__all__ = ["MASK", "find_secrets", "is_secret_key", "masked", "redact", "redact_text"]

# Ansible censors a value wherever it occurs in any output, so a short one would mangle ordinary words.
_SHORTEST = 6
# Follows the mask of a secret that differs from the one before it.
CHANGED = " (changed)"


class Masked(Handler[Any]):
    """A copy in which every secret is a mask."""

    def map(self, children: list[tuple[str, Any]], place: Place) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for key, child in children:
            shown[masked_key(key, shown)] = child
        return shown

    def list(self, children: list[Any], place: Place) -> list[Any]:
        return children

    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        if isinstance(value, str):
            if place.secret:
                return MASK if value.strip() else value
            return redact_text(value)
        if place.secret and value is not None and not isinstance(value, bool):
            return MASK
        return value


class Marked(Masked):
    """The same, in which a secret that is not the one beside it is marked as changed."""

    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        shown = super().scalar(value, place, beside)
        if beside is ABSENT or is_container(beside) or not isinstance(shown, str):
            return shown
        differs = type(beside) is not type(value) or beside != value
        if differs and MASK in shown and super().scalar(beside, place, ABSENT) == shown:
            return shown + CHANGED
        return shown


_MASKED = Masked()
_MARKED = Marked()


def masked(value: Any, place: Place) -> Any:
    """A masked copy of what stands at a place."""
    return fold(value, place, _MASKED)


def masked_change(before: Any, after: Any, place: Place) -> Any:
    """A masked copy of what follows upon another value, in which a secret that differs is marked so."""
    return fold(after, place, _MARKED, before)


def masked_key(key: str, taken: dict[str, Any]) -> str:
    """A map's key without the secret that it may hold, other than those already taken."""
    shown = redact_text(key) if isinstance(key, str) else key
    if shown == key:
        return key
    number, candidate = 1, shown
    while candidate in taken:
        number += 1
        candidate = f"{shown} ({number})"
    return candidate


def secrets_at(value: Any, place: Place) -> set[str]:
    """The secret texts at and below a place that are long enough to be censored wherever they occur."""
    found: set[str] = set()
    for at, part in visit(value, place):
        if isinstance(part, dict):
            for key in part:
                found.update(secrets_in(str(key)))
        elif isinstance(part, str):
            if at.secret:
                found.add(part.strip())
            found.update(secrets_in(part))
    return set(filter(_worth_censoring, found))


def redact(value: Any, policy: Policy | None = None, path: Path = ()) -> Any:
    """A deep copy of a document, or of what stands at a path of it, with its secrets masked.

    :raises PlanError: for nesting without end.
    """
    try:
        return masked(value, (policy or DEFAULT).root.at(path))
    except RecursionError:
        raise too_deep("The value") from None


def find_secrets(document: Any, policy: Policy | None = None) -> set[str]:
    """The document's secret texts, for Ansible's own censoring.

    Only what is worth censoring wherever it occurs: no numbers and booleans, nothing shorter than six
    characters, and of a longer text only the secret in it.
    """
    return secrets_at(document, (policy or DEFAULT).root)


def _worth_censoring(text: str) -> bool:
    if len(text) < _SHORTEST or text.startswith("{{") or text.isdecimal():
        return False
    try:
        float(text)
    except ValueError:
        return text.lower() not in _ORDINARY
    return False


_ORDINARY = frozenset({"enabled", "disabled", "default", "required", "optional"})
