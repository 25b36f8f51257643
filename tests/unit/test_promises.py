# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of promises: what it quotes stands there, what it names is there, and nothing is left out."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from promises import page
from promises.promise import Mistake, Promise
from promises.table import NO_PROMISES, PROMISES
from workshop.places import ROOT

MISTAKES = [mistake for promise in PROMISES for mistake in promise.mistakes]


@cache
def text(document: str) -> str:
    """A document with the ends of its lines taken for blanks."""
    return " ".join((ROOT / document).read_text(encoding="utf-8").split())


@cache
def named_in(file: str) -> set[str]:
    """The names of the tests of a file, with those of their classes before them."""
    found = set()
    for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)
            }
    return found


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.words)
def test_a_promise_is_made_where_it_says(promise: Promise) -> None:
    assert promise.words in text(promise.document)
    assert promise.mistakes


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.told)
def test_a_mistake_can_be_made(mistake: Mistake) -> None:
    assert (ROOT / mistake.file).read_text(encoding="utf-8").count(mistake.old) == 1
    assert mistake.old != mistake.new


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.told)
def test_what_is_to_notice_it_is_there(mistake: Mistake) -> None:
    assert mistake.tests
    for test in mistake.tests:
        file, _colons, name = test.partition("::")
        assert name.partition("[")[0] in named_in(file)


def test_mistakes_are_told_apart() -> None:
    told = [mistake.told for mistake in MISTAKES]
    assert len(set(told)) == len(told)


def test_each_sentence_of_what_it_promises_is_proven_or_none() -> None:
    readme = text("README.md")
    section = readme.partition("## What it promises ")[2].partition(" ## ")[0]
    assert section
    covered = [*NO_PROMISES, *(one.words for one in PROMISES if one.document == "README.md")]
    left = section
    for words in covered:
        left = left.replace(words, "")
    assert not re.findall(r"\w{4,}", left), left


def test_each_line_of_what_is_in_it_is_proven() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## What is in it\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith(("| `", "| [", "| all"))]
    assert rows
    unproven = []
    for row in rows:
        roles = {
            f"roles/{name}/README.md" for name in re.findall(r"\(roles/(\w+)/README.md\)", row)
        }
        documents = {one.document for one in PROMISES}
        if not (roles and roles <= documents) and not any(one.words in row for one in PROMISES):
            unproven.append(row)
    assert not unproven


def test_each_role_promises_something() -> None:
    """A new role needs a promise in C(tests/promises/of_the_roles.py), and C(make keys)."""
    roles = {f"roles/{folder.name}/README.md" for folder in (ROOT / "roles").iterdir()}
    assert roles <= {one.document for one in PROMISES}


def test_the_page_is_made_from_the_table() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page()
