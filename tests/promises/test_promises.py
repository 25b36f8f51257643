# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each mistake is made in a copy of the sources, where the tests that a promise names have to fail of it."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from .promise import Mistake
from .spoilt_tree import SpoiltTree
from .table import PROMISES

#: A machine with other things to do may take its time.
pytestmark = pytest.mark.timeout(900)

MISTAKES = [mistake for promise in PROMISES for mistake in promise.mistakes]
# End-to-end tests take longer, and so go file by file.
PARTS: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
for mistake in MISTAKES:
    for test in mistake.tests:
        file = test.partition("::")[0]
        PARTS[file if file.startswith("tests/e2e/") else "tests/unit", mistake.core].add(test)


@pytest.fixture(scope="session")
def tree() -> SpoiltTree:
    """A copy for each process that runs tests."""
    return SpoiltTree(f"promises/{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")


@pytest.mark.parametrize(("part", "core"), PARTS)
def test_without_a_mistake_each_passes(part: str, core: str, tree: SpoiltTree) -> None:
    tests = sorted(PARTS[part, core])
    ended = tree.run(tests, core)
    assert not ended.failed, ended.said
    assert not ended.broken, ended.said
    assert all(ended.of(test)[0] for test in tests), ended.said


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.told)
def test_it_would_be_noticed(mistake: Mistake, tree: SpoiltTree) -> None:
    with tree.made(mistake):
        ended = tree.run(mistake.tests, mistake.core)
    assert not ended.broken, ended.said
    blind = [test for test in mistake.tests if not ended.of(test)[1]]
    assert not blind, ended.said
