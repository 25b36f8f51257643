# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The marks that ansible-core puts on values: `AnsibleUnsafe` up to 2.18, tags from 2.19 on."""

from __future__ import annotations

# Subclasses are other kinds of values here, so that isinstance() would be wrong.
# pylint: disable=unidiomatic-typecheck
from collections.abc import Callable, Hashable
from types import NoneType
from typing import Any

from .values import Marks, NotShareable, may_be_template, scalar_key, text_key


def known_marks(templates_are_recursive: bool) -> Marks:
    """Return the marks of the ansible-core that runs.

    Args:
        templates_are_recursive: see `templating.Templating`.
    """
    if templates_are_recursive:
        return UnsafeMarks()
    try:
        return TagMarks()
    except (ImportError, AttributeError):
        # A later ansible-core keeps its tags elsewhere. Values without any are still known.
        return NoMarks()


class NoMarks:
    """No value that is marked takes part."""

    def scalar(self, value: Any) -> Hashable:
        raise NotShareable(f"it is a {type(value).__name__}")

    def container(self, value: Any) -> tuple[Hashable, type]:
        raise NotShareable(f"it is a {type(value).__name__}")

    def is_scalar(self, value: Any) -> bool:
        return False

    def of_variable(self, value: Any) -> Hashable:
        return None


class UnsafeMarks(NoMarks):
    """ansible-core up to 2.18: a text is either `AnsibleUnsafeText` or, possibly, a template."""

    def __init__(self) -> None:
        from ansible.utils.unsafe_proxy import AnsibleUnsafeText

        self.unsafe: type = AnsibleUnsafeText

    def scalar(self, value: Any) -> Hashable:
        if type(value) is self.unsafe:
            # As a plain text, which compares by nothing but its characters.
            return (self.unsafe, text_key(str.__str__(value)))
        return super().scalar(value)

    def is_scalar(self, value: Any) -> bool:
        return type(value) is self.unsafe

    def of_variable(self, value: Any) -> bool:
        """Tell whether the variable makes results unsafe, as a single unsafe text anywhere in it does.

        Naming a variable also renders every template in it, so that none may be there.
        """
        kind = type(value)
        if kind is self.unsafe:
            return True
        if kind is str:
            if may_be_template(value):
                raise NotShareable("it holds a template")
            return False
        if kind is int or kind is bool or kind is NoneType or kind is float:
            return False
        if kind is not dict and kind is not list:
            raise NotShareable(f"it holds a {kind.__name__}")
        unsafe = False
        # All of it has to be looked at, whatever the first text is.
        for item in value.values() if kind is dict else value:
            if type(item) is self.unsafe or self.of_variable(item):
                unsafe = True
        return unsafe


class TagMarks(NoMarks):
    """ansible-core 2.19 and later: values carry tags, of which there is no public interface."""

    def __init__(self) -> None:
        from ansible._internal._datatag._tags import Origin, TrustedAsTemplate
        from ansible.module_utils._internal import _datatag

        self._tags_of: Callable[[Any], frozenset[Any]] = _datatag.AnsibleTagHelper.tags
        self._origin = Origin
        self._trusted = TrustedAsTemplate
        # The others have an effect when a value is used: a deprecation is announced, for example.
        self._silent = frozenset({Origin, TrustedAsTemplate})
        self._scalars: dict[type, Any] = {
            _datatag._AnsibleTaggedStr: str,
            _datatag._AnsibleTaggedInt: int,
            _datatag._AnsibleTaggedFloat: float,
        }
        self._containers: dict[type, type] = {
            _datatag._AnsibleTaggedDict: dict,
            _datatag._AnsibleTaggedList: list,
        }

    def scalar(self, value: Any) -> Hashable:
        native = self._scalars.get(type(value))
        if native is None:
            return super().scalar(value)
        if native is str and may_be_template(value) and self._trusted.is_tagged_on(value):
            raise NotShareable("it is a template")
        return (type(value), scalar_key(native(value), self), self._silent_tags(value))

    def container(self, value: Any) -> tuple[Hashable, type]:
        native = self._containers.get(type(value))
        if native is None:
            return super().container(value)
        return (type(value), self._silent_tags(value)), native

    def is_scalar(self, value: Any) -> bool:
        return type(value) in self._scalars

    def origin_giver(self, text: Any) -> Callable[[Any], Any] | None:
        """Return what gives a value the origin of a text, if the text has one."""
        origin = self._origin.get_tag(text)
        return None if origin is None else origin.tag

    def _silent_tags(self, value: Any) -> Hashable:
        tags = self._tags_of(value)
        if not all(type(tag) in self._silent for tag in tags):
            raise NotShareable("its tags have an effect")
        return tags
