# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the house are those of docs/architecture.md, and who lives in them belongs there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLUGINS = ROOT / "plugins"
FILES = sorted(PLUGINS.rglob("*.py"))
MODULE_UTILS = PLUGINS / "module_utils"
# From the ground up.
FLOORS = (
    "text",
    "client",
    "document",
    "answers",
    "resources",
    "plan",
    "validation",
    "config_files",
    "operations",
    "adapters",
)
_MOST_LOOSE = 4
_MOST_LINES = 400
_COLLECTION = "ansible_collections.hosted_power.turbostack.plugins."


@cache
def imported(file: Path) -> frozenset[Path]:
    """The collection's files that a file imports by name."""
    return frozenset(_imported(file))


def _imported(file: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        if node.level:
            folder = file.parents[node.level - 1]
        elif module.startswith(_COLLECTION):
            folder, module = PLUGINS, module.removeprefix(_COLLECTION)
        else:
            continue
        target = folder.joinpath(*filter(None, module.split(".")))
        if target.with_suffix(".py").is_file():
            yield target.with_suffix(".py")
        for name in node.names:
            if (target / f"{name.name}.py").is_file():
                yield target / f"{name.name}.py"


def used_by(files: list[Path]) -> set[Path]:
    """Those files and all that they import, and so on."""
    used: set[Path] = set()
    while files:
        file = files.pop()
        if file not in used:
            used.add(file)
            files.extend(imported(file))
    return used


def test_what_only_the_controller_uses_is_not_in_module_utils() -> None:
    shipped = used_by(list((PLUGINS / "modules").glob("*.py")))
    rooms = {file for file in MODULE_UTILS.rglob("*.py") if file.name != "__init__.py"}
    assert sorted(str(file.relative_to(PLUGINS)) for file in rooms - shipped) == []


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_imports_from_rooms_below_it(room: str) -> None:
    below = FLOORS[: FLOORS.index(room) + 1]
    for file in (MODULE_UTILS / room).rglob("*.py"):
        for other in imported(file):
            assert other.relative_to(MODULE_UTILS).parts[0] in below, f"{file} imports {other}"


def test_nobody_imports_in_a_circle() -> None:
    """Neither at run time nor for the sake of a type."""
    TopologicalSorter({file: imported(file) for file in FILES}).prepare()


def test_the_floors_are_all_rooms_there_are() -> None:
    assert {path.name for path in MODULE_UTILS.iterdir() if any(path.glob("*.py"))} == {*FLOORS}


def test_only_adapters_know_ansible() -> None:
    rollout = PLUGINS / "plugin_utils" / "rollout"
    decisions = [file for room in ("job", "ownership") for file in (rollout / room).glob("*.py")]
    for file in (*MODULE_UTILS.rglob("*.py"), *decisions):
        if file.is_relative_to(MODULE_UTILS / "adapters"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            assert not [name for name in names if name.split(".")[0] == "ansible"], file


def test_what_the_controller_has_is_in_folders_by_subject() -> None:
    loose = [file.name for file in (PLUGINS / "plugin_utils").glob("*.py")]
    assert len(loose) <= _MOST_LOOSE, loose


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PLUGINS)))
def test_a_file_has_one_subject(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= _MOST_LINES
