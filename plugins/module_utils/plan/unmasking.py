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
from ..document.masking import MASK, Masking
from ..document.paths import Path, render
from ..document.policy import Policy
from .matching import candidates

_NOWHERE = object()


def unmasked(
    masked: dict[str, Any], present: dict[str, Any], policy: Policy | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The masked document with the present one's secrets in their places, and the paths of these.

    A secret is taken from the same place: below the same keys, in the entry of the same identity. In a list
    whose entries have none it is taken from an entry that looks the same once it is masked, and only if there
    are as many of them on both sides.

    :raises PlanError: naming the places where the present document holds no such secret.
    """
    filling = _Filling(policy or Policy())
    try:
        filled = filling.value(masked, present, (), False)
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

    def __init__(self, policy: Policy) -> None:
        self._masking = Masking(policy)
        self._lists = self._masking.lists
        self.kept: list[str] = []
        self.missing: list[str] = []

    def value(self, masked: Any, present: Any, path: Path, secret: bool) -> Any:
        if not _holds_mask(masked):
            return masked
        if isinstance(masked, dict):
            return self._map(masked, present if isinstance(present, dict) else {}, path, secret)
        if isinstance(masked, list):
            return self._list(masked, present if isinstance(present, list) else [], path, secret)
        if self._is_behind(masked, present, path, secret):
            self.kept.append(render(path))
            return present
        self.missing.append(render(path))
        return masked

    def _is_behind(self, masked: str, present: Any, path: Path, secret: bool) -> bool:
        if isinstance(present, str):
            # A mask that stands for all of a text needs no more than a text that may be a secret.
            if masked == MASK:
                return bool(present.strip())
        elif isinstance(present, bool) or not isinstance(present, (int, float)):
            return False
        return bool(masked == MASK or self._masking.redact(present, path, secret) == masked)

    def _map(
        self, masked: dict[str, Any], present: dict[str, Any], path: Path, secret: bool
    ) -> Any:
        behind: dict[str, str] = {}
        for key in present:
            behind[self._masking.key(key, behind)] = key
        filled: dict[str, Any] = {}
        for key, child in masked.items():
            name = key
            if MASK in key:
                if key not in behind:
                    self.missing.append(render((*path, key)))
                    continue
                name = behind[key]
                self.kept.append(render((*path, key)))
            place, hidden = self._below(path, name, secret)
            filled[name] = self.value(child, present.get(name, _NOWHERE), place, hidden)
        return filled

    def _list(self, masked: list[Any], present: list[Any], path: Path, secret: bool) -> list[Any]:
        rule = self._lists.rule(path, present, masked)
        found = candidates(rule, present, path) if rule.kind in ("by", "vhosts") else None
        behind: list[int | None] = [None] * len(masked)
        if found is not None:
            claims: dict[int, list[int]] = {}
            for position, entry in enumerate(masked):
                places = list(found(entry))
                if len(places) == 1:
                    claims.setdefault(places[0], []).append(position)
            for at, positions in claims.items():
                if len(positions) == 1:
                    behind[positions[0]] = at
        self._by_looks(masked, present, path, secret, behind)
        filled = []
        for position, entry in enumerate(masked):
            found_at = behind[position]
            item = self._lists.item(path, position, entry, rule)
            other = _NOWHERE if found_at is None else present[found_at]
            place, hidden = self._below(path, item, secret)
            filled.append(self.value(entry, other, place, hidden))
        return filled

    def _by_looks(
        self,
        masked: list[Any],
        present: list[Any],
        path: Path,
        secret: bool,
        behind: list[int | None],
    ) -> None:
        """Find those that are still to be found by what they look like with their secrets masked."""
        open_ones = [
            index for index, at in enumerate(behind) if at is None and _holds_mask(masked[index])
        ]
        if not open_ones:
            return
        items = self._masking.items(path, present)
        free = set(range(len(present))) - set(behind)
        looks = {
            index: self._masking.redact(present[index], *self._below(path, items[index], secret))
            for index in free
        }
        while open_ones:
            entry = masked[open_ones[0]]
            alike = [index for index in open_ones if masked[index] == entry]
            places = [place for place in sorted(free) if looks[place] == entry]
            if len(alike) == len(places):
                for index, place in zip(alike, places, strict=True):
                    behind[index] = place
            open_ones = [index for index in open_ones if index not in alike]

    def _below(self, path: Path, step: Any, secret: bool) -> tuple[Path, bool]:
        _place, hidden = self._masking.below(path, step, secret)
        return (*path, step), hidden


def _holds_mask(value: Any) -> bool:
    if isinstance(value, str):
        return MASK in value
    if isinstance(value, dict):
        return any(_holds_mask(key) or _holds_mask(child) for key, child in value.items())
    return isinstance(value, list) and any(_holds_mask(child) for child in value)
