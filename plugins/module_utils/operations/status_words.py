# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option C(status_words): what the platform's own words for a deployment's status mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answers.deployment_status import State
from ..client.errors import SettingsError
from ..text.escaping import escape

STATUS_WORDS: dict[str, dict[str, Any]] = {"status_words": {"type": "dict", "default": {}}}


def checked_words(words: Mapping[str, str], option: str = "status_words") -> Mapping[str, str]:
    """The same words, each of which stands for a state that there is.

    :param option: what the user knows them by.
    :raises SettingsError: where one does not.
    """
    known = [state.value for state in State]
    for word, state in words.items():
        if state not in known:
            raise SettingsError(
                f"{option} maps {escape(str(word))!r} to {escape(str(state))!r}.",
                f"Known are {', '.join(known)}.",
            )
    return words
