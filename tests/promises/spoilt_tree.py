# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the sources in which a mistake is made for as long as tests run there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from workshop import build_tree, environments, surroundings
from workshop.places import VENVS
from workshop.steps import NEWEST_CORE

from .promise import Mistake

#: What a mistake must not come out as: a test that cannot be run notices nothing.
NO_FAILURES = (
    *("ImportError", "ModuleNotFoundError", "NameError", "SyntaxError"),
    *("collection failure", "failed on setup", "failed on teardown"),
)
#: How a guard over everything that a test does finds something, once the test is over.
GUARD = 'failed on teardown with "AssertionError'
BAD = ("failure", "error", "skipped")


@dataclass(frozen=True)
class Ended:
    """How the cases of a run ended.

    :ivar passed: their ids; C(failed), of those that failed, each with the reason's first line.
    :ivar broken: what could not be run at all.
    """

    passed: tuple[str, ...]
    failed: dict[str, str]
    broken: tuple[str, ...]
    said: str

    def of(self, test: str) -> tuple[set[str], set[str]]:
        """The cases of a test that passed, and those that failed."""
        passed, failed = (
            {case for case in cases if case == test or case.startswith(f"{test}[")}
            for cases in (self.passed, self.failed)
        )
        return passed, failed


class SpoiltTree:
    """A copy of the sources.

    :param name: of its folder below `build/`.
    """

    def __init__(self, name: str) -> None:
        self._folder = build_tree.copy(name)
        (self._folder / ".venvs").symlink_to(VENVS.resolve(), target_is_directory=True)
        self._variables = surroundings.variables(environments.ensure("tools")) | {
            "ANSIBLE_COLLECTIONS_PATH": str(self._folder / "build" / "linked")
        }

    @contextmanager
    def made(self, mistake: Mistake) -> Iterator[None]:
        """With the mistake in it."""
        file = self._folder / mistake.file
        sound = file.read_text(encoding="utf-8")
        assert sound.count(mistake.old) == 1, (
            f"{mistake.file} has it {sound.count(mistake.old)} times"
        )
        file.write_text(sound.replace(mistake.old, mistake.new), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(sound, encoding="utf-8")

    def run(self, tests: Iterable[str], core: str = NEWEST_CORE) -> Ended:
        """Exactly these tests; those that are end-to-end with that ansible-core."""
        report = self._folder / "build" / "promises.xml"
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        # What is found by chance is found each time.
        command += ["--hypothesis-seed=0", f"--junitxml={report}", *tests]
        if any(test.startswith("tests/e2e/") for test in tests):
            command += ["--core", core]
        ended = subprocess.run(
            command,
            cwd=self._folder,
            env=self._variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert report.exists(), ended.stdout
        return read(report, ended.stdout)


def read(report: Path, said: str) -> Ended:
    """What a JUnit file says."""
    passed: list[str] = []
    failed: dict[str, str] = {}
    broken: list[str] = []
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = identity(case)
        messages = [one.get("message", "") for kind in BAD for one in case.findall(kind)]
        if not messages:
            passed.append(name)
        elif all(one.startswith(GUARD) or not one.startswith(NO_FAILURES) for one in messages):
            failed[name] = messages[0]
        else:
            broken.append(name)
    return Ended(tuple(passed), failed, tuple(broken), said)


def identity(case: ElementTree.Element) -> str:
    """The id that pytest takes for it."""
    parts = case.get("classname", "").split(".")
    classes = [part for part in parts if part[:1].isupper()]
    file = "/".join(part for part in parts if part not in classes)
    return "::".join([f"{file}.py", *classes, case.get("name", "")])
