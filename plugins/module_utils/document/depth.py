# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How deeply a document may be nested: documents are walked by recursion, and no configuration comes near."""

from __future__ import annotations

from typing import Any

from .errors import PlanError

DEEPEST = 100
# What is deeper than this has no end: Python's own stack would not reach it either.
_ENDLESS = 900


def check_depth(document: Any, what: str) -> None:
    """Refuse a document that is nested too deeply to be walked.

    :raises PlanError: beyond C(DEEPEST) levels.
    """
    if is_too_deep(document):
        raise too_deep(what)


def is_too_deep(document: Any) -> bool:
    """Whether dictionaries and lists lie within one another beyond C(DEEPEST) levels."""
    level = [document] if isinstance(document, (dict, list)) else []
    for _depth in range(DEEPEST + 1):
        if not level:
            return False
        level = [
            child
            for value in level
            for child in (value.values() if isinstance(value, dict) else value)
            if isinstance(child, (dict, list))
        ]
    return bool(level)


def too_deep(what: str) -> PlanError:
    """The refusal of a document that has no end, or none that Python's stack could reach."""
    return PlanError(
        f"{what} is nested too deeply, or contains itself.",
        "No configuration is: look for a YAML anchor or a variable that refers to itself.",
    )


def check_end(depth: int) -> None:
    """Refuse to go on from such a depth.

    :raises PlanError: where no document has an end any more.
    """
    if depth > _ENDLESS:
        raise too_deep("The configuration")
