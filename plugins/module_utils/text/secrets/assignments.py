# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is assigned to secret names in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .forms import FORMS, Form
from .names import is_secret_name, words_of
from .rule import Span

# Within every secret name, once that is in lower case. Long ones begin with short ones.
STEMS = (
    "pass", "pwd", "pw", "psw", "pvk", "psk", "secret", "token", "key", "salt", "auth", "cred", "cookie",
    "license", "ovh",
    "woord", "geheim", "kennwort", "mot", "contrase", "senha", "chiave", "has", "senord", "adgang", "salasana",
)  # fmt: skip
_STEM = re.compile("|".join(STEMS))

# Names are not longer: what is, is a token, or a file in base64.
_LONGEST_NAME = 96
_OF_A_NAME = re.compile(r"[\w.-]*")
# So much of a line is looked at before a name.
_BEFORE = 300
# A value that goes on is a secret as a whole; whether it is one is told by this much of it.
_JUDGED = 1024
# Names whose value is a user and a password.
_PAIR = re.compile(r"auth$|authident$|basicauth|userpwd$")
_USER = re.compile(r"[^\s:]{1,200}:(?=\S)")
_CLOSERS = "\"'`;,)]}"
_OPENERS = {")": "(", "]": "[", "}": "{", '"': '"', "'": "'", "`": "`"}


def assigned(text: str, lowered: str) -> Iterator[Span]:
    """Where the values of secret names stand.

    :param lowered: the text in lower case, each letter at its place.
    """
    at = 0
    while (stem := _STEM.search(lowered, at)) is not None:
        start, end = _name_around(text, *stem.span())
        # The next stem may be part of this name, or of its value.
        at = max(end, stem.end())
        if end - start <= _LONGEST_NAME and is_secret_name(text[start:end]):
            for span in _values(text, start, end):
                at = max(at, span[1])
                yield span


def _name_around(text: str, start: int, end: int) -> Span:
    first = max(0, start - _LONGEST_NAME)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "_-."):
        start -= 1
    found = _OF_A_NAME.match(text, end, end + _LONGEST_NAME)
    end = found.end() if found else end
    while text[end - 1] in ".-" and end > start + 1:
        end -= 1
    while text[start] in ".-" and start < end - 1:
        start += 1
    return start, end


def _values(text: str, start: int, end: int) -> list[Span]:
    """What is assigned to the name that stands there."""
    name = text[start:end]
    line = max(start - _BEFORE, text.rfind("\n", max(0, start - _BEFORE), start) + 1)
    before = text[max(0, line) : start]
    for form in FORMS:
        patterns = form.patterns
        match = patterns.after.match(text, end)
        if (
            match is None
            or (patterns.names and not patterns.names.fullmatch(name))
            or (patterns.before and not patterns.before.search(before))
        ):
            continue
        spans = list(_in_form(form, text, match, before))
        if spans:
            is_pair = _PAIR.search("".join(words_of(name))) is not None
            return [_without_user(text, *span) for span in spans] if is_pair else spans
    return []


def _in_form(form: Form, text: str, match: re.Match[str], before: str) -> Iterator[Span]:
    patterns = form.patterns
    if patterns.value:
        yield from _bare(form, patterns.value, text, match.end(), before)
    elif patterns.item:
        for item in patterns.item.finditer(text, *match.span("_items")):
            yield from _groups(form, text, item)
    else:
        yield from _groups(form, text, match)


def _groups(form: Form, text: str, match: re.Match[str]) -> Iterator[Span]:
    for group in match.groupdict():
        if not group.startswith("_"):
            start, end = match.span(group)
            stripped = text[start:end].strip()
            if stripped and form.holds(stripped):
                start = text.index(stripped, start)
                yield start, start + len(stripped)


def _bare(form: Form, value: re.Pattern[str], text: str, at: int, before: str) -> Iterator[Span]:
    found = value.match(text, at, at + _JUDGED)
    if found is None or not form.holds(found[0].rstrip()):
        return
    start, end = _unclosed(text, at, at + len(found[0].rstrip()), before)
    if not form.holds(text[start:end]):
        return
    if found.end() == at + _JUDGED:
        whole = value.match(text, at)
        end = whole.end() if whole else end
    yield start, end


def _unclosed(text: str, start: int, end: int, before: str) -> Span:
    """A value without what closes, behind it, a bracket or a quote from before its name."""
    while end > start and text[end - 1] in _CLOSERS:
        closer = text[end - 1]
        opener = _OPENERS.get(closer)
        if opener is not None:
            value = text[start:end]
            if opener not in before or value.count(opener) >= value.count(closer) > int(
                opener == closer
            ):
                break
        end -= 1
    return start, end


def _without_user(text: str, start: int, end: int) -> Span:
    user = _USER.match(text, start, end)
    return (user.end(), end) if user else (start, end)
