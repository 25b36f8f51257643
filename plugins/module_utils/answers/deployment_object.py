# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one object says of a deployment by itself: its words, its flags, its exit code, its times.

A word that is known wins over a number or a word that is not. What stands beside a word can only ever take a success
back; where it cannot be meant so, the object contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .deployment_words import CONTAINERS, KEYS, OVER, TYPES, WORD_WITHIN, WORDS, Key, State
from .moments import read_moment
from .scalars import flag, whole
from .vocabulary import by_words, spelled


class ContradictionError(Exception):
    """Parts of an answer that cannot both be true; its text names their keys."""


@dataclass(frozen=True)
class Asked:
    """What an answer was asked for.

    :ivar words: further words of the platform, in the spelling of the tables, and what they mean.
    :ivar host_id: an id equal to it names the host, not a deployment.
    """

    words: Mapping[str, State] = field(default_factory=dict)
    host_id: int | None = None

    def state_of(self, text: str) -> State:
        """What a word means; C(unknown) for one that is in no table."""
        return self.words.get(spelled(text)) or WORDS.meaning(text) or State.UNKNOWN

    def is_host(self, parts: Mapping[str, Any]) -> bool:
        """Whether an object is the host itself, with a status beside its name."""
        return self.host_id is not None and str(parts.get("id")) == str(self.host_id)


@dataclass(frozen=True)
class Word:
    """A word that may be the deployment's status.

    :ivar key: where it stands.
    """

    key: str
    text: str
    state: State


@dataclass(frozen=True)
class Said:
    """What an object says.

    :ivar state: None where it says nothing of a status.
    :ivar word: the platform's word for it; empty where flags or times say it.
    :ivar own: whether the word can only be a deployment's, be it for its key or for the object around it.
    :ivar parts: the object, in one spelling.
    :ivar is_deployment: whether the object is a deployment for sure, and no envelope around one.
    """

    state: State | None
    word: str = ""
    own: bool = False
    parts: Mapping[str, Any] = field(default_factory=dict)
    is_deployment: bool = False


def said_by(parts: Mapping[str, Any], asked: Asked) -> Said:
    """What an object says by itself.

    :param parts: as C(by_words) gives it.
    :raises ContradictionError: where that cannot be.
    """
    word, own = _word(parts, asked)
    state = _beside(parts, word) if word else _without_word(parts)
    if state is None and not word and _has_empty_word(parts):
        state = State.NONE
    is_deployment = state not in (None, State.UNKNOWN) and _is_deployment(parts, asked)
    return Said(state, word.text if word else "", own or is_deployment, parts, is_deployment)


def _is_deployment(parts: Mapping[str, Any], asked: Asked) -> bool:
    types = (spelled(one) for one in KEYS.values(parts, Key.TYPE) if isinstance(one, str))
    exits = (whole(one) is not None for one in KEYS.values(parts, Key.EXIT_CODE))
    named = any(key in parts for key in KEYS[Key.ID]) and not asked.is_host(parts)
    return (
        any(one in TYPES for one in types)
        or any(exits)
        or _moment(parts, Key.STARTED)
        or (named and (_moment(parts, Key.REQUESTED) or _moment(parts, Key.ENDED)))
    )


def _word(parts: Mapping[str, Any], asked: Asked) -> tuple[Word | None, bool]:
    """The one word of an object, and whether its key is a deployment's own."""
    for keys, own in (
        ((Key.OWN_WORD,), True),
        ((Key.WORD, Key.WORD_TEXT, Key.OUTCOME), False),
    ):
        words = [word for key in keys for word in _words(parts, key, asked)]
        if words:
            return _agreed(words, asked), own
    return None, False


def _words(parts: Mapping[str, Any], meaning: Key, asked: Asked) -> Iterator[Word]:
    for key in KEYS[meaning]:
        value = parts.get(key)
        if isinstance(value, Mapping) and key not in CONTAINERS:
            within = by_words(value)
            texts = [within[name] for name in WORD_WITHIN if name in within]
            value = next((text for text in texts if isinstance(text, str)), None)
            if value is None:
                value = next(iter(texts), None)
        if not isinstance(value, (str, int)) or isinstance(value, bool) or not str(value).strip():
            continue
        text = str(value)
        state = asked.state_of(text)
        # A result may be anything that was brought about.
        if meaning is not Key.OUTCOME or state is not State.UNKNOWN:
            yield Word(key, text, state)


def _agreed(words: list[Word], asked: Asked) -> Word:
    """The one that the others allow."""
    meant = [word for word in words if spelled(word.text) in asked.words]
    known = meant or [word for word in words if word.state is not State.UNKNOWN]
    some = [word for word in known if word.state is not State.NONE] or known
    active = [word for word in some if word.state.active]
    ended = [word for word in some if word.state.ended]
    if active and ended:
        raise _contradiction(active[0].key, ended[0].key)
    if ended:
        good = [word for word in ended if word.state is State.SUCCEEDED]
        bad = [word for word in ended if word.state is not State.SUCCEEDED]
        surely = [word for word in good if spelled(word.text) not in OVER]
        if surely and bad:
            raise _contradiction(surely[0].key, bad[0].key)
        return (bad or surely or good)[0]
    running = [word for word in active if word.state is State.RUNNING]
    return (running or some or words)[0]


def _beside(parts: Mapping[str, Any], word: Word) -> State:
    """What a word means beside flags, an exit code and errors."""
    state = word.state
    active, bad = _key_of_activity(parts), key_of_failure(parts)
    if active and not state.active:
        if state in (State.FAILED, State.CANCELLED):
            raise _contradiction(word.key, active)
        # A success may be that of the request.
        return State.RUNNING
    if bad and state is State.SUCCEEDED:
        if spelled(word.text) not in OVER:
            raise _contradiction(word.key, bad)
        return State.FAILED
    return state


def _without_word(parts: Mapping[str, Any]) -> State | None:
    """What flags and times say alone."""
    if _moment(parts, Key.CANCELLED_AT):
        return State.CANCELLED
    if _moment(parts, Key.FAILED_AT):
        return State.FAILED
    if _key_of_activity(parts):
        return State.RUNNING
    ended = _moment(parts, Key.ENDED) or _moment(parts, Key.OVER)
    over = ended or any(flag(value) for value in KEYS.values(parts, Key.OVER))
    told = any(True for _value in KEYS.values(parts, Key.ACTIVE)) or ended
    if told:
        if key_of_failure(parts):
            return State.FAILED
        denied = any(flag(value) is False for value in KEYS.values(parts, Key.FAILURE)) or any(
            whole(value) == 0 for value in KEYS.values(parts, Key.EXIT_CODE)
        )
        if any(flag(value) for value in KEYS.values(parts, Key.SUCCESS)) or (over and denied):
            return State.SUCCEEDED
        return None if ended else State.NONE
    open_end = any(key in parts and parts[key] is None for key in KEYS[Key.ENDED])
    return State.RUNNING if open_end and _moment(parts, Key.STARTED) else None


def _key_of_activity(parts: Mapping[str, Any]) -> str | None:
    return next((key for key in KEYS[Key.ACTIVE] if flag(parts.get(key))), None)


def key_of_failure(parts: Mapping[str, Any]) -> str | None:
    """The key of what says that it failed, or did not succeed."""
    signs = [
        *(key for key in KEYS[Key.FAILURE] if flag(parts.get(key))),
        *(key for key in KEYS[Key.SUCCESS] if flag(parts.get(key)) is False),
        *(key for key in KEYS[Key.EXIT_CODE] if whole(parts.get(key)) not in (None, 0)),
        *(
            key
            for key in KEYS[Key.ERRORS]
            if isinstance(parts.get(key), (list, dict)) and parts[key]
        ),
        *(key for key in KEYS[Key.FAILED_AT] if read_moment(parts.get(key))),
    ]
    return signs[0] if signs else None


def _has_empty_word(parts: Mapping[str, Any]) -> bool:
    return any(
        key in parts and parts[key] in (None, "") for key in (*KEYS[Key.OWN_WORD], *KEYS[Key.WORD])
    )


def _moment(parts: Mapping[str, Any], meaning: Key) -> bool:
    return any(read_moment(value) for value in KEYS.values(parts, meaning))


def _contradiction(one: str, other: str) -> ContradictionError:
    return ContradictionError(f"{one} and {other}")
