# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How places are written, and patterns of them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from unit.plugins.module_utils.plan.documents import patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import (
    Item,
    Path,
    Pattern,
    heaviest,
    render,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.escaping import escape

STEPS = st.one_of(st.text(max_size=6), st.builds(Item, st.integers(0, 3), st.text(max_size=6)))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "the document"),
        (("a", "b_c", "d-e"), "a.b_c.d-e"),
        (("système", "x1"), "système.x1"),
        (("system_users", Item(0, "prod"), "vhosts", Item(2, "a.test b.test")),
         "system_users[prod].vhosts[a.test b.test]"),
        (("a", Item(3)), "a[#3]"),
        (("a.b", "c"), '"a.b".c'),
        (("", "1"), '""."1"'),
        (('q"', "x[0]", "y]"), '"q\\""."x[0]"."y]"'),
        (("\x7f",), '"\\u007f"'),
        (("a\nb", "\x1b[2J", "\u202e"), '"a\\nb"."\\u001b[2J"."\\u202e"'),
        (("p", Item(0, "#1")), 'p["#1"]'),
        (("p", Item(0, " x")), 'p[" x"]'),
        (("p", Item(0, "x ")), 'p["x "]'),
        (("p", Item(0, "a]b")), 'p["a]b"]'),
        (("p", Item(0, '"')), 'p["\\""]'),
        (("p", Item(0, "a\\b")), 'p["a\\\\b"]'),
        (("p", Item(0, "a\x1bb\u200b")), 'p["a\\u001bb\\u200b"]'),
        (("p", Item(0, "x" * 80)), f"p[{'x' * 80}]"),
        (("p", Item(0, "x" * 41 + "y" * 40)), f"p[{'x' * 40}…{'y' * 40}]"),
        (("ghp_" + "x" * 36,), '"********"'),
        (("p", Item(0, "ghp_" + "x" * 36)), "p[********]"),
    ],
)  # fmt: skip
def test_a_path_reads_on_one_line(path: Path, text: str) -> None:
    assert render(path) == text


@patiently
@given(st.lists(STEPS, max_size=3).map(tuple), st.lists(STEPS, max_size=3).map(tuple))
def test_two_places_are_never_written_alike(one: Path, other: Path) -> None:
    plain = [tuple(step.label or step.index if isinstance(step, Item) else step for step in path)
             for path in (one, other)]  # fmt: skip
    kinds = [tuple(type(step) for step in path) for path in (one, other)]
    if (plain[0], kinds[0]) != (plain[1], kinds[1]):
        assert render(one) != render(other)
    assert escape(render(one)) == render(one)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a", ("a",), True),
        ("a", ("b",), False),
        ("a", ("a", "b"), False),
        ("a.b", ("a",), False),
        ("a.b", ("a", "b"), True),
        ("*", ("a",), True),
        ("*", (), False),
        ("*.b", ("a", "b"), True),
        ("system_users.*.vhosts", ("system_users", Item(0, "prod"), "vhosts"), True),
        ("system_users[prod].vhosts", ("system_users", Item(0, "prod"), "vhosts"), True),
        ("system_users.prod.vhosts", ("system_users", Item(0, "prod"), "vhosts"), True),
        ("system_users[pr*]", ("system_users", Item(0, "prod")), True),
        ("system_users[stage]", ("system_users", Item(0, "prod")), False),
        ("l[#1]", ("l", Item(1)), True),
        ("l[#1]", ("l", Item(0)), False),
        ("v[a.test]", ("v", Item(0, "a.test")), True),
        ("db_*", ("db_password",), True),
        ("db_*", ("xdb_password",), False),
        ("**", ("a", "b", "c"), True),
        ("**", (), True),
        ("**.x", ("x",), True),
        ("**.x", ("a", Item(0), "x"), True),
        ("**.x", ("a", "x", "b"), False),
        ("a.**.x", ("a", "x"), True),
        ("a.**.x", ("a", "b", "x", "x"), True),
        ("a.**", ("a",), True),
        ("**.**", ("a",), True),
        ("**.a.**.b", ("a", "x", "a", "b"), True),
        ("**.a.b", ("a", "a", "b"), True),
        ('"a\nb"', ("a\nb",), True),
        ('"a.b".c', ("a.b", "c"), True),
        ('a."*"', ("a", "x"), False),
        ('a."*"', ("a", "*"), True),
        ('a["x]y"]', ("a", Item(0, "x]y")), True),
        ('p[0"x"]', ("p", Item(0, '0"x"')), True),
        ("a.b\nc", ("a", "b\nc"), True),
        ("a*c", ("a\nc",), True),
        ("a+b", ("aab",), False),
        ("[prod].x", (Item(0, "prod"), "x"), True),
    ],
)
def test_patterns(pattern: str, path: Path, matches: bool) -> None:
    assert Pattern(pattern).matches(path) is matches


@pytest.mark.parametrize(
    "text", ["", ".", "a.", ".a.", "a..b", "a[", "a[]", "a]b", 'a"b"', 'a."b', 'a."\\q"', "a[b]c"]
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="is not a path") as error:
        Pattern(text)
    assert "system_users.*.vhosts" in str(error.value.hint)


def test_a_refused_pattern_shows_no_secret() -> None:
    with pytest.raises(PlanError) as error:
        Pattern("ghp_" + "x" * 36 + "[")
    assert "xxx" not in str(error.value)


@patiently
@given(st.lists(STEPS, min_size=1, max_size=3).map(tuple))
def test_a_written_path_is_a_pattern_of_itself(path: Path) -> None:
    path = tuple(
        Item(step.index, step.label or "x") if isinstance(step, Item) else step for step in path
    )
    if not any("*" in (step if isinstance(step, str) else step.label) for step in path):
        assert Pattern(render(path)).matches(path)


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        (["a.*", "a.b"], "a.b"),
        (["a.b", "a.*"], "a.b"),
        (["*.b", "a.*"], "a.*"),
        (["a.*", "*.b"], "*.b"),
        (["a.*", "**"], "a.*"),
        (["**", "*.*"], "*.*"),
        (["a.b*", "a.b"], "a.b"),
        (["x", "a.c"], None),
    ],
)
def test_the_most_exact_pattern_counts_and_of_equals_the_last(
    patterns: list[str], found: str | None
) -> None:
    pattern = heaviest([Pattern(text) for text in patterns], ("a", "b"))
    assert (pattern and pattern.text) == found
