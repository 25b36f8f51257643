# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.vocabulary import (
    Vocabulary,
    by_words,
    opened,
    spelled,
    words_of,
)

FRUIT = Vocabulary({"red": "apple red_apple cherry", "green": "pear green_pear"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("usedPercent", ("used", "percent")),
        ("Used-percent", ("used", "percent")),
        (" USED_PERCENT ", ("used", "percent")),
        ("used %", ("used", "percent")),
        ("ftp.user/name", ("ftp", "user", "name")),
        ("FTP/SFTP", ("ftp", "sftp")),
        ("load5Average", ("load5", "average")),
        # Names rather than words.
        ("/var/www", ("/var/www",)),
        ("disk_/var", ("disk", "/var")),
        ("-1", ("-1",)),
        ("8.10", ("8.10",)),
        ("", ()),
        ("_-_", ()),
    ],
)
def test_words_of_a_text(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words
    assert spelled(text) == "_".join(words)


def test_a_word_means_one_thing() -> None:
    assert FRUIT.meaning("Red apple") == "red"
    assert FRUIT.meaning("yellow apple") is None
    assert "apple" in FRUIT
    assert "plum" not in FRUIT
    with pytest.raises(ValueError, match="apple means both red and green"):
        Vocabulary({"red": "apple", "green": "apple"})


def test_words_in_a_text_mean_what_the_table_names_first() -> None:
    assert FRUIT.meaning_within(("pear", "and", "apple")) == "red"
    assert FRUIT.meaning_within(("plum",)) is None


def test_the_longest_ending_counts() -> None:
    assert FRUIT.meaning_at_end(("my", "red", "apple")) == ("red", ("my",))
    assert FRUIT.meaning_at_end(("apple", "tree")) is None


def test_values_come_in_the_order_of_the_table() -> None:
    parts = by_words({"cherry": 1, "redApple": None, "RED_APPLE": 2, "apple": 3})
    assert list(FRUIT.values(parts, "red")) == [3, None, 1]
    assert FRUIT.first({"apple": None, "cherry": 0}, "red") == 0
    assert FRUIT.first(parts, "green") is None


def test_json_within_a_text() -> None:
    assert opened('{"a": 8.10}') == {"a": 8.1}
    assert opened("a: 1") is None
    assert opened("[" * 100_000) is None
