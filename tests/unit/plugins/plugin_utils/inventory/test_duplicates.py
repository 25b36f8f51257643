# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Equal names are told apart in the same way, whatever order the API lists hosts in."""

from __future__ import annotations

import random

import pytest
from ansible.errors import AnsibleParserError
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.duplicates import (
    distinct,
)

TWINS = [("web", 3), ("db", 4), ("web", 1), ("web", 2)]


def test_different_names_stay() -> None:
    assert distinct([("a", 1), ("b", 2)], "fail") == ["a", "b"]


def test_each_of_the_equal_ones_gets_its_id() -> None:
    assert distinct(TWINS, "suffix_id") == ["web_3", "db", "web_1", "web_2"]


def test_a_suffixed_name_takes_nobodys_place() -> None:
    assert distinct([*TWINS, ("web_1", 9)], "suffix_id") == [
        "web_3",
        "db",
        "web_1_1",
        "web_2",
        "web_1",
    ]


def test_the_first_is_the_one_with_the_lowest_id() -> None:
    assert distinct(TWINS, "first") == [None, "db", "web", None]


def test_or_the_source_fails() -> None:
    with pytest.raises(
        AnsibleParserError, match=r"same name: web \(ids 1, 2, 3\)\. Set on_duplicate"
    ):
        distinct(TWINS, "fail")


@given(
    st.lists(st.sampled_from(["a", "b", "a_1", "a_2", "b_1_1", "a_1_1"]), max_size=12), st.randoms()
)
@pytest.mark.parametrize("rule", ["suffix_id", "first"])
def test_the_order_makes_no_difference(rule: str, names: list[str], rng: random.Random) -> None:
    named = [(name, number) for number, name in enumerate(names)]
    shuffled = named.copy()
    rng.shuffle(shuffled)
    once = dict(zip(named, distinct(named, rule), strict=True))
    again = dict(zip(shuffled, distinct(shuffled, rule), strict=True))
    assert once == again
    kept = [name for name in once.values() if name is not None]
    assert len(kept) == len(set(kept))
    if rule == "suffix_id":
        assert len(kept) == len(named)
