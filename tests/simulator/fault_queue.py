# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which request is hit by which fault: a queue of rules, each for so many requests or at a rate."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

from .faults import Fault, fault_named
from .request_log import LoggedRequest


@dataclass
class FaultRule:
    """Hits requests whose method is `method` (None: any) and whose path matches `path` somewhere.

    A path with its query (``/api/v1/hosts?page=2``) is looked at too.

    `skip` requests pass first, then `times` are hit (None: all), each with probability `rate`.
    `hits` counts the ones that were.
    """

    fault: Fault
    method: str | None
    path: re.Pattern[str]
    times: int | None
    rate: float
    skip: int
    hits: int = 0

    @property
    def spent(self) -> bool:
        """Whether it will never hit again."""
        return self.times is not None and self.hits >= self.times

    def matches(self, request: LoggedRequest) -> bool:
        """Whether the rule is about this request."""
        if self.method not in (None, request.method):
            return False
        return bool(self.path.search(request.path) or self.path.search(request.target))


class FaultQueue:
    """Rules in the order they were added; the first that hits a request decides its fate.

    Chance is reproducible, also where requests overtake each other: whether a rule hits depends on the seed, on the
    request, and on how often the same request came before.
    """

    def __init__(self, seed: int = 1) -> None:
        self.rules: list[FaultRule] = []
        self._lock = threading.Lock()
        self._seed = seed
        self._seen: Counter[tuple[int, str, str]] = Counter()

    def add(self, rule: FaultRule) -> FaultRule:
        """Append a rule."""
        with self._lock:
            self.rules.append(rule)
        return rule

    def take(self, request: LoggedRequest) -> Fault | None:
        """The fault for this request, if any; counts as a hit."""
        with self._lock:
            for number, rule in enumerate(self.rules):
                if rule.spent or not rule.matches(request):
                    continue
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                if rule.rate < 1 and self._chance(number, request) >= rule.rate:
                    continue
                rule.hits += 1
                return rule.fault
        return None

    def clear(self) -> None:
        """Drop all rules."""
        with self._lock:
            self.rules.clear()
            self._seen.clear()

    def _chance(self, number: int, request: LoggedRequest) -> float:
        asked = (number, request.method, request.target)
        self._seen[asked] += 1
        return random.Random(f"{self._seed} {asked} {self._seen[asked]}").random()


def rule_of(
    fault: Fault,
    method: str | None = None,
    path: str = "",
    times: int | None = None,
    rate: float | None = None,
    skip: int = 0,
) -> FaultRule:
    """A rule from plain values; ValueError when one is out of range.

    Without `times` a rule hits once, or without end when it has a `rate`.
    """
    if times is None and rate is None:
        times = 1
    rate = 1.0 if rate is None else rate
    if times is not None and times < 1:
        raise ValueError("times is at least 1")
    if not 0 < rate <= 1:
        raise ValueError("rate is above 0 and at most 1")
    if skip < 0:
        raise ValueError("skip is at least 0")
    try:
        pattern = re.compile(path)
    except re.error as error:
        raise ValueError(f"path is no regular expression: {error}") from None
    return FaultRule(fault, method.upper() if method else None, pattern, times, rate, skip)


def rule_from(description: dict[str, Any]) -> FaultRule:
    """A rule from the control endpoint's JSON.

    ``{"fault": name, "options": {…}, "method": …, "path": …, "times": …, "rate": …, "skip": …}``,
    everything but ``fault`` optional.
    """
    values = dict(description)
    name = values.pop("fault", None)
    options = values.pop("options", {})
    unknown = set(values) - {"method", "path", "times", "rate", "skip"}
    if unknown:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
    return rule_of(fault_named(str(name), options), **values)


def rule_from_text(text: str) -> FaultRule:
    """A rule from the command line: ``status status=503 method=GET path=/hosts times=3``."""
    name, *pairs = text.split()
    description: dict[str, Any] = {"fault": name, "options": {}}
    for pair in pairs:
        key, separator, word = pair.partition("=")
        if not separator:
            raise ValueError(f"{pair!r} is not of the form name=value")
        if key in ("method", "path"):
            description[key] = word
        elif key in ("times", "rate", "skip"):
            description[key] = _scalar(word)
        else:
            description["options"][key] = _scalar(word)
    return rule_from(description)


def _scalar(word: str) -> Any:
    words: dict[str, Any] = {"true": True, "false": False, "none": None}
    if word.lower() in words:
        return words[word.lower()]
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word
