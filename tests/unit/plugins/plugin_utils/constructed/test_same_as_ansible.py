# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory is the one that Ansible's `Constructable` makes, whatever the expressions and the hosts."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from . import cases
from .both_ways import Case, assert_same, data, trusted

EVERY_SHAPE_OF_CONFIG = [
    {"name": "a", "other": "o", "x": 1, "cfg": cases.CONFIG},
    {"name": "a", "other": "o", "x": True, "cfg": cases.CONFIG},
    {"name": "b", "other": "o", "x": 1.0, "cfg": data(cases.CONFIG)},
    {"name": data("b"), "other": data(cases.JINJA), "x": 1, "cfg": data({**cases.CONFIG, "port": "22"})},
    {"name": "", "other": "", "x": 0, "cfg": {}},
    {"name": None, "other": "o", "x": None, "cfg": None},
    {"name": ["a", ""], "other": "o", "x": 2, "cfg": "text"},
    {"name": {"k": "v", "e": ""}, "other": "o", "x": "1", "cfg": ["a"]},
    {"name": trusted("{{ other }}"), "other": "o", "x": 1, "cfg": trusted({"port": "{{ x }}", "deep": None})},
    {"name": data("True"), "x": 1, "cfg": {"list": ["z"], "php_main_version": data("8.3")}},
    {"cfg": {"missing": "not so"}, "true": "a variable", "1": "another"},
    {"true": "a variable", "1": 2, "cfg": {"port": data("443")}},
    {},
]  # fmt: skip


def fleet() -> list[dict[str, Any]]:
    # Some of them twice, so that results are shared, with a difference in what no expression names.
    twice = [*EVERY_SHAPE_OF_CONFIG, *EVERY_SHAPE_OF_CONFIG[:9:2]]
    return [dict(host, unrelated=number) for number, host in enumerate(twice)]


def _chunks(expressions: list[Any], size: int) -> list[list[Any]]:
    return [expressions[start : start + size] for start in range(0, len(expressions), size)]


NASTY = _chunks([*cases.NASTY, *cases.NASTY_OBJECTS], 20)


def _case(options: dict[str, Any], **more: Any) -> Case:
    return Case(
        options=trusted(options, line=3),
        fleet=more.pop("fleet", None) or fleet(),
        extra_vars=cases.extra_variables(),
        set_beforehand=cases.variables_set_beforehand(),
    )


@pytest.mark.parametrize("expressions", NASTY, ids=lambda chunk: repr(chunk[0])[:30])
def test_composed_variables(expressions: list[Any]) -> None:
    compose = {f"made_{number}": text for number, text in enumerate(expressions)}
    assert_same(_case({"compose": {"composed": "name", **compose}}))


@pytest.mark.parametrize("use_extra_vars", [False, True])
def test_extra_variables(use_extra_vars: bool) -> None:
    texts = [
        "extra",
        "extra.a",
        "extra_template",
        "extra_template ~ name",
        "region",
        "name",
        "region ~ x",
        "before",
    ]
    options = {
        "compose": {f"made_{number}": text for number, text in enumerate(texts)},
        "groups": {f"group_{number}": f"{text} is defined" for number, text in enumerate(texts)},
        "keyed_groups": [
            {"key": text, "prefix": "p", "parent_group": "{{ region }}"} for text in texts[:-1]
        ],
    }
    text_names = [dict(host, name=f"n{number}") for number, host in enumerate(fleet())]
    assert_same(_case({**options, "use_extra_vars": use_extra_vars}, fleet=text_names))


@pytest.mark.parametrize("expressions", NASTY, ids=lambda chunk: repr(chunk[0])[:30])
def test_groups(expressions: list[Any]) -> None:
    groups = {f"group-{number}": text for number, text in enumerate(expressions)}
    assert_same(_case({"compose": {"composed": "cfg.deep"}, "groups": groups}))


def test_conditions_do_not_see_the_groups_of_others() -> None:
    groups = {
        "first": "true",
        "second": "'first' in group_names",
        "third": "group_names | length == 0",
    }
    keyed_groups = [
        {"key": "'fourth'"},
        {
            "key": "group_names | join('-')",
            "prefix": "k",
            "parent_group": "n{{ group_names | length }}",
        },
        {"key": "group_names", "prefix": "again"},
    ]
    options = {"groups": groups, "keyed_groups": keyed_groups, "leading_separator": False}
    plugin, _error = assert_same(_case(options, fleet=[{"name": "a"}, {"name": "b"}]))
    assert {"first", "third", "again_fourth"} <= set(plugin.inventory.groups)
    assert "second" not in plugin.inventory.groups


def _as_keyed_groups(expressions: list[Any]) -> list[dict[str, Any]]:
    # The other settings take turns, so that they meet many expressions.
    settings_in_turn = zip(
        itertools.cycle([{}, {"prefix": ""}, {"prefix": "p"}, {"prefix": "p", "separator": ""}]),
        itertools.cycle([{}, {"default_value": "none"}, {"trailing_separator": False}]),
        itertools.cycle([{}, *({"parent_group": parent} for parent in cases.PARENTS)]),
    )
    return [
        {"key": text, **first, **second, **third}
        for text, (first, second, third) in zip(expressions, settings_in_turn, strict=False)
    ]


KEYED_GROUPS = _as_keyed_groups(
    [*(text for text in cases.NASTY if text not in cases.METHODS), *cases.NASTY_OBJECTS]
)


@pytest.mark.parametrize("entry", KEYED_GROUPS, ids=repr)
def test_keyed_groups(entry: dict[str, Any]) -> None:
    # One at a time, because what cannot name a group ends all of it: first come hosts that most can name.
    first, *others = EVERY_SHAPE_OF_CONFIG
    hosts = [first, first, *others[::2], *others[1::2]]
    assert_same(_case({"keyed_groups": [entry], "leading_separator": False}, fleet=hosts))


@pytest.mark.parametrize("text", [*cases.NASTY, *cases.NASTY_OBJECTS], ids=repr)
def test_errors_if_strict(text: Any) -> None:
    hosts = [EVERY_SHAPE_OF_CONFIG[0], {"name": "b"}]
    for options in (
        {"compose": {"made": text}},
        {"groups": {"first": "true", "some-group": text}},
        {"keyed_groups": [{"key": "'first'"}, {"key": text, "parent_group": "{{ other }}"}]},
    ):
        if text in cases.METHODS and "keyed_groups" in options:
            continue
        assert_same(_case({**options, "strict": True}, fleet=hosts))


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    options=cases.options(),
    hosts=st.lists(cases.variables(), min_size=1, max_size=4),
    turns=st.integers(1, 2),
)
def test_generated_fleets(options: dict[str, Any], hosts: list[dict[str, Any]], turns: int) -> None:
    assert_same(_case(options, fleet=[dict(host) for _turn in range(turns) for host in hosts]))
