# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When what was found is a failure: C(true), C(error) or C(false), as a text of C(-e) says it."""

from __future__ import annotations

from ...module_utils.client.errors import SettingsError
from ...module_utils.text.escaping import escape

ALWAYS, ERRORS, NEVER = "always", "errors", "never"
_WORDS = {
    ALWAYS: ("true", "yes", "on", "1"),
    ERRORS: ("error", "errors"),
    NEVER: ("false", "no", "off", "0"),
}


def failing(said: str) -> str:
    """One of C(ALWAYS), C(ERRORS) and C(NEVER).

    :raises SettingsError: for anything else.
    """
    word = said.strip().lower()
    for meaning, words in _WORDS.items():
        if word in words:
            return meaning
    raise SettingsError(
        f"Whether to fail is said by true, false or error, not by {escape(word)}.",
        "With error, only what no task could store is a failure.",
    )
