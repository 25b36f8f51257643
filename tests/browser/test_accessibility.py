# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What axe-core finds of the pages: nothing, by WCAG 2.2 at level AA, and by what is good practice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator
from workshop import axe

from .chromium import Tab
from .test_simulator_page import visit

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"


@pytest.fixture(scope="session")
def script() -> str:
    return axe.script().read_text(encoding="utf-8")


def found(tab: Tab, script: str) -> dict[str, list[str]]:
    """What axe finds, by its rules: the elements that break each."""
    tab.run(f"(() => {{ {script}\n }})()")
    judged: dict[str, Any] = tab.run(
        f"""axe.run(document, {{ runOnly: {{ type: 'tag', values: {RULES} }} }}).then((said) => ({{
          passes: said.passes.length,
          violations: said.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 150))]),
        }}))"""
    )
    # It has looked at something.
    assert judged["passes"] > 15
    return dict(judged["violations"])


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["small", "customer", "hostile"])
def test_the_fleet_page(
    tab: Tab, request: pytest.FixtureRequest, script: str, page: str, scheme: str, width: int
) -> None:
    tab.resize(width, 900)
    tab.media(color_scheme=scheme)
    tab.open(request.getfixturevalue(page))
    assert found(tab, script) == {}


def test_the_fleet_page_without_scripts_of_its_own(tab: Tab, customer: Path, script: str) -> None:
    """Before anything of it has run, as a browser without JavaScript shows it."""
    tab.run("document.readyState")
    text = customer.read_text(encoding="utf-8")
    bare = customer.with_name("bare.html")
    start, end = text.index("<script>"), text.index("</script>")
    bare.write_text(text[:start] + text[end + len("</script>") :], encoding="utf-8")
    tab.open(bare)
    assert found(tab, script) == {}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(Fleet.generate(30, 7)) as started:
        yield started


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_simulators_page(tab: Tab, simulator: Simulator, script: str, scheme: str) -> None:
    tab.media(color_scheme=scheme)
    visit(tab, simulator)
    assert found(tab, script) == {}


def test_it_would_find_something(tab: Tab, small: Path, script: str) -> None:
    tab.open(small)
    tab.run("document.documentElement.removeAttribute('lang')")
    tab.run(
        "document.getElementById('find').parentElement.replaceWith(document.getElementById('find'))"
    )
    assert {"html-has-lang"} <= set(found(tab, script))
