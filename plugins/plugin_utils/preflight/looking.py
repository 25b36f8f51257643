# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many names looked up at once, within a time that does not depend on how many there are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from .dns_answers import AAAA, CAA, A, Answer, Resolver, Seen, climbed

Question = tuple[str, str]


def looked_up(
    names: Iterable[str],
    resolver: Resolver,
    workers: int,
    limit: float,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Seen]:
    """What DNS says of each name, and of those above it as far as CAA goes; each question is asked once.

    :param workers: how many questions are under way at once.
    :param limit: seconds after which no further question is asked.
    """
    every = list(dict.fromkeys(names))
    questions = dict.fromkeys((name, kind) for name in every for kind in (A, AAAA))
    questions |= dict.fromkeys((above, CAA) for name in every for above in climbed(name))
    end = clock() + limit

    def answer(question: Question) -> Answer:
        if clock() >= end:
            return Answer(trouble=f"the time limit of {limit:g} seconds was over")
        return resolver.ask(*question)

    if not questions:
        return {}
    with ThreadPoolExecutor(workers, thread_name_prefix="dns") as pool:
        answers = dict(zip(questions, pool.map(answer, questions), strict=True))
    return {
        name: Seen(answers[name, A], answers[name, AAAA], _relevant(name, answers))
        for name in every
    }


def _relevant(name: str, answers: Mapping[Question, Answer]) -> Answer:
    """The CAA records that count for a name: those of the first name, from itself upwards, that has any."""
    for above in climbed(name):
        answer = answers[above, CAA]
        if answer.records or answer.trouble:
            return answer
    return Answer()
