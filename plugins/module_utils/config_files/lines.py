# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which line of a file each part of its content stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from .yaml_file import child, composed


class Lines:
    """The lines of a text that was read as a configuration; it is looked at when the first of them is asked for.

    :param text: YAML or JSON; of a file that is encrypted as a whole, what it holds.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _root(self) -> Any:
        return composed(self._text)

    def __call__(self, steps: Sequence[str | int]) -> int | None:
        """The line, from 1, that says what stands at the end of keys and positions, or what is nearest above it."""
        node, line = self._root, None
        for step in steps:
            node, says = child(node, step)
            if says is None:
                break
            line = says.start_mark.line + 1
        return line
