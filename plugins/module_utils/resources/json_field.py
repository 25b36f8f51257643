# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration document as the platform stores it: the field C(json) of hosts and groups."""

from __future__ import annotations

from typing import Any

from ..client.errors import BodyError, TurboStackError
from ..text import json_text
from ..text.outline import outline

FIELD = "json"


class UnreadableDocument(TurboStackError):
    """What is stored is no configuration document, so nothing may be derived from it or put over it."""

    kind = "document"


def decode(stored: Any, owner: str) -> dict[str, Any]:
    """The document behind a stored value: JSON text, an object, or one of the ways to say empty.

    Empty are null, an empty or blank string, and C([]), which is how PHP writes an empty object.

    :param owner: whose it is, for messages (C(host shop-1 (id 7))).
    :raises UnreadableDocument: for anything that is not a document; the message holds no value of it.
    """
    value = stored
    if isinstance(value, str):
        if not value.strip():
            return {}
        try:
            value = json_text.decode(value)
        except ValueError as error:
            raise _unreadable(owner, f"is text that is not JSON ({_where(error)})") from None
    if value is None or value == []:
        return {}
    if isinstance(value, dict):
        return value
    raise _unreadable(owner, f"is not an object but {outline(value)}")


def stored_in(row: dict[str, Any], path: str) -> Any:
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


def _where(error: ValueError) -> str:
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    return f"line {line}, column {column}" if line else str(error)


def _unreadable(owner: str, what: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"The stored configuration of {owner} {what}.",
        "Nothing was changed. Mend it in the platform, or store a whole configuration over it with "
        "state: replaced.",
    )
