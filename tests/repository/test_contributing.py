# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worked examples of CONTRIBUTING.md: each is applied to a clone, where it does what the text promises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from workshop.places import ROOT

from .clone import Clone

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

DEMAND = re.compile(r"(?m)^\+\+\+ b/(tests|docs)/")

pytestmark = pytest.mark.timeout(900)


@dataclass(frozen=True)
class Example:
    title: str
    patches: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def demands(self) -> list[str]:
        """What of the patch says what is wanted: tests, and what they read."""
        return [patch for patch in self.patches if DEMAND.search(patch)]

    @property
    def tests(self) -> tuple[str, ...]:
        return tuple(command for command in self.commands if " pytest " in command)


def examples() -> list[Example]:
    chapter = re.search(r"(?ms)^## Three worked examples\n(.*?)^## ", GUIDE)
    assert chapter is not None
    found = []
    for part in re.split(r"(?m)^### ", chapter[1])[1:]:
        patch = "".join(re.findall(r"(?ms)^```diff\n(.*?)^```$", part))
        console = "".join(re.findall(r"(?ms)^```console\n(.*?)^```$", part))
        found.append(
            Example(
                part.splitlines()[0],
                tuple(re.split(r"(?m)^(?=--- )", patch)[1:]),
                tuple(re.findall(r"(?m)^\$ (.*)$", console)),
            )
        )
    return found


EXAMPLES = examples()


def apply(clone: Clone, patches: Iterable[str]) -> None:
    """Line numbers need not be right; what stands around a change must."""
    (clone.folder / "build").mkdir(exist_ok=True)
    file = clone.folder / "build" / "example.patch"
    # One by one: git counts the head of the next one among the lines of a hunk.
    for patch in patches:
        file.write_text(patch, encoding="utf-8")
        clone.git("apply", "--recount", str(file))


def test_there_are_three() -> None:
    assert [example.title for example in EXAMPLES] == [
        "A word of a deployment's status",
        "A key of a configuration",
        "An option",
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example_does_what_it_promises(clone: Clone, example: Example) -> None:
    assert example.demands
    apply(clone, example.demands)
    before = [clone.run("bash", "-c", command).returncode for command in example.tests]
    assert any(before), "its tests pass without it"
    clone.git("stash", "--quiet", "--include-untracked")
    apply(clone, example.patches)
    for command in example.commands:
        ended = clone.run("bash", "-c", command)
        assert ended.returncode == 0, f"$ {command}\n{ended.said}"
    formatted = clone.run(".venvs/tools/bin/ruff", "format", "--check")
    assert formatted.returncode == 0, formatted.said


@pytest.mark.parametrize("target", re.findall(r"`make ([a-z0-9.-]+)", GUIDE))
def test_a_command_that_it_names_is_one_of_the_workshop(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pattern = target if "-" not in target else f"{target.partition('-')[0]}-%"
    assert re.search(rf"(?m)^(?:[a-z0-9%-]+ )*{re.escape(pattern)}(?: [a-z0-9%-]+)*:", makefile)
