# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is checked: one entry for each step of `make test`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import chromium, java
from .places import REPORTS

#: The end-to-end tests run on each of these ansible-core releases.
SUPPORTED_CORES = ("2.16", "2.19", "2.21")
NEWEST_CORE = SUPPORTED_CORES[-1]

#: A release that has candidates so far.
COMING_CORE = "2.22"

#: What depends on the release. The other tests are linters, older ones in an older ansible-test.
SANITY_ON_OTHER_CORES = ("validate-modules", "import", "ansible-doc", "runtime-metadata")


@dataclass(frozen=True)
class Step:
    """One command, run at the top of the checkout.

    :param group: the `make` target that runs it.
    :param environments: made before it starts; the first one's programs come first on its PATH.
    :param report: the JUnit file in which the command counts its tests, if it does.
    :param variables: environment variables of this step's own.
    :param lacking: says what keeps the step from running on this machine, if anything does.
    """

    name: str
    group: str
    environments: tuple[str, ...]
    command: tuple[str, ...]
    report: Path | None = None
    variables: dict[str, str] = field(default_factory=dict)
    lacking: Callable[[], str | None] | None = None


def workshop(name: str, group: str, environments: tuple[str, ...], *command: str) -> Step:
    """A program of the workshop's own."""
    return Step(
        name,
        group,
        environments,
        (sys.executable, "-m", *command),
        variables={"PYTHONPATH": "tests"},
    )


def pytest(name: str, group: str, environments: tuple[str, ...], *arguments: str) -> Step:
    report = REPORTS / f"{name}.xml"
    command = ("python", "-m", "pytest", "-q", *arguments, f"--junitxml={report}")
    return Step(name, group, environments, command, report)


def browser() -> Step:
    """The fleet report's page, in a real browser."""
    return replace(pytest("browser", "browser", TOOLS, "tests/browser"), lacking=chromium.lacking)


def rulebooks() -> Step:
    """The event sources in ansible-rulebook."""
    step = pytest("rulebooks", "rulebooks", ("tools", "rulebook"), "tests/rulebooks")
    return replace(step, lacking=java.lacking)


def end_to_end(core: str) -> Step:
    """pytest has the tools' environment; the commands under test, and what AWX starts them with, come from others.

    For half of their time these tests wait, for the next second or for the end of a deployment; so two run at once.
    Those of one file stay together, as some of them want the port that a document names.
    """
    environments = ("tools", "runner", f"core-{core}")
    at_once = ("-n", "2", "--dist", "loadfile")
    return pytest(f"e2e-{core}", "e2e", environments, "tests/e2e", *at_once, "--core", core)


def promises() -> Step:
    """Each mistake in a copy, where the tests that a promise names have to fail."""
    environments = ("tools", f"core-{SUPPORTED_CORES[0]}", f"core-{NEWEST_CORE}")
    at_once = ("-n", "2", "--dist", "worksteal")
    return pytest("promises", "promises", environments, "tests/promises", *at_once)


def sanity(core: str, *tests: str) -> Step:
    return workshop(f"sanity-{core}", "sanity", (f"core-{core}",), "workshop.sanity", core, *tests)


TOOLS = ("tools",)

#: Run only when they are asked for by name.
FURTHER_STEPS = (
    # With the linters it is what `make quick` runs, and begins with: two processes, whose waits the linters fill.
    pytest("unit-quick", "unit", TOOLS, "tests/unit", "-n", "2", "--dist", "worksteal"),
    *(end_to_end(core) for core in ("2.18", "2.20", COMING_CORE)),
)

# The longest come first, so that no long one is left alone at the end.
STEPS = (
    *(end_to_end(core) for core in SUPPORTED_CORES),
    sanity(NEWEST_CORE),
    *(sanity(core, *SANITY_ON_OTHER_CORES) for core in (*SUPPORTED_CORES[:-1], COMING_CORE)),
    browser(),
    rulebooks(),
    promises(),
    pytest("unit", "unit", TOOLS, "tests/unit"),
    pytest("unit-oldest", "unit", ("oldest",), "tests/unit"),
    Step("mypy", "lint", TOOLS, ("mypy",)),
    Step("molecule", "molecule", TOOLS, ("molecule", "test", "--all")),
    Step("ansible-lint", "lint", TOOLS, ("ansible-lint", "--offline", "--strict")),
    Step(
        "docs",
        "docs",
        TOOLS,
        (
            "antsibull-docs",
            "lint-collection-docs",
            "--plugin-docs",
            "--validate-collection-refs",
            "all",
            ".",
        ),
    ),
    workshop("site", "docs", ("site",), "workshop.site"),
    workshop("package", "package", ("tools", "importer"), "workshop.package"),
    pytest("repository", "package", ("tools", "importer", "publication"), "tests/repository"),
    Step("reuse", "lint", ("publication",), ("reuse", "lint")),
    Step("changelog", "lint", TOOLS, ("antsibull-changelog", "lint")),
    Step("ruff", "lint", TOOLS, ("ruff", "check")),
    Step("format", "lint", TOOLS, ("ruff", "format", "--check")),
)
