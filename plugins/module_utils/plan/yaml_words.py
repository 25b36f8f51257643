# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that YAML reads as booleans where a text was meant: C(NO) is Norway, and false."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..document.place import Place
from ..document.schema import BOOLEAN, DOMAINS, INTEGER, LISTS, MAP, NUMBER, SCALARS

_TEXTS = frozenset(SCALARS) - {BOOLEAN, INTEGER, NUMBER}


def boolean_for_text(value: bool, place: Place) -> Iterator[str]:
    """A sentence about a boolean where the schema knows of a text."""
    if _is_text(place):
        yield _told(place, value)


def booleans_among_texts(members: Sequence[Any], place: Place) -> Iterator[str]:
    """A sentence about each boolean of a list in which texts stand as well, and of which the schema knows nothing."""
    if any(isinstance(member, str) for member in members):
        for at, member in zip(place.entries(members), members, strict=True):
            if isinstance(member, bool) and not _is_text(at):
                yield _told(at, member)


def _is_text(place: Place) -> bool:
    known = place.known
    if known is None or known.type in (MAP, DOMAINS):
        return False
    if place.is_entry:
        return known.is_list and LISTS[known.type] in _TEXTS
    return known.type in _TEXTS


def _told(place: Place, value: bool) -> str:
    word = "yes and on" if value else "no and off"
    return (
        f"{place} is {'true' if value else 'false'} where a text is expected: YAML reads {word} (in any case) "
        "as booleans; quote the text if that was meant."
    )
