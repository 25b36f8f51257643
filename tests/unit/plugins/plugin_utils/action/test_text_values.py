# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of what the roles run on, in every spelling that a survey or C(-e name=value) has for it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins import action
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    Operation,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.action.options import checked
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.action.text_values import (
    settled,
)

OPERATIONS: list[Operation[Any]] = [
    import_module(f"{action.__name__}.{found.name}").ActionModule.operation
    for found in pkgutil.iter_modules(action.__path__)
]
#: What is needed for a task to be one, beside the option that is looked at.
NEEDED: dict[str, Any] = {
    "path": "x",
    "directory": "x",
    "assets": "x",
    "config": {"a": 1},
    "people": [{"name": "An"}],
    "id": 7,
}

SPELLINGS: dict[str, list[tuple[Any, list[Any]]]] = {
    "bool": [(True, ["true", "True", "yes", "on", "1", 1]), (False, ["false", "no", "0"])],
    "int": [(7, ["7", " 7 "])],
    "float": [(2.5, ["2.5"]), (3.0, ["3", 3])],
    "str": [("word", ["word"])],
    "path": [("folder/x", ["folder/x"])],
    "list str": [
        (["a", "b"], ['["a", "b"]', "a,b", "a, b", "a\nb\n", ["a", "", "b"]]),
        ([], ["[]", ["", " "]]),
    ],
    "list int": [([1, 2], ["[1, 2]", "1,2", "1\n2", ["1", "2"], ["", 1, 2]])],
    "dict": [({"a": {"b": [True]}}, ['{"a": {"b": [true]}}', ' {"a":{"b":[true]}}\n'])],
    "raw": [([{"a": 1}], ['[{"a": 1}]']), ({"a": 1}, ['{"a": 1}'])],
}


def spelled(argument: dict[str, Any]) -> list[tuple[Any, list[Any]]]:
    kind = argument.get("type", "str")
    if "choices" in argument:
        return [(choice, [choice]) for choice in argument["choices"]]
    if kind == "list":
        return SPELLINGS[f"list {argument.get('elements', 'str')}"]
    return [] if "options" in argument else SPELLINGS[kind]


CASES = [
    pytest.param(operation, name, argument, id=f"{operation.name}-{name}")
    for operation in OPERATIONS
    for name, argument in operation.options.items()
]


def options(operation: Operation[Any], **given: Any) -> dict[str, Any]:
    spec = operation.options
    excluded = {
        other
        for group in operation.rules.get("mutually_exclusive", [])
        if set(group) & set(given)
        for other in group
    }
    needed = {
        name: value for name, value in NEEDED.items() if name in spec and name not in excluded
    }
    if spec.get("hosts", {}).get("type") == "dict":
        needed["hosts"] = {"a": {}}
    if "snapshot_time" in given:
        needed["snapshot"] = {"a": 1}
    found = checked(operation, settled({**needed, **given}, spec), operation.name)
    return {name: found[name] for name in spec}


@pytest.mark.parametrize(("operation", "name", "argument"), CASES)
def test_each_option_in_each_spelling(
    operation: Operation[Any], name: str, argument: dict[str, Any]
) -> None:
    for meant, texts in spelled(argument):
        expected = options(operation, **{name: meant})
        for text in texts:
            assert options(operation, **{name: text}) == expected, text


@pytest.mark.parametrize(("operation", "name", "argument"), CASES)
def test_each_option_empty(operation: Operation[Any], name: str, argument: dict[str, Any]) -> None:
    for empty in ("", "  ", "\n"):
        assert settled({name: empty}, operation.options) == {}


def test_what_is_no_json() -> None:
    spec: dict[str, Any] = {"a": {"type": "dict"}, "b": {"type": "list"}, "c": {}}
    for given in ({"a": "{hunter2"}, {"b": "[hunter2"}):
        with pytest.raises(SettingsError, match="begins like a") as refused:
            settled(given, spec)
        assert "hunter2" not in str(refused.value)
    kept = {"c": "[x", "unknown": "", "a": "k=v"}
    assert settled(kept, spec) == kept
    inner = {"d": {"type": "dict", "options": {"e": {"type": "path"}, "f": {"type": "list"}}}}
    assert settled({"d": {"e": "", "f": '["x"]'}}, inner) == {"d": {"f": ["x"]}}
