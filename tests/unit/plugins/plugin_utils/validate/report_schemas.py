# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of JUnit XML and SARIF 2.1.0 a report uses, as JSON Schemas that know nothing else."""

from __future__ import annotations

from typing import Any


def element(tag: str, required: list[str], optional: list[str], children: Any) -> dict[str, Any]:
    texts = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            "tag": {"const": tag},
            "attributes": {
                "type": "object",
                "properties": dict.fromkeys([*required, *optional], texts),
                "required": required,
                "additionalProperties": False,
            },
            "children": {"type": "array", **children},
        },
        "required": ["tag", "attributes", "children"],
    }


COUNTS = ["tests", "failures", "errors"]
TOLD = {"maxItems": 0}
CASE = element(
    "testcase",
    ["name", "classname"],
    ["time"],
    {
        "maxItems": 1,
        "items": {
            "anyOf": [
                element("failure", ["type", "message"], [], TOLD),
                element("error", ["type", "message"], [], TOLD),
            ]
        },
    },
)
JUNIT = element(
    "testsuites",
    ["name", *COUNTS],
    [],
    {"items": element("testsuite", ["name", *COUNTS], [], {"items": CASE})},
)

RULE = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "helpUri": {"type": "string", "format": "uri"}},
    "required": ["id"],
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "properties": {
        "artifactLocation": {
            "type": "object",
            "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9%._~/:-]+$"}},
            "required": ["uri"],
            "additionalProperties": False,
        },
        "region": {
            "type": "object",
            "properties": {"startLine": {"type": "integer", "minimum": 1}},
            "required": ["startLine"],
            "additionalProperties": False,
        },
    },
    "required": ["artifactLocation"],
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {
            "type": "object",
            "properties": {"text": {"type": "string", "minLength": 1}},
            "required": ["text"],
            "additionalProperties": False,
        },
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"physicalLocation": PLACE},
                "required": ["physicalLocation"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["ruleId", "level", "message", "locations"],
    "additionalProperties": False,
}
RUN = {
    "type": "object",
    "properties": {
        "tool": {
            "type": "object",
            "properties": {
                "driver": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "informationUri": {"type": "string"},
                        "rules": {"type": "array", "items": RULE, "uniqueItems": True},
                    },
                    "required": ["name"],
                    "additionalProperties": False,
                }
            },
            "required": ["driver"],
            "additionalProperties": False,
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "required": ["tool", "results"],
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": RUN},
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}
