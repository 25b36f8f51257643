# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparisons as JUnit XML: a test case for each host, group, and file that is of no use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .comparison import DRIFTED, ERROR, NO_FILE, Comparison

# What XML 1.0 cannot hold, not even as a reference, and what has no place in a report.
_INVALID = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_FORMATTING = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def junit(comparisons: Iterable[Comparison], unused: Sequence[str]) -> bytes:
    """The report in UTF-8. Drift is a failure, what could not be compared an error, no file a skipped case."""
    every = list(comparisons)
    root = Element("testsuites", name="TurboStack drift")
    for kind in ("host", "group"):
        some = [one for one in every if one.kind == kind]
        if some or kind == "host":
            _suite(root, f"{kind}s", [_case(one) for one in some])
    if unused:
        _suite(root, "files", [_unused(path) for path in unused])
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(root: Element, name: str, cases: list[Element]) -> None:
    suite = SubElement(root, "testsuite", name=name, tests=str(len(cases)))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)


def _case(one: Comparison) -> Element:
    case = Element("testcase", classname=f"turbostack.{one.kind}s", name=_valid(str(one)), time="0")
    if one.outcome == DRIFTED:
        failure = SubElement(case, "failure", type="drift", message=f"{len(one.changes)} differ")
        failure.text = "\n".join(_valid(str(change.get("summary", ""))) for change in one.changes)
    elif one.outcome == ERROR:
        SubElement(case, "error", type="error", message=_valid(one.error or ""))
    elif one.is_not_in_effect:
        SubElement(case, "failure", type="sync", message=_valid(one.sync_reason or ""))
    elif one.outcome == NO_FILE:
        SubElement(case, "skipped", message=f"No file speaks of this {one.kind}.")
    return case


def _unused(path: str) -> Element:
    case = Element("testcase", classname="turbostack.files", name=_valid(path), time="0")
    SubElement(case, "failure", type="unused", message="No host or group is meant by this file.")
    return case


def _valid(text: str) -> str:
    return _FORMATTING.sub(_escaped, _INVALID.sub(_escaped, text))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"
