# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform itself says: when it last changed a host or group."""

from __future__ import annotations

from collections.abc import Iterator

from ...module_utils.answers.moments import read_moment
from ...module_utils.client.api import Api
from ...module_utils.resources.configured import GROUPS, HOSTS, Configured
from .event import Event, Source, Subject
from .period import Period
from .recorded import Recorded


def rows(api: Api, workers: int) -> list[Configured]:
    """All hosts and groups that the token sees."""
    return [row for kind in (HOSTS, GROUPS) for row in kind.read_all(api, workers=workers)]


def events(every: list[Configured], period: Period, recorded: Recorded) -> Iterator[Event]:
    """The latest change of each, where the record has nothing of that moment."""
    for row in every:
        moment = read_moment(row.updated_at)
        subject = Subject(row.kind, row.id)
        # Readings of a clock whose zone is not known are no moments.
        if moment is None or not moment.zoned or not period.holds(moment.at):
            continue
        if not recorded.was_busy(subject, moment.at):
            yield Event(
                subject,
                moment.at,
                Source.PLATFORM,
                "the platform changed it then for the last time (the configuration, or another field)",
                outside=True,
            )
