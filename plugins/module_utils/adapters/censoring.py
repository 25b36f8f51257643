# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that must not be in any output: they are taken out of a task's result, and Ansible is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from .results import as_shown

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:  # ansible-core 2.21 and older
    register_secrets = None

#: The argument in which an action hands such texts to its module; no option, and shown nowhere.
CENSORED = "_turbostack_censored"

_MASK = "********"
# So many characters of a text tell it from almost every other.
_BEGINNING = 8
_FEW = 200


class Censor:
    """The secrets of one task, as they become known.

    :ivar texts: in every form in which a message may quote them.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self.texts: set[str] = set()
        self.add(secrets)

    def add(self, secrets: Iterable[str]) -> None:
        """From now on, these must not be in a result."""
        self.texts |= {text for text in as_shown(set(secrets)) if text.strip()}

    def arguments(self) -> dict[str, Any]:
        """What an action adds to its module's arguments, so that the module knows of them too."""
        return {CENSORED: sorted(self.texts)} if self.texts else {}

    def cleaned(self, result: dict[str, Any]) -> dict[str, Any]:
        """A copy of the result with a mask in their place."""
        cleaned: dict[str, Any] = _cleaned(result, _Finder(self.texts))
        return cleaned


def register(secrets: Iterable[str]) -> None:
    """Tell Ansible of secrets where it wants to know (from 2.22 on), which then masks them in all that it shows.

    On the controller alone: what a module registers, it writes down for the controller.
    """
    if register_secrets is not None:
        register_secrets(secrets)


def masks_by_itself() -> bool:
    """Whether Ansible masks what it was told of in all that it shows."""
    return register_secrets is not None


class _Finder:
    """Which of some texts a value holds; where they are many, as those of a fleet, without looking for each."""

    def __init__(self, texts: Collection[str]) -> None:
        self._each: list[str] = []
        self._by_beginning: dict[str, list[str]] = {}
        for text in texts:
            if len(texts) <= _FEW or len(text) < _BEGINNING:
                self._each.append(text)
            else:
                self._by_beginning.setdefault(text[:_BEGINNING], []).append(text)

    def found(self, value: str) -> list[str]:
        """The longest first, as one may be a part of another."""
        found = {text for text in self._each if text in value}
        if self._by_beginning:
            beginnings = {value[at : at + _BEGINNING] for at in range(len(value))}
            for beginning in beginnings & self._by_beginning.keys():
                found.update(text for text in self._by_beginning[beginning] if text in value)
        return sorted(found, key=lambda text: (-len(text), text))


def _cleaned(value: Any, finder: _Finder) -> Any:
    if isinstance(value, str):
        for text in finder.found(value):
            value = value.replace(text, _MASK)
        return value
    if isinstance(value, dict):
        return {_cleaned(key, finder): _cleaned(item, finder) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item, finder) for item in value]
    return value
