# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fields of a row mean, whichever noun it is of, and whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..client.envelope import whole_number
from ..client.errors import BodyError
from ..text.outline import outline


def text(row: Mapping[str, Any], field: str, path: str) -> str:
    """A field that is text; empty where the row comes without it. A number is its digits.

    :raises BodyError: for anything else: what it says would be a guess.
    """
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise BodyError("GET", path, f"{field} is no text: {outline(row)}")


def owner(row: Mapping[str, Any]) -> int | None:
    """The client to which a host or group belongs; None where it belongs to none, or nobody says."""
    return whole_number(row.get("client_id"))


def moment(row: Mapping[str, Any], field: str) -> str | int | float | None:
    """A point in time as the platform writes it."""
    value = row.get(field)
    return value if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
