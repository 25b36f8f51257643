# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration document as the platform stores it: the field C(json) of hosts and groups."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ..client.errors import BodyError, TurboStackError
from ..document.depth import DEEPEST, is_too_deep
from ..text import json_text
from ..text.outline import outline

FIELD = "json"

Decode = Callable[[str], Any]
"""Makes a value of JSON text, or raises C(ValueError)."""


class UnreadableDocument(TurboStackError):
    """What is stored is no configuration document, so nothing may be derived from it or put over it.

    :ivar reason: what it is instead, without any of its values.
    """

    kind = "document"

    def __init__(self, owner: str, reason: str) -> None:
        super().__init__(
            f"The stored configuration of {owner} is {reason}.",
            "Nothing was changed. Mend it in the platform, or store a whole configuration over it with "
            "state: replaced.",
        )
        self.reason = reason


def decode(stored: Any, owner: str, text: Decode = json_text.decode) -> dict[str, Any]:
    """The document behind a stored value: JSON text, an object, or one of the ways to say empty.

    Empty are null, an empty or blank string, and C([]), which is how PHP writes an empty object.

    :param owner: whose it is, for messages (C(host shop-1 (id 7))).
    :param text: what becomes of JSON text; by default, each number keeps its digits.
    :raises UnreadableDocument: for anything that is not a document; the message holds no value of it.
    """
    value = stored
    may_be_deep = True
    if isinstance(value, str):
        if not value.strip():
            return {}
        # Every level takes a bracket, and to count them takes much less than to walk.
        may_be_deep = value.count("{") + value.count("[") > DEEPEST
        try:
            value = text(value)
        except ValueError as error:
            raise UnreadableDocument(owner, f"text that is not JSON ({_why(error)})") from None
    if value is None or value == []:
        return {}
    if not isinstance(value, dict):
        raise UnreadableDocument(owner, f"not an object but {outline(value)}")
    if may_be_deep and is_too_deep(value):
        raise UnreadableDocument(owner, f"nested more than {DEEPEST} levels deep")
    return value


def stored_in(row: Mapping[str, Any], path: str) -> Any:
    """The stored value in a host's or group's own answer.

    :raises BodyError: where the answer has no such field: that is not the same as an empty document.
    """
    if FIELD not in row:
        raise BodyError(
            "GET",
            path,
            f"the answer holds no configuration (no field {FIELD}): {outline(row)}",
            hint="Please report this outline to the collection's issue tracker.",
        )
    return row[FIELD]


def _why(error: ValueError) -> str:
    """The place, and not the text around it: that may hold a secret."""
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return str(error)
