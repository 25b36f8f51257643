# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan in the making: what it may do, and what has been found so far."""

from __future__ import annotations

from typing import Any

from ..document.equality import differ_only_in_type, is_blank, is_container, type_name
from ..document.errors import PlanError
from ..document.place import Place
from ..document.policy import Policy
from .changes import ADD, CHANGE, ORDER, REMOVE, Change


class Draft:
    """Collects changes and warnings while a document is walked.

    :ivar equal: the comparison that the policy names.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.meaning = policy.meaning
        self.equal = policy.equal
        self.changes: list[Change] = []
        self.warnings: list[str] = []

    def add(self, place: Place, after: Any) -> None:
        self._record(Change(place, ADD, None, after))

    def change(self, place: Place, before: Any, after: Any) -> None:
        self._record(Change(place, CHANGE, before, after))
        self.warn_of_type(place, before, after)

    def remove(self, place: Place, before: Any) -> None:
        self._record(Change(place, REMOVE, before))

    def order(
        self, place: Place, before: list[str], after: list[str], positions: tuple[int, ...]
    ) -> None:
        self._record(Change(place, ORDER, before, after, positions))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def warn_of_type(self, place: Place, stored: Any, desired: Any) -> None:
        """Say so where only the type differs: more often a missing pair of quotes than a wish."""
        if differ_only_in_type(stored, desired):
            self.warn(
                f"{place}: only the type differs, the stored {type_name(stored)} becomes the "
                f"{type_name(desired)} of the same look; quote the value, or take the quotes away, if that "
                f"is not meant."
            )

    def same_kind(self, place: Place, stored: Any, desired: Any) -> None:
        """Refuse to put a map, a list or a scalar where something of another kind would be lost.

        Stored, what holds nothing (null, blank text, an empty map or list) is of any kind. Desired, null is,
        and an empty map stands for an empty list and the other way round.

        :raises PlanError: unless the task declares C(replace) for the place.
        """
        if type_name(stored) == type_name(desired) or is_blank(stored) or desired is None:
            return
        if is_container(stored) and is_container(desired):
            if not desired:
                return
        elif not is_container(stored) and not is_container(desired):
            return
        if self.meaning.replaces(place):
            return
        where = str(place)
        raise PlanError(
            f"{where} is stored as {_article(stored)}, and the configuration gives {_article(desired)}.",
            f'Give {_article(stored)}, or declare lists: {{"{where}": replace}} if it is to become '
            f"{_article(desired)}.",
            place,
        )

    def _record(self, change: Change) -> None:
        self.changes.append(change)


def _article(value: Any) -> str:
    name = type_name(value)
    return f"an {name}" if name == "integer" else f"a {name}"
