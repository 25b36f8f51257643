# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task of this collection returned, held against the RETURN of its module."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from workshop.places import ROOT

from .results import Run, TaskResult

PREFIX = "hosted_power.turbostack."

#: What Ansible itself puts into a result, or reads out of every one.
ANSIBLES_OWN = {
    *("changed", "failed", "skipped", "msg", "invocation", "warnings", "deprecations", "exception"),
    *("changed_when_result", "failed_when_result"),
    *("attempts", "retries", "results", "censored", "skip_reason", "false_condition"),
    *("ansible_job_id", "started", "finished", "results_file", "ansible_async_watchdog_pid"),
    *("stdout", "stdout_lines", "stderr", "stderr_lines"),
}

TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
    "raw": (object,),
}


@cache
def documented(module: str) -> Mapping[str, Any]:
    """The RETURN of a module, or of an action that only roles use, by its name without the namespace."""
    folder = ROOT / "plugins" / "modules"
    if module.startswith("_"):
        beside = yaml.safe_load((folder / f"{module[1:]}.yml").read_text(encoding="utf-8"))
        promised: Mapping[str, Any] = beside["RETURN"]
        return promised
    source = (folder / f"{module}.py").read_text(encoding="utf-8")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "RETURN":
            values: Mapping[str, Any] = yaml.safe_load(ast.literal_eval(statement.value))
            return values
    raise AssertionError(f"{module} has no RETURN")


def guard(run: Run) -> None:
    """Fail the test if a result holds what the documentation does not know, or lacks what it promises."""
    for result in run.results:
        if result.action.startswith(PREFIX) and result.status in ("ok", "failed"):
            wrong = list(differences(result))
            assert not wrong, f"{result.action} returned what it does not document: {wrong}\n{run}"


def differences(result: TaskResult) -> Iterator[str]:
    """What is wrong with one result, a sentence each."""
    # A loop's results come one by one before the one that sums them up; a background job's start is
    # not yet the task's result.
    if "results" in result.result or "censored" in result.result:
        return
    if "ansible_job_id" in result.result and not result.result.get("finished"):
        return
    promised = documented(result.action.removeprefix(PREFIX))
    found = {
        key: value
        for key, value in result.result.items()
        if key in promised or (key not in ANSIBLES_OWN and not key.startswith("_ansible"))
    }
    yield from in_map(found, promised, "")
    if result.status == "ok" and "skip_reason" not in result.result:
        for key, entry in promised.items():
            if entry["returned"] in ("success", "always") and key not in found:
                yield f"{key} is missing"


def in_map(found: Mapping[str, Any], promised: Mapping[str, Any], place: str) -> Iterator[str]:
    for key, value in found.items():
        if key not in promised:
            yield f"{place}{key} is not documented"
        else:
            yield from in_value(value, promised[key], f"{place}{key}")


def in_value(value: Any, entry: Mapping[str, Any], place: str) -> Iterator[str]:
    if value is None:
        return  # what null means, the description says
    kind = entry["type"]
    if not isinstance(value, TYPES[kind]) or (kind in ("int", "float") and value is True):
        yield f"{place} is no {kind} but {type(value).__name__}"
    elif isinstance(value, dict) and "contains" in entry:
        yield from in_map(value, entry["contains"], f"{place}.")
    elif isinstance(value, list):
        for item in value:
            if "contains" in entry and isinstance(item, dict):
                yield from in_map(item, entry["contains"], f"{place}[].")
            elif "elements" in entry:
                yield from in_value(item, {"type": entry["elements"]}, f"{place}[]")
