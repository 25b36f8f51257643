# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of a configuration that do not become variables: left out, or masked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...module_utils.document.masking import redact, redact_text
from ...module_utils.document.policy import DEFAULT, Policy

Withhold = Callable[[Any], Any]

# What is left of a text. The hosts of a fleet have most of their texts in common, and looking for secrets in
# one takes long; so each is looked through once. Threads that come at the same moment do the same twice.
_LOOKED_THROUGH: dict[str, str] = {}
_MOST_KEPT = 20_000
_LONGEST_KEPT = 400  # characters

# Public, and long: what looks like a token in it is chance.
_CERTIFICATES = re.compile(
    r"(?:\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----)+\s*\Z"
)


def withholding(secrets: str, policy: Policy) -> Withhold | None:
    """What `secrets` (`omit`, `mask`, `include`) makes of a configuration; None for nothing at all."""
    return {
        "omit": Omission(policy.meaning.hides).without_secrets,
        "mask": lambda value: redact(value, policy),
        "include": None,
    }[secrets]


class Omission:
    """Leaves secrets out.

    A walk of its own: over 10,000 hosts it takes half of the time that the document's places would.

    :param is_secret: whether what stands under a key is a secret.
    """

    def __init__(self, is_secret: Callable[[str], bool] = DEFAULT.meaning.hides) -> None:
        self._is_secret = is_secret
        # Keys under which nothing is left out, each by itself: a fleet has few, a dictionary's are looked up all at
        # once, and hosts share one copy of each, which is more than a third of what a configuration takes.
        self._harmless: dict[str, str] = {}

    def without_secrets(self, value: Any) -> Any:
        """Plain data without what stands under a telling key, and with secrets within other texts masked.

        True, false, null and blank text stay: `password_login: false` is no secret. The data is not copied, but
        changed in place.
        """
        if isinstance(value, str):
            return _shown(value)
        waiting = [value]
        while waiting:
            container = waiting.pop()
            if isinstance(container, dict):
                if not self._harmless.keys() >= container.keys():
                    for key in [key for key in container if not self._is_harmless(key)]:
                        self._withhold(container, key)
                shared = {}
                for key, item in container.items():
                    if isinstance(item, str):
                        # Also where nothing changes: hosts then share one copy of an equal text.
                        item = _LOOKED_THROUGH.get(item) or _shown(item)
                    elif isinstance(item, (dict, list)):
                        waiting.append(item)
                    shared[self._harmless.get(key, key)] = item
                container.clear()
                container.update(shared)
            elif isinstance(container, list):
                for position, item in enumerate(container):
                    if isinstance(item, str):
                        container[position] = _LOOKED_THROUGH.get(item) or _shown(item)
                    elif isinstance(item, (dict, list)):
                        waiting.append(item)
        return value

    def _is_harmless(self, key: str) -> bool:
        if self._is_secret(key) or _shown(key) != key:
            return False
        if len(self._harmless) < _MOST_KEPT:
            self._harmless[key] = key
        return True

    def _withhold(self, container: dict[str, Any], key: str) -> None:
        item = container.pop(key)
        if not self._is_secret(key) or _says_nothing(item):
            # At another place than before, which for a map makes no difference.
            container[_shown(key)] = item


def _says_nothing(item: Any) -> bool:
    return item is None or isinstance(item, bool) or (isinstance(item, str) and not item.strip())


def _shown(text: str) -> str:
    shown = _LOOKED_THROUGH.get(text)
    if shown is None:
        shown = text if _CERTIFICATES.match(text) else redact_text(text)
        if len(text) <= _LONGEST_KEPT:
            if len(_LOOKED_THROUGH) >= _MOST_KEPT:
                _LOOKED_THROUGH.clear()
            _LOOKED_THROUGH[text] = shown
    return shown
