# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a deployment status means, in the shapes in which it may come.

The API's reference does not say what C(GET /hosts/{id}/deploy) answers. Words and keys stand in C(deployment_words).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..client.errors import BodyError
from ..text.escaping import one_line
from ..text.outline import outline
from .deployment_words import CONTAINERS, KEYS, NEVER, OUTCOME_KEYS, WORD_WITHIN, WORDS, Key, State
from .moments import Moment, read_moment
from .scalars import flag, whole
from .vocabulary import spelled

__all__ = ["Deployment", "State", "read_status"]


_SCALAR = (str, int, float)
# What an envelope without content may still say by itself; its "success" only means the request's.
_TELLING = (State.QUEUED, State.RUNNING, State.FAILED, State.CANCELLED)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


@dataclass(frozen=True)
class Times:
    """When a deployment ran, as far as the platform says so.

    :ivar began: the earliest moment at which it can have read the configuration: when it was asked for, or started.
    """

    began: Moment | None = None
    ended: Moment | None = None


@dataclass(frozen=True)
class Deployment:
    """The latest deployment of a host as one answer shows it.

    :ivar word: the platform's own word, as it came; empty where the answer has none.
    :ivar reason: why, in the platform's words, on one line; empty where it does not say.
    :ivar marks: what tells this deployment from another one (its id, its times); empty where nothing does.
    :ivar body: the whole answer as it came.
    :ivar times: when it ran.
    """

    state: State
    word: str = ""
    reason: str = ""
    marks: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    times: Times = Times()

    @property
    def with_warnings(self) -> bool:
        """Whether it succeeded, but not without a complaint."""
        return self.state is State.SUCCEEDED and spelled(self.word).endswith(
            ("warning", "warnings")
        )

    @property
    def never(self) -> bool:
        """Whether the platform says that the host was never deployed, and not just that it is not being deployed."""
        return self.state is State.NONE and spelled(self.word) in NEVER

    def has_id(self, known: str) -> bool:
        """Whether one of its ids is the known one."""
        return any(self.marks.get(key) == known for key in KEYS[Key.ID])

    def began_after(self, earlier: Deployment) -> bool:
        """Whether it surely began after an earlier answer had been given."""
        if self._same_marks(earlier) is None and not (
            earlier.state.ended or earlier.state is State.NONE
        ):
            # It may be the one that was under way.
            return False
        return self.is_another_than(earlier)

    def is_another_than(self, earlier: Deployment) -> bool:
        """Whether the answer surely speaks of another deployment than an earlier answer did.

        What the marks say decides; without common ones, a state that only another deployment can have.
        """
        same = self._same_marks(earlier)
        if same is not None:
            return not same
        if self.state is State.NONE:
            return False
        if earlier.state is State.NONE:
            return True
        return self.state is not earlier.state

    def is_surely(self, earlier: Deployment) -> bool:
        """Whether the marks say that both answers speak of one deployment."""
        return self._same_marks(earlier) is True

    def _same_marks(self, other: Deployment) -> bool | None:
        """None where the answers have no mark in common. An id outweighs every time."""
        shared = self.marks.keys() & other.marks.keys()
        ids = [key for key in KEYS[Key.ID] if key in shared]
        if ids:
            return all(self.marks[key] == other.marks[key] for key in ids)
        # A time that is only there now (finished_at) is progress of the same deployment, or of another.
        if shared and self.marks.keys() == other.marks.keys():
            return all(self.marks[key] == other.marks[key] for key in shared)
        return (
            False if shared and any(self.marks[key] != other.marks[key] for key in shared) else None
        )


def read_status(
    body: Any, path: str, *, host_id: int | None = None, words: Mapping[str, str] | None = None
) -> Deployment:
    """The deployment that an answer of C(GET /hosts/{id}/deploy) shows.

    :param host_id: the host asked for: an id equal to it names the host, not a deployment.
    :param words: further words of the platform, each with the C(State) value it stands for.
    :raises BodyError: for a shape in which no status can be found.
    """
    found = _innermost(body, path)
    if found is None:
        return Deployment(State.NONE, body=body)
    if isinstance(found, str):
        return Deployment(_state(found, words), word=found, body=body)
    word = _word(found)
    state = _with_flags(found, _state(word, words) if word is not None else None)
    if state is None and any(key in found and found[key] in (None, "") for key in KEYS[Key.WORD]):
        state = State.NONE
    if state is None:
        raise BodyError(
            "GET",
            path,
            f"no deployment status can be found in the answer: {outline(body)}",
            hint="Please report this outline to the collection's issue tracker.",
        )
    return Deployment(
        state,
        word=word or "",
        reason=_reason(found, word),
        marks=_marks(found, host_id),
        body=body,
        times=_times(found, host_id),
    )


def _innermost(body: Any, path: str) -> dict[str, Any] | str | None:
    """The object (or bare word) that speaks of the latest deployment; an envelope's own status does not."""
    value, around = body, body
    for _level in range(4):
        if isinstance(value, list):
            if _has_more_pages(around):
                raise _unknown_shape(path, body, "is one page of several")
            value = _latest(value, path)
        if value is None or value == "" or value == {}:
            return None
        if not isinstance(value, dict):
            break
        inner = [key for key in CONTAINERS if key in value and _is_inner(value[key])]
        if not inner:
            return value
        key = next((key for key in inner if value[key] is not None), inner[0])
        telling = WORDS.meaning(_word(value) or "") in _TELLING
        if telling and (value[key] is None or not _speaks(value[key])):
            return value
        around, value = value, value[key]
    if isinstance(value, (dict, str)):
        return value
    raise _unknown_shape(path, body, "has an unknown shape")


def _is_inner(value: Any) -> bool:
    """Whether a value under one of the known keys may be the deployment, rather than a property of one."""
    if isinstance(value, str):
        return WORDS.meaning(value) is not None
    return not isinstance(value, _SCALAR)


def _speaks(value: Any) -> bool:
    """Whether a part of an answer says anything of a status, and is not just what came with one."""
    if not isinstance(value, dict):
        return True
    return any(key in value for key in (*KEYS[Key.WORD], *KEYS[Key.ACTIVE], *CONTAINERS))


def _has_more_pages(envelope: Any) -> bool:
    if not isinstance(envelope, dict):
        return False
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


def _unknown_shape(path: str, body: Any, what: str) -> BodyError:
    return BodyError(
        "GET",
        path,
        f"the deployment status {what}: {outline(body)}",
        hint="Please report this outline to the collection's issue tracker.",
    )


def _latest(deployments: list[Any], path: str) -> Any:
    """The youngest of a list, by time or id; a list that shows neither does not say which that is."""
    if len(deployments) <= 1:
        return deployments[0] if deployments else None
    if all(isinstance(one, dict) for one in deployments):
        # Times may be equal to the second; the id then tells who came later.
        orders = [
            order
            for key in ("created_at", "queued_at", "id")
            if (order := _order(deployments, key)) is not None
        ]
        ranks = list(zip(*orders, strict=True))
        if ranks and ranks.count(max(ranks)) == 1:
            return deployments[ranks.index(max(ranks))]
    raise _unknown_shape(path, deployments, "is a list that does not tell which is the latest")


def _order(deployments: list[dict[str, Any]], key: str) -> list[Any] | None:
    """The values by which a key sorts the deployments; None where they are not all of one known kind."""
    values = [one.get(key) for one in deployments]
    numbers = [whole(value) for value in values]
    if None not in numbers:
        return numbers
    if all(isinstance(value, str) and _ISO_TIME.match(value) for value in values):
        return values
    return None


def _word(value: Mapping[str, Any]) -> str | None:
    for key in KEYS[Key.WORD]:
        word = value.get(key)
        if isinstance(word, dict):
            word = next(
                (word[inner] for inner in WORD_WITHIN if isinstance(word.get(inner), str)), None
            )
        if isinstance(word, str) and word.strip():
            return word
        if isinstance(word, int) and not isinstance(word, bool):
            # A code whose table is not known: shown as it is, and unknown.
            return str(word)
    return None


def _state(word: str, words: Mapping[str, str] | None) -> State:
    for own, state in (words or {}).items():
        if spelled(str(own)) == spelled(word):
            return State(state)
    return WORDS.meaning(word) or State.UNKNOWN


def _with_flags(value: Mapping[str, Any], state: State | None) -> State | None:
    """What flags, an exit code and errors beside the word say; they only ever take a success back."""
    active = any(flag(value.get(key)) for key in KEYS[Key.ACTIVE])
    if active and (state is None or not state.ended or state is State.SUCCEEDED):
        return state if state is not None and state.active else State.RUNNING
    failed = _says_failure(value)
    if state is State.SUCCEEDED and failed:
        return State.FAILED
    if state is None and any(key in value for key in KEYS[Key.ACTIVE]):
        if failed:
            return State.FAILED
        ended = any(flag(value.get(key)) for key in KEYS[Key.OVER])
        denied = any(flag(value.get(key)) is False for key in KEYS[Key.FAILURE])
        if any(flag(value.get(key)) for key in KEYS[Key.SUCCESS]) or (ended and denied):
            return State.SUCCEEDED
        return State.NONE
    return state


def _says_failure(value: Mapping[str, Any]) -> bool:
    return (
        any(flag(value.get(key)) for key in KEYS[Key.FAILURE])
        or any(flag(value.get(key)) is False for key in KEYS[Key.SUCCESS])
        or any(whole(value.get(key)) not in (None, 0) for key in KEYS[Key.EXIT_CODE])
        or any(
            isinstance(value.get(key), str)
            and WORDS.meaning(value[key]) in (State.FAILED, State.CANCELLED)
            for key in OUTCOME_KEYS
        )
        or bool(isinstance(value.get("errors"), (list, dict)) and value["errors"])
    )


def _reason(value: Mapping[str, Any], word: str | None) -> str:
    for key in KEYS[Key.REASON]:
        text = value.get(key)
        if isinstance(text, dict):
            text = text.get("message")
        if isinstance(text, str) and text.strip() and text != word:
            return one_line(text)
    return ""


def _marks(value: Mapping[str, Any], host_id: int | None) -> dict[str, str]:
    marks = {key: str(value[key]) for key in KEYS[Key.ID] if value.get(key) not in (None, "")}
    # "2 minutes ago" is another text for the same moment a minute later.
    marks |= {
        key: str(value[key])
        for key in (*KEYS[Key.BEGAN], *KEYS[Key.ENDED])
        if whole(value.get(key)) is not None or _ISO_TIME.match(str(value.get(key)))
    }
    if _is_host(value, host_id):
        # The host itself with a status beside its name: its id and birthday tell no deployments apart.
        del marks["id"]
        marks.pop("created_at", None)
    return marks


def _times(value: Mapping[str, Any], host_id: int | None) -> Times:
    own = {key: item for key, item in value.items() if key != "created_at"}
    parts = own if _is_host(value, host_id) else value
    began = [moment for key in KEYS[Key.BEGAN] if (moment := read_moment(parts.get(key)))]
    ended = [moment for key in KEYS[Key.ENDED] if (moment := read_moment(parts.get(key)))]
    return Times(
        min(began, key=lambda moment: moment.at, default=None),
        max(ended, key=lambda moment: moment.at, default=None),
    )


def _is_host(value: Mapping[str, Any], host_id: int | None) -> bool:
    return host_id is not None and str(value.get("id")) == str(host_id)
