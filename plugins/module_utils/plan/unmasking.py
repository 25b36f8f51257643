# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The masks of a configuration that was stored without its secrets, filled with the secrets that are there now.

A mask is never a value: what cannot be filled is an error that names the place.
"""

from __future__ import annotations

from typing import Any

from ..document.depth import too_deep
from ..document.errors import PlanError
from ..document.masking import MASK, masked, masked_key
from ..document.place import Place
from ..document.policy import DEFAULT, Policy
from ..document.walk import texts
from .matching import candidates

_NOWHERE = object()


def unmasked(
    shown: dict[str, Any], present: dict[str, Any], policy: Policy | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The masked document with the present one's secrets in their places, and the paths of these.

    A secret is taken from the same place: below the same keys, in the entry of the same identity. In a list
    whose entries have none it is taken from an entry that looks the same once it is masked, and only if there
    are as many of them on both sides.

    :raises PlanError: naming the places where the present document holds no such secret.
    """
    filling = _Filling()
    try:
        filled = filling.value(shown, present, (policy or DEFAULT).root)
    except RecursionError:
        raise too_deep("The configuration") from None
    if filling.missing:
        raise PlanError(
            "The backup holds a mask where the secret was, and the platform holds no secret at that place: "
            f"{', '.join(filling.missing)}.",
            "Restore from a backup that is encrypted, put the secret into the platform first, or write what "
            "is meant into the file.",
        )
    return filled, tuple(filling.kept)


class _Filling:
    """:ivar kept: where a secret was taken over, :ivar missing: where there is none; both as people read them."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.missing: list[str] = []

    def value(self, behind: Any, present: Any, place: Place) -> Any:
        if not _holds_mask(behind):
            return behind
        if isinstance(behind, dict):
            return self._map(behind, present if isinstance(present, dict) else {}, place)
        if isinstance(behind, list):
            return self._list(behind, present if isinstance(present, list) else [], place)
        if _is_behind(behind, present, place):
            self.kept.append(str(place))
            return present
        self.missing.append(str(place))
        return behind

    def _map(self, shown: dict[str, Any], present: dict[str, Any], place: Place) -> Any:
        behind: dict[str, str] = {}
        for key in present:
            behind[masked_key(key, behind)] = key
        filled: dict[str, Any] = {}
        for key, child in shown.items():
            name = key
            if MASK in key:
                if key not in behind:
                    self.missing.append(str(place.below(key)))
                    continue
                name = behind[key]
                self.kept.append(str(place.below(key)))
            filled[name] = self.value(child, present.get(name, _NOWHERE), place.below(name))
        return filled

    def _list(self, shown: list[Any], present: list[Any], place: Place) -> list[Any]:
        rule = place.rule(present, shown)
        found = candidates(rule, present, place) if rule.is_named else None
        behind: list[int | None] = [None] * len(shown)
        if found is not None:
            claims: dict[int, list[int]] = {}
            for position, entry in enumerate(shown):
                places = list(found(entry))
                if len(places) == 1:
                    claims.setdefault(places[0], []).append(position)
            for at, positions in claims.items():
                if len(positions) == 1:
                    behind[positions[0]] = at
        _find_by_looks(shown, present, place, behind)
        filled = []
        for position, entry in enumerate(shown):
            found_at = behind[position]
            other = _NOWHERE if found_at is None else present[found_at]
            filled.append(self.value(entry, other, place.entry(position, entry, rule)))
        return filled


def _is_behind(shown: str, present: Any, place: Place) -> bool:
    if isinstance(present, str):
        # A mask that stands for all of a text needs no more than a text that may be a secret.
        if shown == MASK:
            return bool(present.strip())
    elif isinstance(present, bool) or not isinstance(present, (int, float)):
        return False
    return bool(shown == MASK or masked(present, place) == shown)


def _find_by_looks(
    shown: list[Any], present: list[Any], place: Place, behind: list[int | None]
) -> None:
    """Find those that are still to be found by what they look like with their secrets masked."""
    open_ones = [
        index for index, at in enumerate(behind) if at is None and _holds_mask(shown[index])
    ]
    if not open_ones:
        return
    places = place.entries(present)
    free = set(range(len(present))) - set(behind)
    looks = {index: masked(present[index], places[index]) for index in free}
    while open_ones:
        entry = shown[open_ones[0]]
        alike = [index for index in open_ones if shown[index] == entry]
        found = [index for index in sorted(free) if looks[index] == entry]
        if len(alike) == len(found):
            for index, at in zip(alike, found, strict=True):
                behind[index] = at
        open_ones = [index for index in open_ones if index not in alike]


def _holds_mask(value: Any) -> bool:
    return any(MASK in text for text in texts(value))
