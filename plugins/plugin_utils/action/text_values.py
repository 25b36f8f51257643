# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a survey, a launch and C(-e name=value) send is text or empty: here it becomes what an argument spec wants.

Ansible itself turns C(true) and C(4) into a boolean and a number where a spec says so. What is left is an empty text,
which is a field that nobody filled in, and JSON in the place of lists and maps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils.client.errors import SettingsError
from ...module_utils.text import json_text

Spec = Mapping[str, Mapping[str, Any]]

_SHAPES = {"list": "[", "dict": "{", "raw": "[{"}
_OPENINGS = {"[": "a list", "{": "a map"}


def settled(given: Mapping[str, Any], spec: Spec) -> dict[str, Any]:
    """The options without those that are an empty text, and with lists and maps for their JSON.

    :param given: plain data; options that the spec does not know stay as they are.
    :raises SettingsError: for a text that begins like JSON and is none; the message quotes nothing of it.
    """
    found = {}
    for name, value in given.items():
        argument = spec.get(name)
        if argument is None:
            found[name] = value
        elif not _is_empty(value):
            found[name] = _settled(name, value, argument)
    return found


def _is_empty(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _settled(name: str, value: Any, argument: Mapping[str, Any]) -> Any:
    kind = argument.get("type", "str")
    if isinstance(value, str):
        value = _decoded(name, value, kind)
    if kind == "list" and isinstance(value, str):
        # The lines of a text field; what is on one line is separated by commas.
        value = value.splitlines() if "\n" in value else value.split(",")
        value = [part.strip() for part in value]
    if kind == "list" and isinstance(value, list):
        value = [item for item in value if not _is_empty(item)]
    if kind == "dict" and isinstance(value, Mapping) and "options" in argument:
        value = settled(value, argument["options"])
    return value


def _decoded(name: str, text: str, kind: str) -> Any:
    opening = text.lstrip()[0]
    if opening not in _SHAPES.get(kind, ""):
        return text
    try:
        return json_text.decode(text)
    except ValueError:
        if kind == "raw":
            return text
        raise SettingsError(
            f"{name} begins like {_OPENINGS[opening]} in JSON, and is none.",
            "Texts stand in double quotes in JSON.",
        ) from None
