# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices as SARIF 2.1.0, which code scanning of GitHub, Azure DevOps and others reads."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ...module_utils.client.version import VERSION
from .notice import Notice

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HELP = "https://github.com/hosted-power/ansible-turbostack/blob/main/docs/validation.md"


def sarif(notices: Sequence[Notice]) -> bytes:
    """The log in ASCII."""
    codes = sorted({one.code for one in notices})
    driver = {
        "name": "hosted_power.turbostack.validate",
        "version": VERSION,
        "informationUri": _HELP,
        "rules": [{"id": code, "helpUri": _HELP} for code in codes],
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, codes.index(one.code)) for one in notices],
            }
        ],
    }
    return (json.dumps(log, indent=2) + "\n").encode("ascii")


def _result(one: Notice, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.line is not None:
        place["region"] = {"startLine": one.line}
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.level,
        "message": {"text": one.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    """A path as a reference, from the root of the repository where it is a relative one."""
    path = quote(file.replace(os.sep, "/"))
    return f"file://{path}" if file.startswith("/") else path
