# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that tells a secret by its looks, asked of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .assignments import STEMS, assigned
from .commands import COMMANDS
from .forms import FORMS
from .languages import HEADERS, PHP, SQL
from .private_keys import BLOCKS, PRIVATE_KEYS
from .rule import Span, Table
from .services import SERVICES
from .tokens import ADDRESSES, HASHES, TOKENS

_SHORTEST = 5
TABLES = (BLOCKS, PRIVATE_KEYS, TOKENS, HASHES, ADDRESSES, HEADERS, COMMANDS, SQL, PHP, SERVICES)
_BLOCKS = Table(BLOCKS)
_TABLE = Table(*TABLES[1:])

# Certificates and public keys: what looks like a secret in them is chance.
_PUBLIC = re.compile(
    r"-----BEGIN (?:(?:TRUSTED )?CERTIFICATE(?: REQUEST)?|(?:RSA |DSA |EC )?PUBLIC KEY|X509 CRL|(?:DH|EC) PARAMETERS)"
    r"-----[A-Za-z0-9+/=\s\\]*-----END [A-Z0-9 ]{1,40}-----"
    r"|\bAAAA[A-Z][A-Za-z0-9+/]{20,}={0,3}"
)
# Stands for what is not looked through any more, and in no secret.
_BLANK = "\0"

# The texts of a fleet come again and again, and those of a document are gone through several times.
_LONGEST_KEPT = 400  # characters
_MOST_KEPT = 16384


def _any_of(hints: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the hints, by their first letters: side by side they would take ten times as long."""
    by_letter: dict[str, set[str]] = {}
    for hint in hints:
        by_letter.setdefault(hint[0], set()).add(re.escape(hint[1:]))
    return re.compile(
        "|".join(
            f"{re.escape(letter)}(?:{'|'.join(sorted(others))})"
            for letter, others in sorted(by_letter.items())
        )
    )


_HINT = _any_of([*_BLOCKS.hints, *_TABLE.hints, *STEMS])
_HAS_STEM = _any_of(STEMS)


def prepare() -> None:
    """Make every expression, in a process that is about to fork: each of its children would make those it needs."""
    for table in TABLES:
        for rule in table:
            _made = rule.pattern
    for form in FORMS:
        _those = form.patterns


def find(text: str) -> tuple[Span, ...]:
    """Where the secrets of a text stand, in order; none touches another."""
    return _find_once(text) if len(text) <= _LONGEST_KEPT else _find(text)


def _find(text: str) -> tuple[Span, ...]:
    if len(text) < _SHORTEST:
        return ()
    spans: list[Span] = []
    rest = text
    if "AAAA" in text or "---" in text or "PuTTY-" in text:
        spans = [span for rule in _BLOCKS.for_text(text.lower()) for span in rule.spans(text)]
        rest = _without_blocks(text, spans)
        if not rest.strip(_BLANK + " \r\n"):
            return tuple(spans)
    lowered = _lowered(rest)
    if _HINT.search(lowered) is None:
        return tuple(spans)
    spans.extend(span for rule in _TABLE.for_text(lowered) for span in rule.spans(rest))
    if _HAS_STEM.search(lowered):
        spans.extend(assigned(rest, lowered))
    return tuple(_joined(text, spans))


_find_once = lru_cache(maxsize=_MOST_KEPT)(_find)


def _without_blocks(text: str, spans: list[Span]) -> str:
    """The text, in which blanks stand for what is secret as a block and for what is public."""
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return _PUBLIC.sub(lambda match: _BLANK * len(match[0]), text)


def _lowered(text: str) -> str:
    """The text in lower case, each letter at its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # Of the few letters that become two, none belongs to a name or to a token.
    return "".join(letter.lower()[:1] for letter in text)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap as one, without those that are masked already."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if not text[start:end].strip("*" + _BLANK):
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
