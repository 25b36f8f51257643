# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from the API stays text: marked so that no ansible-core takes it for a template.

Up to ansible-core 2.18 every plain string that holds Jinja is a template; from 2.19 on only strings that
somebody trusts are, and nobody trusts these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.template import Templar

_TEMPLATES_NEED_TRUST = hasattr(Templar, "evaluate_expression")


def marking() -> Callable[[Any], Any] | None:
    """What marks a value on this ansible-core; None where plain strings are data already."""
    return None if _TEMPLATES_NEED_TRUST else mark


def mark(value: Any) -> Any:
    """Mark what might be a template in plain data; dictionaries and lists are changed in place.

    Only what holds a brace can be a template or become a part of one. Everything else stays as it is,
    so that `ansible-inventory --list` shows it plainly.
    """
    if isinstance(value, str):
        return _marked(value) if "{" in value or value.startswith("#jinja2:") else value
    # By a stack of its own, not by recursion: nobody promises how deep a document is.
    waiting = [value]
    while waiting:
        container = waiting.pop()
        if isinstance(container, dict):
            if any("{" in key for key in container):
                items = list(container.items())
                container.clear()
                container.update((_marked(key) if "{" in key else key, item) for key, item in items)
            pairs: Any = container.items()
        elif isinstance(container, list):
            pairs = enumerate(container)
        else:
            continue
        for key, item in pairs:
            if isinstance(item, str):
                if "{" in item or item.startswith("#jinja2:"):
                    container[key] = _marked(item)
            elif isinstance(item, (dict, list)):
                waiting.append(item)
    return value


def _marked(text: str) -> Any:
    from ansible.utils.unsafe_proxy import AnsibleUnsafeText

    return AnsibleUnsafeText(text)
