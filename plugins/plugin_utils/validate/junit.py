# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices as JUnit XML: a test case for each file, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..fleet.xml_text import xml_text
from .notice import ERROR, Notice
from .text import in_text


def junit(notices: Iterable[Notice], files: Sequence[str]) -> bytes:
    """The report in UTF-8. Doubts are a failure of their file, what no task could store is an error.

    :param files: all that were looked at.
    """
    found: dict[str, list[Notice]] = {file: [] for file in files}
    for one in notices:
        found.setdefault(one.file, []).append(one)
    cases = [_case(file, some) for file, some in found.items()]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
    }
    root = Element("testsuites", name="TurboStack validate")
    suite = SubElement(root, "testsuite", name="files")
    for name, number in counts.items():
        root.set(name, str(number))
        suite.set(name, str(number))
    suite.extend(cases)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _case(file: str, notices: Sequence[Notice]) -> Element:
    case = Element("testcase", classname="turbostack.files", name=xml_text(file), time="0")
    if notices:
        broken = any(one.level == ERROR for one in notices)
        told = SubElement(
            case,
            "error" if broken else "failure",
            type=notices[0].code,
            message=xml_text(notices[0].message),
        )
        told.text = "\n".join(xml_text(in_text(one)) for one in notices)
    return case
