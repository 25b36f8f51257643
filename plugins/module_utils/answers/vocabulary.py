# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Declared vocabularies, and the one way in which they are read.

The API's reference leaves open what several of its bodies look like. What is known of each subject stands in a
table of its own (C(deployment_words), C(account_words), C(monitoring_words)): which words mean what, and under which
keys a role's value may stand. This module knows how a word or key is spelled, and none of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from ..text import json_text

Meaning = TypeVar("Meaning")

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# A slash parts words only between two of them (FTP/SFTP); elsewhere it begins a path (disk_/var).
_BETWEEN = re.compile(r"(?:[^\w/]|_|(?<=[^\W_])/(?=[^\W_]))+")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """C(usedPercent), C(Used-percent), C(USED_PERCENT) and C(used %) are the words C(("used", "percent")).

    A path and a number are names: they are one word, as they stand.
    """
    text = text.strip()
    if text.startswith("/") or _NUMBER.fullmatch(text):
        return (text.casefold(),)
    parted = _CAMEL.sub("_", text.replace("%", " percent ")).casefold()
    return tuple(word for word in _BETWEEN.split(parted) if word)


def spelled(text: str) -> str:
    """A text in the spelling of the tables: its words, joined by C(_)."""
    return "_".join(words_of(text))


def by_words(value: Mapping[Any, Any]) -> dict[str, Any]:
    """An object with its keys in the spelling of the tables; of two keys that are one word, the first."""
    result: dict[str, Any] = {}
    for key, item in value.items():
        result.setdefault(spelled(str(key)), item)
    return result


def opened(text: str) -> Any:
    """What a text stands for that is JSON itself, as where a database's column was passed on; None for any other."""
    try:
        return json_text.decode(text)
    except ValueError:
        return None


class Vocabulary(Generic[Meaning]):
    """Words, or keys, and what they mean.

    :param table: the words of each meaning, parted by spaces, in the order of preference.
    :raises ValueError: for a word with two meanings.
    """

    def __init__(self, table: Mapping[Meaning, str]) -> None:
        self._words = {meaning: tuple(words.split()) for meaning, words in table.items()}
        self._meanings: dict[str, Meaning] = {}
        for meaning, words in self._words.items():
            for word in words:
                if self._meanings.setdefault(word, meaning) != meaning:
                    raise ValueError(f"{word} means both {self._meanings[word]} and {meaning}")
        endings = [(tuple(word.split("_")), meaning) for word, meaning in self._meanings.items()]
        self._endings = sorted(endings, key=lambda ending: -len(ending[0]))

    def __contains__(self, word: str) -> bool:
        """Whether a word, in the spelling of the tables, is one of them."""
        return word in self._meanings

    def __getitem__(self, meaning: Meaning) -> tuple[str, ...]:
        """The words of a meaning, in the table's order."""
        return self._words[meaning]

    def meaning(self, text: str) -> Meaning | None:
        """What a text means as a whole."""
        return self._meanings.get(spelled(text))

    def meaning_within(self, words: tuple[str, ...]) -> Meaning | None:
        """What any of the words means; where they mean several things, the one that the table names first."""
        for meaning, known in self._words.items():
            if not set(known).isdisjoint(words):
                return meaning
        return None

    def meaning_at_end(self, words: tuple[str, ...]) -> tuple[Meaning, tuple[str, ...]] | None:
        """What the last of the words mean, and the words before those, which say whose: C(db_password)."""
        for ending, meaning in self._endings:
            if words[-len(ending) :] == ending:
                return meaning, words[: -len(ending)]
        return None

    def values(self, parts: Mapping[str, Any], meaning: Meaning) -> Iterator[Any]:
        """What stands under the keys of a meaning, the preferred ones first.

        :param parts: an object as C(by_words) gives it.
        """
        return (parts[key] for key in self._words[meaning] if key in parts)

    def first(self, parts: Mapping[str, Any], meaning: Meaning) -> Any:
        """The first of C(values) that is not null; None where there is none."""
        return next((value for value in self.values(parts, meaning) if value is not None), None)
