# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparisons as JUnit XML: a test case for each host, group, and file that is of no use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..fleet.xml_text import xml_text
from .comparison import DRIFTED, ERROR, NO_FILE, Comparison


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
    case = Element(
        "testcase", classname=f"turbostack.{one.kind}s", name=xml_text(str(one)), time="0"
    )
    if one.outcome == DRIFTED:
        failure = SubElement(case, "failure", type="drift", message=f"{len(one.changes)} differ")
        failure.text = "\n".join(xml_text(_told(change)) for change in one.changes)
    elif one.outcome == ERROR:
        SubElement(case, "error", type="error", message=xml_text(one.error or ""))
    elif one.is_not_in_effect:
        SubElement(case, "failure", type="sync", message=xml_text(one.sync_reason or ""))
    elif one.outcome == NO_FILE:
        SubElement(case, "skipped", message=f"No file speaks of this {one.kind}.")
    return case


def _told(change: Mapping[str, Any]) -> str:
    source = change.get("source")
    return f"{change.get('summary', '')}" + (f"  [{source}]" if source else "")


def _unused(path: str) -> Element:
    case = Element("testcase", classname="turbostack.files", name=xml_text(path), time="0")
    SubElement(case, "failure", type="unused", message="No host or group is meant by this file.")
    return case
