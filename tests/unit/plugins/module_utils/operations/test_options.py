# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each option of each operation is a field of the value that the operation takes, and nothing else is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import FrozenInstanceError, fields
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from ansible_collections.hosted_power.turbostack.plugins import action
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    Operation,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.options import (
    taken,
)

OPERATIONS = [
    import_module(f"{action.__name__}.{found.name}").ActionModule.operation
    for found in pkgutil.iter_modules(action.__path__)
]

KINDS: Mapping[str, tuple[type[Any], ...]] = {
    "int": (int,),
    "str": (str,),
    "path": (str,),
    "bool": (bool,),
    "float": (float,),
    "list": (tuple,),
    "dict": (dict, Mapping),
    # A map, or the file with it, which the adapter reads.
    "raw": (Mapping, Sequence),
}


def declared(kind: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each option's field by name, with its type and, for a dictionary of options, their kind."""
    hints = get_type_hints(kind)
    for one in fields(kind):
        if "options" in one.metadata:
            assert hints[one.name] is one.metadata["options"]
            yield from declared(one.metadata["options"])
        else:
            yield one.name, hints[one.name], one.metadata.get("suboptions")


def check(spec: Mapping[str, Any], kind: Any) -> None:
    found = list(declared(kind))
    names = [name for name, _hint, _inner in found]
    assert sorted(names) == sorted(spec)
    for name, hint, inner in found:
        argument = spec[name]
        if inner is not None:
            check(argument["options"], inner)
            continue
        optional = not argument.get("required") and argument.get("default") is None
        kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
        assert (NoneType in kinds) is optional, f"{name}: {hint}"
        (own,) = (one for one in kinds if one is not NoneType)
        assert (get_origin(own) or own) in KINDS[argument["type"]], f"{name}: {hint}"


def test_every_operation_is_looked_at() -> None:
    assert {one.name for one in OPERATIONS} >= {"turbostack_host", "turbostack_config_backup"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_each_option_is_one_field_of_its_type(operation: Operation[Any]) -> None:
    check(operation.options, operation.takes)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_what_is_taken_is_frozen(operation: Operation[Any]) -> None:
    given = operation.given({name: one.get("default") for name, one in operation.options.items()})
    for one in fields(given):
        with pytest.raises(FrozenInstanceError):
            setattr(given, one.name, None)
        assert not isinstance(getattr(given, one.name), list)


def test_an_option_that_is_missing_is_not_made_up() -> None:
    (host,) = (one for one in OPERATIONS if one.name == "turbostack_host")
    with pytest.raises(KeyError):
        taken(host.takes, {"id": 1})
