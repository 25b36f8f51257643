# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports are what their readers expect, whatever they tell."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st
from unit.plugins.plugin_utils.validate.report_schemas import JUNIT, SARIF

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.certificates import (
    CODES as CERTIFICATE,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    CODES,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.versions import (
    END_OF_LIFE,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet.shared_domains import (
    SERVED_ELSEWHERE,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.failing import (
    failing,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.junit import junit
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.notice import (
    ERROR,
    FLOAT_VERSION,
    MIXED,
    REFUSED,
    UNREADABLE,
    UNUSED,
    WARNING,
    YAML_WORD,
    Notice,
    in_order,
    summary,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.sarif import sarif
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.text import (
    in_github,
    in_text,
)
from workshop.places import ROOT

validators = pytest.importorskip("jsonschema")

DOUBT = Notice("fleet/all.yml", 3, WARNING, "unknown-key", "a is 50%, b: no\nDid you mean c?", "a")
BROKEN = Notice("fleet/hosts/a b,c.yml", None, ERROR, "unreadable", "It cannot be read.")
NOTICES = st.lists(
    st.builds(
        Notice,
        file=st.text(min_size=1),
        line=st.none() | st.integers(1),
        level=st.sampled_from([ERROR, WARNING]),
        code=st.sampled_from(["unknown-key", "refused"]),
        message=st.text(min_size=1),
        path=st.text(),
    ),
    max_size=4,
)


def tree(element: ElementTree.Element) -> dict[str, Any]:
    """An element as JSON has it, for a JSON Schema."""
    return {
        "tag": element.tag,
        "attributes": dict(element.attrib),
        "children": [tree(child) for child in element],
    }


def is_junit(report: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(report)
    validators.Draft202012Validator(JUNIT).validate(tree(root))
    return root


def is_sarif(report: bytes) -> Any:
    log = json.loads(report)
    validators.Draft202012Validator(SARIF).validate(log)
    return log


def test_the_schemas_refuse_what_is_none() -> None:
    for schema in (JUNIT, SARIF):
        validators.Draft202012Validator.check_schema(schema)
    log = json.loads(sarif([DOUBT]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    root = ElementTree.fromstring(junit([DOUBT], []))
    root[0][0].attrib.pop("name")
    for schema, document in ((SARIF, log), (JUNIT, tree(root))):
        assert not validators.Draft202012Validator(schema).is_valid(document)


def test_a_line_is_one_that_editors_follow() -> None:
    assert in_text(BROKEN) == "fleet/hosts/a b,c.yml: error: It cannot be read. [unreadable]"
    assert in_text(DOUBT).startswith("fleet/all.yml:3: warning: a is 50%")


def test_an_annotation_stays_on_one_line() -> None:
    assert in_github(DOUBT) == (
        "::warning file=fleet/all.yml,line=3,title=unknown-key::a is 50%25, b: no%0ADid you mean c?"
    )
    assert in_github(BROKEN) == (
        "::error file=fleet/hosts/a b%2Cc.yml,title=unreadable::It cannot be read."
    )


def test_junit_has_a_case_for_each_file() -> None:
    root = is_junit(junit([DOUBT, BROKEN], ["fleet/all.yml", "fleet/b.yml"]))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "fleet/all.yml": ["failure"],
        "fleet/b.yml": [],
        "fleet/hosts/a b,c.yml": ["error"],
    }


def test_sarif_has_a_result_for_each_finding() -> None:
    run = is_sarif(sarif([DOUBT, BROKEN]))["runs"][0]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert places == [
        {"artifactLocation": {"uri": "fleet/all.yml"}, "region": {"startLine": 3}},
        {"artifactLocation": {"uri": "fleet/hosts/a%20b%2Cc.yml"}},
    ]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [
        "unknown-key",
        "unreadable",
    ]


def test_reports_of_nothing() -> None:
    assert is_sarif(sarif([]))["runs"][0]["results"] == []
    assert is_junit(junit([], ["a.yml"])).get("failures") == "0"


@given(NOTICES)
def test_whatever_is_told_the_reports_are_valid(notices: list[Notice]) -> None:
    is_junit(junit(notices, ["a.yml"]))
    is_sarif(sarif(notices))
    assert all("\n" not in in_github(one) for one in notices)


def test_each_is_told_once_by_file_and_line() -> None:
    first = Notice("a.yml", 2, WARNING, "unknown-key", "one", "a")
    assert in_order([DOUBT, first, Notice("a.yml", 2, WARNING, "unknown-key", "two", "a")]) == [
        first,
        DOUBT,
    ]
    assert summary([DOUBT, BROKEN, BROKEN], 7) == "2 errors and 1 warning in 2 files of 7."
    assert summary([DOUBT], 1) == "1 warning in 1 file of 1."
    assert summary([], 3) == ""


def test_when_it_fails() -> None:
    assert [failing(word) for word in ("True", "error", " no ")] == ["always", "errors", "never"]
    with pytest.raises(SettingsError, match="true, false or error, not by perhaps"):
        failing("perhaps")


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    codes = (
        *(*CODES, *CERTIFICATE, END_OF_LIFE, SERVED_ELSEWHERE),
        *(UNREADABLE, REFUSED, UNUSED, FLOAT_VERSION, YAML_WORD, MIXED),
    )
    assert [code for code in codes if f"`{code}`" not in page] == []
