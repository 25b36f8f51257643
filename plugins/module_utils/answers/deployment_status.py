# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a deployment status means, in the shapes in which it may come.

The API's reference does not say what C(GET /hosts/{id}/deploy) answers. The words and keys stand in
C(deployment_words); which object of an answer counts is found in C(deployment_answer), and what it says in
C(deployment_object). C(docs/deployment-status.md) shows what becomes of which body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..client.errors import BodyError
from ..text.escaping import one_line
from ..text.outline import outline
from .deployment_answer import UnknownShapeError, latest_said
from .deployment_object import Asked, ContradictionError
from .deployment_words import IN_A_ROW, KEYS, NEVER, WORDS, Key, State
from .moments import Moment, read_moment
from .scalars import whole
from .vocabulary import by_words, spelled

__all__ = ["Deployment", "State", "Times", "read_row", "read_status", "read_word"]

_OF_THE_HOST = ("id", "created_at", "updated_at")
# A word alone in a text; what is longer is a page or a message of something else.
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{1,39}")
_LONGEST_WORD = 60


@dataclass(frozen=True)
class Times:
    """When a deployment ran, as far as the platform says so.

    :ivar began: the earliest moment at which it can have read the configuration: when it was asked for, or started.
    :ivar ended: the latest moment at which it can have ended.
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
    own = {spelled(str(word)): State(state) for word, state in (words or {}).items()}
    asked = Asked(own, host_id)
    try:
        said = latest_said(body, asked)
    except UnknownShapeError as error:
        raise _refused(path, str(error), body) from None
    except ContradictionError as error:
        raise _refused(path, f"the deployment status contradicts itself ({error})", body) from None
    parts = {
        key: value
        for key, value in said.parts.items()
        # The host itself with a status beside its name: its id and birthday tell no deployments apart.
        if not (asked.is_host(said.parts) and key in _OF_THE_HOST)
    }
    state = said.state or State.UNKNOWN
    return Deployment(
        state, said.word, _reason(parts, said.word), _marks(parts), body, _times(parts, state)
    )


def read_row(
    row: Mapping[str, Any], *, host_id: int | None = None, words: Mapping[str, str] | None = None
) -> Deployment | None:
    """The latest deployment of a host as the host's own row shows it; None where the row says nothing that is clear."""
    known = (*KEYS[Key.OWN_WORD], *IN_A_ROW)
    parts = {key: value for key, value in by_words(row).items() if key in known}
    try:
        return read_status(parts, "", host_id=host_id, words=words) if parts else None
    except BodyError:
        return None


def read_word(text: str, words: Mapping[str, str] | None = None) -> str | None:
    """The status in an answer that is plain text; None where the text is no word that may be one."""
    word = text.strip()
    own = {spelled(str(one)) for one in words or {}}
    known = WORDS.meaning(word) is not None or spelled(word) in own
    return word if (known and len(word) <= _LONGEST_WORD) or _WORD.fullmatch(word) else None


def _refused(path: str, what: str, body: Any) -> BodyError:
    return BodyError(
        "GET",
        path,
        f"{what}: {outline(body)}",
        hint="Please report this outline to the collection's issue tracker.",
    )


def _reason(parts: Mapping[str, Any], word: str) -> str:
    for text in KEYS.values(parts, Key.REASON):
        said = text.get("message") if isinstance(text, dict) else text
        if isinstance(said, str) and said.strip() and said != word:
            return one_line(said)
    return ""


def _marks(parts: Mapping[str, Any]) -> dict[str, str]:
    ids = {key: parts[key] for key in KEYS[Key.ID] if parts.get(key) not in (None, "")}
    # "2 minutes ago" is another text for the same moment a minute later.
    times = {
        key: parts[key]
        for meaning in (Key.REQUESTED, Key.STARTED, Key.ENDED)
        for key in KEYS[meaning]
        if whole(parts.get(key)) is not None or read_moment(parts.get(key))
    }
    return {key: str(value) for key, value in {**ids, **times}.items()}


def _times(parts: Mapping[str, Any], state: State) -> Times:
    began = _moments(parts, Key.REQUESTED, Key.STARTED)
    ended = _moments(parts, Key.ENDED, Key.OVER, Key.FAILED_AT, Key.CANCELLED_AT)
    if not ended and state.ended:
        # It was changed for the last time when it ended, or later.
        ended = _moments(parts, Key.UPDATED)
    return Times(
        min(began, key=lambda moment: moment.at, default=None),
        max(ended, key=lambda moment: moment.at, default=None),
    )


def _moments(parts: Mapping[str, Any], *meanings: Key) -> list[Moment]:
    """The times under these keys; none where they are readings of several clocks."""
    values = (value for meaning in meanings for value in KEYS.values(parts, meaning))
    found = [moment for value in values if (moment := read_moment(value)) is not None]
    return found if len({moment.zoned for moment in found}) == 1 else []
