# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values from the API as a result may carry them: JSON's types and nothing else."""

from __future__ import annotations

from typing import Any

from ..document.walk import rebuilt


def plain_json(value: Any) -> Any:
    """A copy in which every float is a plain one, and no text holds half of a surrogate pair.

    A result is handed on in JSON and printed in UTF-8, which know neither the digits that
    C(json_text.Number) remembers nor half a pair; that becomes the replacement character.
    """
    return rebuilt(value, _plain, _plain)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return float(value) if isinstance(value, float) else value
