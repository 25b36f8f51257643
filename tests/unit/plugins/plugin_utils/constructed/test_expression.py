# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read out of an expression's text."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.expression import (
    Path,
    of_expression,
    of_template,
)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("a", {Path("a")}),
        ("a.b", {Path("a", ("b",))}),
        ("a['b'][0].c", {Path("a", ("b", 0, "c"))}),
        ("a.0", {Path("a", (0,))}),
        ("a[-1]", {Path("a")}),
        ("a[b]", {Path("a"), Path("b")}),
        ("a[b.c].d", {Path("a"), Path("b", ("c",))}),
        ("a.b.get('c', d.e)", {Path("a", ("b", "c")), Path("d", ("e",))}),
        ("a.get(b)", {Path("a"), Path("b")}),
        ("a.b.items()", {Path("a", ("b",))}),
        ("a._b", {Path("a")}),
        ("a['\\x62']", {Path("a")}),
        ("a.b | default(c)", {Path("a", ("b",)), Path("c")}),
        ("a if b else c.d", {Path("a"), Path("b"), Path("c", ("d",))}),
        ("a.b is defined and c not in [d]", {Path("a", ("b",)), Path("c"), Path("d")}),
        ("range(a)", {Path("range"), Path("a")}),
        ("'x'", set()),
        ("1 + 2", set()),
    ],
)
def test_paths(text: str, paths: set[Path]) -> None:
    for read in (of_expression(text), of_template("{{ " + text + " }}")):
        assert read.obstacle is None
        assert set(read.paths) == paths


@pytest.mark.parametrize(
    "text",
    [
        "", "a |", "a b", "lookup('env', 'HOME')", "now()", "a.b()", "a(b)", "a | random",
        "a | community.general.x",
        "a is sameas b", "a is file", "a is exists", "vars['a']", "hostvars.a.b", "omit", "self",
        "a.items", "a['keys']",
        "a.__class__", "a | map(b)", "a | map('random')", "a | map('map', 'random')", "a | map(*b)",
        "a | select(b)",
        "a | selectattr('x', b)", "a | select('file')", "dict(**a)", "'{{ a }}'", "'{%' ~ a",
        "a.append(1)", "a.pop()",
        "a.format(b)", "lipsum()", "namespace()", "a | password_hash", "a | strftime", "a.b.c.d(e)",
        "caller()",
        "a.update(b)", "a.setdefault('x', 1)", "'x'.format(a)", "a | vault('x')", "a | nope",
    ],
)  # fmt: skip
def test_obstacles(text: str) -> None:
    assert of_expression(text).obstacle
    assert of_template("{{ " + text + " }}").obstacle


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 1 %}{{ a }}", "{% for a in b %}{{ a }}{% endfor %}", "{% include 'a' %}",
        "{% import 'a' as b %}",
        "#jinja2: trim_blocks: False\n{{ a }}", "{% macro a() %}{% endmacro %}",
        "{% filter random %}{% endfilter %}",
        "{% call a() %}{% endcall %}", "{% with a = b %}{% endwith %}",
        "{% block a %}{% endblock %}", "{% extends 'a' %}",
    ],
)  # fmt: skip
def test_obstacles_in_templates(text: str) -> None:
    assert of_template(text).obstacle


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a", Path("a")),
        (" a . b ", Path("a", ("b",))),
        ("(a)", Path("a")),
        ("a ~ ''", None),
        ("a | default", None),
        ("-a", None),
        ("true", None),
        ("a.get('b')", None),
    ],
)
def test_plain_paths(text: str, plain: Path | None) -> None:
    assert of_expression(text).plain == plain
    assert (
        of_template("{{" + text + "}}").plain == (None if text == "-a" else plain) or text == "-a"
    )


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("a.b", False),
        ("a.b | default('x') | lower", False),
        ("a.b.split('-') | first", False),
        ("[a.b]", True),
        ("{'x': a.b}", True),
        ("(a.b, 1)", True),
        ("'%r' % a.b", True),
        ("a.b | pprint", True),
        ("a | combine(b.c)", True),
        ("dict(x=a.b)", True),
        ("a | default(b, boolean=true)", False),
    ],
)
def test_shows_missing(text: str, shows: bool) -> None:
    assert of_expression(text).shows_missing is shows
