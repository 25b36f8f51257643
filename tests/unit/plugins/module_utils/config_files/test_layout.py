# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where files lie: one for each, on every file system, and never outside of the folder."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.layout import (
    Entry,
    kind_at,
    paths,
)
from simulator.hostile import hostile_names


def entry(number: int, name: str, client: int | None = 3, kind: str = "host") -> Entry:
    return Entry(kind, number, name, client)


def test_plain_names() -> None:
    found = paths([entry(7, "shop-1.example"), entry(7, "shop-1.example", None, "group")])
    assert found == ["clients/3/hosts/shop-1.example.yml", "no-client/groups/shop-1.example.yml"]


def test_names_that_several_bear() -> None:
    every = [entry(1, "a"), entry(2, "A"), entry(3, "a", 4), entry(4, "b")]
    assert paths(every) == [
        "clients/3/hosts/a~1.yml",
        "clients/3/hosts/A~2.yml",
        "clients/4/hosts/a.yml",
        "clients/3/hosts/b.yml",
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("", "host~7"),
        ("..", "host~7"),
        ("../../etc/passwd", "etc_passwd~7"),
        ("two words", "two_words~7"),
        ("a~7", "a_7~7"),
        ("a.", "a~7"),
        (".git", "git~7"),
        ("-rf", "rf~7"),
        ("con", "con~7"),
        ("NUL.example", "NUL.example~7"),
        ("é.example", "example~7"),
        ("x" * 121, "x" * 120 + "~7"),
    ],
)
def test_odd_names(name: str, file: str) -> None:
    assert paths([entry(7, name)]) == [f"clients/3/hosts/{file}.yml"]


def test_hostile_names_are_all_different_and_found_again() -> None:
    every = [
        entry(number, name or "", number % 2) for number, name in enumerate(hostile_names("w"))
    ]
    found = paths(every)
    assert len({path.casefold() for path in found}) == len(every)
    assert {kind_at(path) for path in found} == {"host"}


@pytest.mark.parametrize(
    "path",
    ["README.md", "clients/3/hosts/a.txt", "clients/x/hosts/a.yml", "clients/3/hosts/b/a.yml"],
)
def test_what_is_no_file_of_a_backup(path: str) -> None:
    assert kind_at(path) is None
