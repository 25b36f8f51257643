# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparisons out of registered results, and JUnit XML that is valid whatever it tells."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.comparison import (
    DRIFTED,
    ERROR,
    IN_LINE,
    NO_FILE,
    Comparison,
    summary,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.junit import (
    junit,
)


def test_in_a_few_sentences() -> None:
    some = [Comparison("host", f"h{n}", n, DRIFTED, [{}] * n) for n in range(1, 13)]
    some += [
        Comparison("host", "fine", 1, IN_LINE),
        Comparison("group", "g", 1, ERROR, error="No."),
    ]
    text = summary(some, ["a.yml"])
    assert text.startswith("12 of 13 hosts drifted: h1 (1 change), h2 (2 changes), ")
    assert "h10 (10 changes) and 2 more. 1 of 1 group could not be compared: g: No. 1 file" in text
    assert summary([Comparison("host", "a", 1, NO_FILE)], []) == ""


@given(st.text(), st.text(), st.text())
def test_whatever_it_tells(name: str, change: str, path: str) -> None:
    changes = [{"summary": change}]
    every = [
        Comparison("host", name, 1, DRIFTED, changes),
        Comparison("host", name, 2, ERROR, error=change),
        Comparison("host", "b", 3, NO_FILE),
        Comparison("group", "\ud800\ufffe\x00]]>", 3, IN_LINE),
    ]
    document = junit(every, [path])
    root = ElementTree.fromstring(document)
    counts = [root.get(count) for count in ("tests", "failures", "errors", "skipped")]
    assert counts == ["5", "2", "1", "1"]
    assert document == junit(every, [path])
    text = document.decode("utf-8")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in text)
    assert "\u202e" not in text
