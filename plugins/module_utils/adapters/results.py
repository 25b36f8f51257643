# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task returns, the same from the module and from the action."""

from __future__ import annotations

from typing import Any

from ..client.errors import TurboStackError
from ..document.masking import redact_text
from ..document.walk import rebuilt
from ..operations.operation import OperationFailed, Result
from ..text.escaping import escape_lines

_SHORTEST_LINE = 12


def success(result: Result, *, show_diff: bool) -> Result:
    """An operation's result as the task's; the diff only where it was asked for."""
    shown = {key: value for key, value in result.items() if key != "diff" or show_diff}
    encodable: Result = _encodable(shown)
    return encodable


def failure(error: TurboStackError, *, show_diff: bool) -> dict[str, Any]:
    """An error as the task's result: C(msg) for people, C(error) for a rescue block.

    What the operation had done before it failed is told with it.
    """
    done = error.result if isinstance(error, OperationFailed) else {}
    details = {
        key: redact_text(value) if isinstance(value, str) else value
        for key, value in error.details().items()
    }
    return {
        "changed": False,
        **success(done, show_diff=show_diff),
        "failed": True,
        "msg": escape_lines(redact_text(str(error))),
        "error": details,
    }


def _encodable(value: Any) -> Any:
    """The value with lone surrogates escaped: JSON has them, but Ansible cannot print them."""
    return rebuilt(value, _encodable_text, _encodable_text)


def _encodable_text(value: Any) -> Any:
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode()


def as_shown(secrets: set[str]) -> set[str]:
    """The secrets in the forms in which a message may quote them: whole, on one line, line by line."""
    lines = {line.strip() for secret in secrets for line in secret.splitlines()}
    return {
        *secrets,
        *(" ".join(secret.split()) for secret in secrets),
        # Short lines (brackets, words) would mangle every other text.
        *(line for line in lines if len(line) >= _SHORTEST_LINE),
    }
