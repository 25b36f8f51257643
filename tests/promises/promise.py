# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a promise is: words that stand in a README, and mistakes that would break it, each with tests that notice it."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.steps import NEWEST_CORE


@dataclass(frozen=True)
class Mistake:
    """A change of the code that somebody might make, and that breaks a promise.

    :ivar told: what would then be wrong, as the end of a sentence that begins with "It would fail if".
    :ivar file: where, from the top of the project.
    :ivar old: a text that stands once in it; C(new) takes its place.
    :ivar tests: pytest's ids, each of which has to fail. One without parameters stands for all of them.
    :ivar core: the ansible-core of those that are end-to-end tests.
    """

    told: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    core: str = NEWEST_CORE


@dataclass(frozen=True)
class Promise:
    """Something that users may rely upon.

    :ivar document: where it is made.
    :ivar words: how; the document has them, wherever its lines end.
    """

    document: str
    words: str
    mistakes: tuple[Mistake, ...]
