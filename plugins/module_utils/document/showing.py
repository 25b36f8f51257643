# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A document as people read it: its secrets masked, and its certificates told instead of shown."""

from __future__ import annotations

from typing import Any

from .masking import Marked, Masked
from .place import Place
from .schema import CERTIFICATES
from .walk import ABSENT, fold

_OTHERWISE = "\n(the same certificates, written otherwise)"


def shown(value: Any, place: Place) -> Any:
    """What stands at a place."""
    return fold(value, place, _SHOWN)


def shown_change(before: Any, after: Any, place: Place) -> Any:
    """What follows upon another value, in which what differs is told from it even where it is not to be seen."""
    return fold(after, place, _SHOWN_CHANGE, before)


def holds_certificates(value: Any, place: Place) -> bool:
    """Whether a value is certificates in PEM where the schema expects them."""
    return (
        place.known is not None
        and place.known.holds == CERTIFICATES
        and not place.secret
        and isinstance(value, str)
        and "-----BEGIN" in value
    )


def _told(pem: str) -> str | None:
    # Loading what reads certificates takes as long as ten tasks that have none.
    from .certificate_text import described

    return described(pem)


class _Shown(Masked):
    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        told = _told(value) if holds_certificates(value, place) else None
        return super().scalar(value, place, beside) if told is None else told


class _ShownChange(Marked):
    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        told = _told(value) if holds_certificates(value, place) else None
        if told is None:
            return super().scalar(value, place, beside)
        is_other = beside is not ABSENT and beside != value and isinstance(beside, str)
        return told + _OTHERWISE if is_other and _told(beside) == told else told


_SHOWN = _Shown()
_SHOWN_CHANGE = _ShownChange()
