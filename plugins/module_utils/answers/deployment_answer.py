# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which object of an answer speaks of the latest deployment, and what the ones around it may add.

An envelope may speak of the request (C(success)), of the host, or of the deployment. What names a deployment's end
wins over a word of the request and over one that is not known; what an envelope says beyond that must agree.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .deployment_object import Asked, ContradictionError, Said, key_of_failure, said_by
from .deployment_words import (
    CONTAINERS,
    HALVES,
    KEYS,
    OF_THE_REQUEST,
    OVER,
    Container,
    Key,
    State,
)
from .moments import read_moment
from .scalars import flag, whole
from .vocabulary import by_words, opened, spelled

# Deeper than any shape that means something.
_DEPTH = 4
_INHERITED = (Key.ID, Key.TYPE, Key.REQUESTED, Key.STARTED, Key.ENDED, Key.UPDATED)


class UnknownShapeError(Exception):
    """An answer of which it cannot be said what it means; its text says why."""


class _Nothing(enum.Enum):
    """Parts of an answer that say nothing of a status."""

    EMPTY = "there is nothing"
    SILENT = "there is something else"


@dataclass(frozen=True)
class _Inner:
    """What a container holds."""

    key: str
    role: Container
    said: Said


def latest_said(body: Any, asked: Asked) -> Said:
    """What a body says of the latest deployment; state C(none) where it says that there is none.

    :raises UnknownShapeError: where it does not say, or may mean several things.
    :raises ContradictionError: where it says two things that cannot both be true.
    """
    found = _read(body, asked, _DEPTH)
    if found is _Nothing.SILENT:
        raise UnknownShapeError("no deployment status can be found in the answer")
    return Said(State.NONE) if isinstance(found, _Nothing) else found


def _read(value: Any, asked: Asked, depth: int) -> Said | _Nothing:
    value = _unpacked(value)
    if value is None or value in ("", [], {}):
        return _Nothing.EMPTY
    if isinstance(value, str):
        return Said(asked.state_of(value), value)
    if depth < 0 or not isinstance(value, (dict, list)):
        raise UnknownShapeError("the deployment status has an unknown shape")
    if isinstance(value, list):
        return _read(_latest(value), asked, depth - 1)
    return _read_object(by_words(value), asked, depth)


def _read_object(parts: Mapping[str, Any], asked: Asked, depth: int) -> Said | _Nothing:
    said = said_by(parts, asked)
    inner: list[_Inner] = []
    nothing: list[_Nothing] = []
    for role in Container:
        if said.is_deployment and role is not Container.CURRENT:
            # What else it holds are its parts, and earlier ones.
            break
        for key in CONTAINERS[role]:
            if not _is_container(parts, key, asked):
                continue
            if isinstance(_unpacked(parts[key]), list) and _has_more_pages(parts):
                raise UnknownShapeError("the deployments are one page of several")
            found = _read(parts[key], asked, depth - 1)
            if isinstance(found, _Nothing):
                nothing.append(found)
            else:
                inner.append(_Inner(key, role, _whole(found, parts) if key in HALVES else found))
    return _with_envelope(said, _chosen(inner)) if inner else _alone(said, nothing)


def _is_container(parts: Mapping[str, Any], key: str, asked: Asked) -> bool:
    """Whether what stands under a container's key is one, or a word in place of one."""
    value = _unpacked(parts.get(key, 0))
    if isinstance(value, str):
        # Under a key that can hold a word itself, it is read as the object's own.
        return key not in KEYS and asked.state_of(value) is not State.UNKNOWN
    return value is None or isinstance(value, (dict, list))


def _unpacked(value: Any) -> Any:
    """A value out of a text that is JSON itself, as where a database's column was passed on."""
    if not isinstance(value, str) or value.strip()[:1] not in ("{", "["):
        return value
    inner = opened(value)
    return value if inner is None else inner


def _whole(half: Said, around: Mapping[str, Any]) -> Said:
    """What one half says, with the id and the times that stand around it."""
    names = (name for key in _INHERITED for name in KEYS[key])
    return replace(half, parts={**{n: around[n] for n in names if n in around}, **half.parts})


def _chosen(inner: list[_Inner]) -> _Inner:
    """The most telling of several: of the current one, the last one, and a list, the first that says something."""
    for role in Container:
        same = [one for one in inner if one.role is role]
        telling = [one for one in same if one.said.state is not State.NONE]
        known = [one for one in telling if one.said.state is not State.UNKNOWN] or telling
        for other in known[1:]:
            if other.said.state is not known[0].said.state:
                raise ContradictionError(f"{known[0].key} and {other.key}")
        if known:
            return known[0]
    return inner[0]


def _alone(said: Said, nothing: list[_Nothing]) -> Said | _Nothing:
    """An object in which nothing else speaks."""
    state = said.state
    of_request = not said.own and spelled(said.word) in OF_THE_REQUEST
    empty_word = state is State.NONE and not said.word
    if state is not None and not (nothing and (of_request or empty_word)):
        return said
    if not nothing or _Nothing.SILENT in nothing:
        return _Nothing.SILENT
    if key_of_failure(said.parts) or said.parts.get("error"):
        raise UnknownShapeError(
            "no deployment status can be found in an answer that tells of an error"
        )
    return _Nothing.EMPTY


def _with_envelope(around: Said, inner: _Inner) -> Said:
    """What both say together. The envelope's own state counts where it is more than the request's."""
    outer, found = around.state, inner.said.state or State.UNKNOWN
    contradiction = ContradictionError(f"{inner.key} and what stands around it")
    denied = any(flag(value) is False for value in KEYS.values(around.parts, Key.SUCCESS))
    if denied and found is State.SUCCEEDED:
        raise contradiction
    if outer in (None, State.NONE, found):
        return inner.said
    if found is State.UNKNOWN or outer is State.UNKNOWN:
        return around if around.own else inner.said
    of_request = not around.own and spelled(around.word) in OF_THE_REQUEST
    if found is State.NONE:
        return inner.said if of_request else around
    if outer.active:
        if inner.role is Container.CURRENT and not found.active:
            raise contradiction
        # A newer one than the last that is over.
        return inner.said if found.active else around
    if outer is State.SUCCEEDED:
        sure = not of_request and spelled(around.word) not in OVER
        if sure and not found.active:
            raise contradiction
        return inner.said
    if found in (State.FAILED, State.CANCELLED):
        return inner.said
    raise contradiction


def _has_more_pages(envelope: Mapping[str, Any]) -> bool:
    places = [envelope, *(envelope[key] for key in ("meta", "links") if key in envelope)]
    return any(
        isinstance(place, dict)
        and (
            (whole(place.get("last_page")) or 0) > 1
            or place.get("next_page_url")
            or place.get("next")
        )
        for place in places
    )


def _latest(deployments: list[Any]) -> Any:
    """The youngest of a list, by time or id; a list that shows neither does not say which that is."""
    if len(deployments) == 1:
        return deployments[0]
    if all(isinstance(one, dict) for one in deployments):
        every = [_sortable(by_words(one)) for one in deployments]
        # Times may be equal to the second; the id then tells who came later.
        orders = [
            order
            for key in (*KEYS[Key.REQUESTED], *KEYS[Key.STARTED], *KEYS[Key.ID])
            if (order := _order([parts.get(key) for parts in every])) is not None
        ]
        ranks = list(zip(*orders, strict=True))
        if ranks and ranks.count(max(ranks)) == 1:
            return deployments[ranks.index(max(ranks))]
    raise UnknownShapeError("the deployments are a list that does not tell which is the latest")


def _sortable(parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """A deployment with the times that its other half holds."""
    halves = [by_words(parts[key]) for key in HALVES if isinstance(parts.get(key), dict)]
    return {name: value for half in (*halves, parts) for name, value in half.items()}


def _order(values: list[Any]) -> list[Any] | None:
    """What sorts the values; None where they are not all of one known kind."""
    moments = [moment for value in values if (moment := read_moment(value)) is not None]
    if len(moments) == len(values):
        return [one.at for one in moments] if len({one.zoned for one in moments}) == 1 else None
    numbers = [whole(value) for value in values]
    return None if None in numbers else numbers
