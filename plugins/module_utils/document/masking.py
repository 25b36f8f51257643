# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in documents: finding them, and masking them wherever a document or a part of it is shown.

Secret is what stands under a key of a telling name or at a place that the user names, and, anywhere in any
text, what looks like a private key or a token. Below a secret key every text and number is masked; true,
false, null and blank text stay readable, since C(password_login: false) is no secret.
"""

from __future__ import annotations

from typing import Any

from ..text.secret_text import MASK, redact_text, secrets_in
from .depth import too_deep
from .equality import is_container
from .identity import ListRules
from .paths import Item, Path
from .policy import Policy
from .secret_rules import SecretRules, is_secret_key

__all__ = ["MASK", "Masking", "find_secrets", "is_secret_key", "redact", "redact_text"]

# Ansible censors a value wherever it occurs in any output, so a short one would mangle ordinary words.
_SHORTEST = 6
# Follows the mask of a secret that differs from the one before it.
CHANGED = " (changed)"


class Masking:
    """Masks and finds the secrets of one task's documents.

    :raises PlanError: for C(secret_paths) or C(lists) that cannot be understood.
    """

    def __init__(self, policy: Policy) -> None:
        self.rules = SecretRules(policy.secret_paths)
        self.lists = ListRules(policy.lists, self.rules)
        # Names of entries matter only to the user's own patterns.
        self._named = bool(policy.secret_paths)

    def redact(self, value: Any, path: Path = (), secret: bool | None = None) -> Any:
        """A masked copy of what stands at the path.

        :param secret: whether the place is secret, where that is known.
        """
        if secret is None:
            secret = self.rules.covers(path)
        if isinstance(value, dict):
            masked: dict[str, Any] = {}
            for key, child in value.items():
                masked[self.key(key, masked)] = self.redact(child, *self.below(path, key, secret))
            return masked
        if isinstance(value, list):
            return [
                self.redact(child, *self.below(path, item, secret))
                for item, child in zip(self.items(path, value), value, strict=True)
            ]
        if isinstance(value, str):
            if secret:
                return MASK if value.strip() else value
            return redact_text(value)
        if secret and value is not None and not isinstance(value, bool):
            return MASK
        return value

    def changed(self, before: Any, after: Any, path: Path, secret: bool | None = None) -> Any:
        """A masked copy of what follows upon another value, in which a secret that differs is marked so."""
        if secret is None:
            secret = self.rules.covers(path)
        if isinstance(after, dict) and isinstance(before, dict):
            masked: dict[str, Any] = {}
            for key, child in after.items():
                below = self.below(path, key, secret)
                shown = (
                    self.changed(before[key], child, *below)
                    if key in before
                    else self.redact(child, *below)
                )
                masked[self.key(key, masked)] = shown
            return masked
        if isinstance(after, list) and isinstance(before, list):
            shared = len(before)
            return [
                self.changed(before[item.index], child, *self.below(path, item, secret))
                if item.index < shared
                else self.redact(child, *self.below(path, item, secret))
                for item, child in zip(self.items(path, after), after, strict=True)
            ]
        shown = self.redact(after, path, secret)
        if is_container(after) or is_container(before) or not isinstance(shown, str):
            return shown
        differs = type(before) is not type(after) or before != after
        if differs and MASK in shown and self.redact(before, path, secret) == shown:
            return shown + CHANGED
        return shown

    def key(self, key: str, taken: dict[str, Any]) -> str:
        """A map's key without the secret that it may hold, other than those already taken."""
        shown = redact_text(key) if isinstance(key, str) else key
        if shown == key:
            return key
        number, candidate = 1, shown
        while candidate in taken:
            number += 1
            candidate = f"{shown} ({number})"
        return candidate

    def find(self, value: Any, path: Path = (), secret: bool = False) -> set[str]:
        """The secret texts at and below the path that are long enough to be censored wherever they occur."""
        found: set[str] = set()
        self._find(value, path, secret, found)
        return found

    def _find(self, value: Any, path: Path, secret: bool, found: set[str]) -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                found.update(filter(_worth_censoring, secrets_in(str(key))))
                self._find(child, *self.below(path, key, secret), found)
        elif isinstance(value, list):
            for item, child in zip(self.items(path, value), value, strict=True):
                self._find(child, *self.below(path, item, secret), found)
        elif isinstance(value, str):
            if secret and _worth_censoring(value.strip()):
                found.add(value.strip())
            found.update(filter(_worth_censoring, secrets_in(value)))

    def below(self, path: Path, step: str | Item, secret: bool) -> tuple[Path, bool]:
        """One step further: the path, as far as the rules need it, and whether the place is secret."""
        if not self._named:
            return (), secret or (isinstance(step, str) and is_secret_key(step))
        below = (*path, step)
        return below, secret or self.rules.hides(below)

    def items(self, path: Path, entries: list[Any]) -> list[Item]:
        """A step to each entry of a list, named as far as the rules need it."""
        if self._named:
            return self.lists.items(path, entries)
        return [Item(index) for index in range(len(entries))]


def redact(value: Any, policy: Policy | None = None, path: Path = ()) -> Any:
    """A deep copy of a document, or of what stands at a path of it, with its secrets masked.

    :raises PlanError: for C(secret_paths) or C(lists) that cannot be understood, or nesting without end.
    """
    try:
        return Masking(policy or Policy()).redact(value, path)
    except RecursionError:
        raise too_deep("The value") from None


def find_secrets(document: Any, policy: Policy | None = None) -> set[str]:
    """The document's secret texts, for Ansible's own censoring.

    Only what is worth censoring wherever it occurs: no numbers and booleans, nothing shorter than six
    characters, and of a longer text only the secret in it.

    :raises PlanError: for C(secret_paths) or C(lists) that cannot be understood, or nesting without end.
    """
    try:
        return Masking(policy or Policy()).find(document)
    except RecursionError:
        raise too_deep("The configuration") from None


def _worth_censoring(text: str) -> bool:
    if len(text) < _SHORTEST or text.startswith("{{") or text.isdecimal():
        return False
    try:
        float(text)
    except ValueError:
        return text.lower() not in _ORDINARY
    return False


_ORDINARY = frozenset({"enabled", "disabled", "default", "required", "optional"})
