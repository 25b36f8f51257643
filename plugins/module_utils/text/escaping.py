# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from a server made fit for a message: short, on one line, and unable to drive a terminal."""

from __future__ import annotations

import unicodedata

MESSAGE_LIMIT = 500

# Control and format characters (escape sequences, text-direction overrides), lone surrogates,
# private use, unassigned, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """Runs of white space become one blank, what cannot be shown is escaped, the rest is cut off.

    The cut is made between two words: the beginning of a secret would not be recognised as one any more.
    """
    shown = escape(" ".join(text.split()))
    if len(shown) <= limit:
        return shown
    whole_words, _blank, _broken = shown[: limit + 1].rpartition(" ")
    return f"{whole_words}…" if whole_words else f"({len(shown)} characters without a blank)"


def escape(text: str) -> str:
    r"""The text with every character that has no shape of its own written as C(\x1b) or C(\u202e)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(c) if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


def escape_lines(text: str) -> str:
    """The same of a message in several lines, which stay lines. What the platform says in it is escaped already."""
    return "\n".join(map(escape, text.split("\n")))


def _escaped(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
