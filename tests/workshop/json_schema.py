# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/turbostack-configuration.schema.json out of the table of keys, for editors."""

from __future__ import annotations

import json
from typing import Any

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import (
    schema as types,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.known_keys import (
    TURBOSTACK,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.schema import Key
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.excepting import (
    EXCEPT,
)

from .places import ROOT

PAGE = ROOT / "docs" / "turbostack-configuration.schema.json"
_JINJA = {"type": "string", "pattern": r"\{[{%]"}
_ADDRESS = r"^\s*(#.*|[0-9A-Fa-f.:/]+|[\w.-]+)\s*(#.*)?$"

_HOST = {"type": "string", "minLength": 1}
_EXCEPT = {
    "description": "Hosts for which this file does not count, by their names or patterns of names. Only for files of a "
    "client, of a group, or of all hosts; it is no key of the configuration.",
    "examples": [["shop-9.example.com", "test-*"]],
    "anyOf": [_HOST, {"type": "array", "items": _HOST}],
}

# Types of the table → what JSON Schema has for them. A version as a number with a point is what editors point out.
_TYPES: dict[str, dict[str, Any]] = {
    types.TEXT: {"type": "string"},
    types.BOOLEAN: {"type": "boolean"},
    types.INTEGER: {"type": "integer"},
    types.NUMBER: {"type": "number"},
    types.VERSION: {"type": ["string", "integer"]},
    types.SIZE: {
        "type": ["string", "integer"],
        "pattern": r"^\s*\d+(\.\d+)?\s*[kKmMgGtT]?(i?[bB])?%?\s*$",
    },
    types.PORT: {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 65_535},
            {"type": "string", "pattern": r"^\d+$"},
        ]
    },
    types.PATH: {"type": "string"},
    types.HOSTNAME: {"type": "string"},
    types.ADDRESS: {"type": "string", "pattern": _ADDRESS},
    types.SSH_KEY: {"type": "string", "pattern": r"(ssh-|ecdsa-|sk-|^\s*#)"},
    types.DOMAIN: {"type": "string"},
    types.DOMAINS: {"type": "string"},
    types.PRIVATE_KEY: {"type": "string", "pattern": "PRIVATE KEY-----"},
    types.CERTIFICATES: {"type": "string", "pattern": "CERTIFICATE-----"},
    types.COUNTRIES: {
        "type": "string",
        "pattern": r"^\s*([A-Za-z]{2}(\s*,\s*[A-Za-z]{2})*\s*,?)?\s*$",
    },
}


def page() -> str:
    """The schema's text."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "TurboStack configuration",
        "description": "What is known of the keys of a configuration. What is not in here is unknown, not wrong.",
        **_map(""),
    }
    # What a file of a folder may say beside its configuration; it comes first, as in files.
    schema["properties"] = {EXCEPT: _EXCEPT, **schema["properties"]}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _map(within: str) -> dict[str, Any]:
    """The map that stands under a key, or each entry of a list of maps."""
    return {
        "type": "object",
        "properties": {key.name: _key(key) for key in TURBOSTACK.below(within)},
        "additionalProperties": True,
    }


def _key(key: Key) -> dict[str, Any]:
    described: dict[str, Any] = {"description": key.help}
    if key.example:
        described["examples"] = [key.example.strip('"')]
    return {**described, "anyOf": [_value(key), _JINJA, {"type": "null"}]}


def _value(key: Key) -> dict[str, Any]:
    inner = _map(key.name) if key.holds == types.MAP else dict(_TYPES[key.holds])
    if key.values and key.closed:
        inner = {"enum": list(key.values)}
    if not key.is_list:
        return inner
    if key.identity is not None and not key.identity.domains:
        inner["required"] = [key.identity.field]
    return {"type": "array", "items": inner}
