# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which file and line of a playbook, or of variables, each part of a value is written, as far as Ansible says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.plan.origins import NOWHERE, Layer, Origin, Origins, Steps
from ..plain import plain
from .file import shown_path

try:
    # What Ansible itself shows beside its messages. It is internal to it, and all is well without.
    from ansible._internal._datatag._tags import Origin as Tag
except ImportError:  # ansible-core 2.18 and older
    Tag = None

_TAG_OF = getattr(Tag, "get_tag", None)


def origins_of(value: Any) -> Origins:
    """Where the parts of a desired configuration are written; nowhere on cores that do not say it.

    :param value: as Ansible has it, evaluated.
    """
    if _TAG_OF is None or not isinstance(value, Mapping):
        return NOWHERE
    return Origins((_Written(source="", content=plain(value), parts=_kept(value)),))


@dataclass(frozen=True)
class _Written(Layer):
    """A value of a play.

    :ivar parts: a copy that knows where its parts are written; it stays as it is when variables are evaluated anew.
    """

    parts: Any = field(default=None, repr=False, compare=False)

    def said_at(self, steps: Steps) -> Origin | None:
        """Where a part is written: where its key is, or else what it is."""
        *above, last = steps
        holder = self.parts
        for step in above:
            holder = _below(holder, step)
        key, part = last, _below(holder, last)
        if isinstance(holder, dict):
            key = next((one for one in holder if one == last), last)
        elif isinstance(part, _Map):
            part = part.written
        return _written_at(key) or _written_at(part)


class _Map(dict[Any, Any]):
    """A map of a value.

    :ivar written: itself, as Ansible has it.
    """

    written: Any = None


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = _Map((key, _kept(part)) for key, part in value.items())
        kept.written = value
        return kept
    return [_kept(part) for part in value] if isinstance(value, (list, tuple)) else value


def _below(holder: Any, step: str | int) -> Any:
    return holder[step]


def _written_at(part: Any) -> Origin | None:
    tag = _TAG_OF(part) if _TAG_OF is not None else None
    path, line = getattr(tag, "path", None), getattr(tag, "line_num", None)
    if path is None:
        return None
    return Origin(shown_path(path), line)
