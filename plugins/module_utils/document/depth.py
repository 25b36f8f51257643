# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How deeply a document may be nested: documents are walked by recursion, and no configuration comes near."""

from __future__ import annotations

from typing import Any

from .errors import PlanError

DEEPEST = 100


def check_depth(document: Any, what: str) -> None:
    """Refuse a document that is nested too deeply to be walked.

    :raises PlanError: beyond C(DEEPEST) levels.
    """
    level = [document]
    for _depth in range(DEEPEST + 1):
        level = [
            child
            for value in level
            if isinstance(value, (dict, list))
            for child in (value.values() if isinstance(value, dict) else value)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise too_deep(what)


def too_deep(what: str) -> PlanError:
    """The refusal of a document that has no end, or none that Python's stack could reach."""
    return PlanError(
        f"{what} is nested too deeply, or contains itself.",
        "No configuration is: look for a YAML anchor or a variable that refers to itself.",
    )
