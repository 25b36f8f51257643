# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People as a playbook writes them down."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access.people import (
    people_of,
)
from workshop.places import ROOT


def key(letter: str) -> str:
    return f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{letter * 43} {letter}"


A, B = key("A"), key("B")
WHERE = {"clients": [1, "2"], "groups": ["developers", 7], "hosts": ["shop.example"]}


def test_people_are_read() -> None:
    people, problems = people_of(
        [
            {"name": " An ", "keys": [A], "where": WHERE},
            {"name": "Bo", "state": "absent", "keys": [], "old_keys": [B], "where": None},
        ]
    )
    assert problems == []
    an, bo = people
    assert (an.name, an.state, an.leaving) == ("An", "present", ())
    assert (an.where.clients, an.where.groups) == ((1, 2), ("developers", 7))
    assert [one.comment for one in bo.leaving] == ["B"]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("An", "no list"),
        ([A], "Person 1 is no map"),
        ([{"keys": [A]}], "Person 1 has no name"),
        ([{"name": "a\nb", "keys": [A]}], "not one line"),
        ([{"name": "An", "key": A}], "has key, which is not known"),
        ([{"name": "An", "keys": [A], "state": "gone", "where": WHERE}], "state of An"),
        ([{"name": "An", "keys": A, "where": WHERE}], "are no list"),
        ([{"name": "An", "where": WHERE}], "has no keys"),
        ([{"name": "An", "old_keys": [A], "where": WHERE}], "has no keys"),
        ([{"name": "An", "state": "absent"}], "has no keys"),
        ([{"name": "An", "keys": [A]}], "not said where"),
        ([{"name": "An", "keys": [A], "where": {"everywhere": False}}], "not said where"),
        ([{"name": "An", "keys": [A], "where": {"everywhere": "yes"}}], "neither true nor false"),
        ([{"name": "An", "keys": [A], "where": {"client": [1]}}], "has client, which is not known"),
        ([{"name": "An", "keys": [A], "where": {"clients": ["One"]}}], "no id of a client"),
        ([{"name": "An", "keys": [A], "where": {"hosts": "shop"}}], "no list"),
        ([{"name": "An", "keys": [A], "where": {"hosts": [None]}}], "neither name nor id"),
        ([{"name": "An", "keys": [A], "where": []}], "no map"),
        ([{"name": "An", "keys": [A], "where": WHERE}, {"name": "an", "keys": [B], "where": WHERE}], "twice"),
        (
            [{"name": "An", "keys": [A], "where": WHERE}, {"name": "Bo", "keys": [A], "state": "absent"}],
            "as well as for Bo",
        ),
        ([{"name": "An", "keys": [A], "old_keys": [f"no-pty {A}"], "where": WHERE}], "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(people: Any, said: str) -> None:
    problems = people_of(people)[1]
    assert len(problems) == 1
    assert said in problems[0]


def test_all_that_is_wrong_is_told_at_once() -> None:
    problems = people_of([{"name": "An", "keys": ["x", "y"], "where": WHERE}, {}])[1]
    assert len(problems) == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["name", "keys", "old_keys", "where", "state", "clients", "everywhere"]) | st.text(),
        inner,
    ),
)  # fmt: skip


@given(st.lists(JSON))
def test_nothing_is_too_odd(people: list[Any]) -> None:
    known, problems = people_of(people)
    assert problems or len(known) == len(people)


def test_the_example_of_the_readme_is_sound() -> None:
    readme = (ROOT / "roles" / "ssh_access" / "README.md").read_text(encoding="utf-8")
    example = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)[0])
    people, problems = people_of(example["ssh_access_people"])
    assert ([person.state for person in people], problems) == (["present", "absent"], [])
