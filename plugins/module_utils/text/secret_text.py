# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that give themselves away by their looks, in any text: what C(secrets/) finds, masked."""

from __future__ import annotations

from collections.abc import Iterable

from .secrets.finding import find
from .secrets.rule import Span
from .secrets.values import MASK

__all__ = ["MASK", "redact_text", "secrets_in"]


def redact_text(text: str) -> str:
    """The text with every secret that can be told by its looks replaced by a mask.

    Masked are private keys as a whole, tokens of well-known formats, hashes of passwords, credentials of requests and
    in URLs, and what configuration languages assign to a name such as C(DB_PASSWORD). References to a secret that
    stands elsewhere, public keys and certificates stay.
    """
    # A mask may uncover what a secret hid: that another one stands beside it.
    while spans := find(text):
        text = _masked(text, spans)
    return text


def secrets_in(text: str) -> list[str]:
    """Those secrets themselves, in the order in which they stand in the text."""
    return [text[start:end] for start, end in find(text)]


def _masked(text: str, spans: Iterable[Span]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], MASK)
        done = end
    return "".join((*parts, text[done:]))
