# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored configuration of a row, decoded for variables: plain Python data, no more."""

from __future__ import annotations

import json
from typing import Any

from ...module_utils.client.errors import TurboStackError
from ...module_utils.resources.json_field import FIELD
from ...module_utils.text.outline import outline
from .json_data import decode
from .nesting import DEEPEST, is_too_deep

#: Neither a variable nor anything else: the row does not say.
UNKNOWN: Any = object()


class Unreadable(TurboStackError):
    """What is stored is no configuration."""


def stored(row: dict[str, Any]) -> dict[str, Any]:
    """The configuration of a row, `UNKNOWN` where the row comes without it.

    Null, an empty text and `[]` (PHP's empty object) are an empty configuration.

    :raises Unreadable: for a text that is not JSON, and for JSON that is not an object.
    """
    value = row.get(FIELD, UNKNOWN)
    if value is UNKNOWN:
        return UNKNOWN  # type: ignore[no-any-return]
    may_be_deep = True
    if isinstance(value, str):
        if not value.strip():
            return {}
        may_be_deep = value.count("{") + value.count("[") > DEEPEST
        value = _decoded(value)
    if value is None or value == []:
        return {}
    if isinstance(value, dict):
        if may_be_deep and is_too_deep(value):
            raise Unreadable(f"it is nested more than {DEEPEST} levels deep")
        return value
    raise Unreadable(f"it is not an object but {outline(value)}")


def _decoded(text: str) -> Any:
    try:
        return decode(text)
    except json.JSONDecodeError as error:
        # Not the text around the place: it may hold a secret.
        raise Unreadable(f"it is not JSON (line {error.lineno}, column {error.colno})") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None
