# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may enter a plan: plain data that JSON can hold, as it was meant."""

from __future__ import annotations

import math
from typing import Any

from ..document.depth import DEEPEST, too_deep
from ..document.errors import PlanError
from ..document.masking import CHANGED, MASK, Masking
from ..document.paths import Path, render

# Deeper than any configuration is, and shallow enough for Python's own stack wherever Ansible calls from.

_VERSION = "_version"


def admitted(document: Any, what: str, masking: Masking) -> dict[str, Any]:
    """A copy of a desired configuration, made of plain dicts and lists; scalars are taken as they are.

    :param what: what the document is called in messages.
    :raises PlanError: for anything but a map; for keys that are no text, values that JSON cannot hold,
        and nesting without end.
    """
    if not isinstance(document, dict):
        raise PlanError(f"{what} is not a map but {_kind(document)}.", "Give keys and values.")
    copy: dict[str, Any] = _Entry(document, what, masking).copy(document, ())
    return copy


def check_versions(value: Any, path: Path, masking: Masking) -> None:
    """Refuse a version that YAML has read as a float, and so perhaps damaged, in what is about to be stored.

    One that is stored already, and stays as it is, is nobody's mistake now.

    :param value: what a change puts at the path.
    :raises PlanError: with the fix; a number that still knows its digits is none of these.
    """
    if isinstance(value, dict):
        for name, child in value.items():
            check_versions(child, (*path, name), masking)
    elif isinstance(value, list):
        for item, child in zip(masking.lists.items(path, value), value, strict=True):
            check_versions(child, (*path, item), masking)
    elif isinstance(value, float) and getattr(value, "literal", None) is None:
        key = next(step for step in reversed(path) if isinstance(step, str))
        if key.lower().endswith(_VERSION):
            shown = masking.redact(repr(value), path)
            raise PlanError(
                f"{render(path)} is the number {shown}, and a version loses digits as a number "
                f"(8.10 becomes 8.1).",
                f'Quote it: {key}: "{shown}" (or the digits that are meant), or set '
                f"allow_float_versions: true.",
            )


def check_masks(before: Any, after: Any, path: Path, masking: Masking) -> None:
    """Refuse to store the mask under which a secret was shown in the secret's place.

    :param before: what a change finds at the path; None where it adds.
    :param after: what it puts there.
    :raises PlanError: for a text that is the mask, or that is what the stored one looks like when masked.
    """
    if isinstance(after, dict):
        for name, child in after.items():
            check_masks(None, child, (*path, name), masking)
    elif isinstance(after, list):
        for item, child in zip(masking.lists.items(path, after), after, strict=True):
            check_masks(None, child, (*path, item), masking)
    elif isinstance(after, str) and MASK in after:
        shown = after.removesuffix(CHANGED)
        if shown == MASK or (isinstance(before, str) and masking.redact(before, path) == shown):
            raise PlanError(
                f"{render(path)} would become {after!r}, which stands for a secret that was not shown.",
                "Leave the key out to keep the secret that is stored, or give the secret itself.",
            )


class _Entry:
    """The walk through one desired document."""

    def __init__(self, document: Any, what: str, masking: Masking) -> None:
        self._document = document
        self._what = what
        self._masking = masking

    def copy(self, value: Any, steps: tuple[str | int, ...]) -> Any:
        if isinstance(value, str) or value is None or isinstance(value, bool):
            return value
        if isinstance(value, float):
            return self._float(value, steps)
        if isinstance(value, int):
            return value
        if len(steps) > DEEPEST:
            raise too_deep(self._what)
        if isinstance(value, dict):
            return {
                self._key(name, steps): self.copy(child, (*steps, name))
                for name, child in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.copy(child, (*steps, index)) for index, child in enumerate(value)]
        raise self._foreign(value, steps)

    def _key(self, key: Any, steps: tuple[str | int, ...]) -> str:
        if isinstance(key, str):
            return key
        raise PlanError(
            f"{self._where(steps)} has a key that is not text but {_kind(key)}: {key}.",
            "Quote it: YAML reads words such as on, yes and null, numbers and dates as something else.",
        )

    def _float(self, value: float, steps: tuple[str | int, ...]) -> float:
        if getattr(value, "literal", None) is None and not math.isfinite(value):
            raise PlanError(
                f"{self._where(steps)} is {value}, which JSON cannot hold.",
                "Quote it if text is meant.",
            )
        return value

    def _foreign(self, value: Any, steps: tuple[str | int, ...]) -> PlanError:
        kind = _kind(value)
        if hasattr(value, "isoformat"):
            return PlanError(
                f"{self._where(steps)} is {kind}, which JSON cannot hold.",
                f'Quote it, so that it stays text: "{self._shown(value.isoformat(), steps)}".',
            )
        return PlanError(
            f"{self._where(steps)} is {kind}, which JSON cannot hold.",
            "Give text, a number, true, false, null, a list or a map.",
        )

    def _where(self, steps: tuple[str | int, ...]) -> str:
        return render(self._path(steps))

    def _shown(self, text: str, steps: tuple[str | int, ...]) -> str:
        return str(self._masking.redact(text, self._path(steps)))

    def _path(self, steps: tuple[str | int, ...]) -> Path:
        return self._masking.lists.locate(self._document, steps)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {str: "text", bool: "a boolean", int: "an integer", float: "a number", list: "a list"}
    return names.get(type(value), f"a {type(value).__name__}")
