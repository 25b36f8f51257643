# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Distributions as drawings: where the bars of a histogram stand, and the sentence that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .hosts import decimal, percent
from .thresholds import Level, Threshold

#: The drawing's own units.
WIDTH, HEIGHT, BASE, TOP = 360, 150, 122, 16
_BUCKETS = 10
_GAP = 3.0
_LEVELS = (Level.OK, Level.WARNING, Level.CRITICAL)

Show = Callable[[float], str]


@dataclass(frozen=True)
class Bar:
    """A piece of a column: the hosts of one level in one range."""

    x: float
    y: float
    width: float
    height: float
    level: Level


@dataclass(frozen=True)
class Column:
    """:ivar label: how many hosts the column stands for, above it; empty for none."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A vertical line at a threshold."""

    x: float
    level: Level


@dataclass(frozen=True)
class Tick:
    """A number below the axis."""

    x: float
    anchor: str
    label: str


@dataclass(frozen=True)
class Range:
    """A row of the table that stands for the drawing."""

    label: str
    count: int


@dataclass(frozen=True)
class Histogram:
    """:ivar sentence: what the drawing shows, in words."""

    part: str
    name: str
    sentence: str
    bars: tuple[Bar, ...]
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    ranges: tuple[Range, ...]


def histogram(
    part: str,
    name: str,
    values: Sequence[float],
    threshold: Threshold,
    end: float | None,
    middle: float | None,
    missing: int,
) -> Histogram:
    """The distribution of a figure.

    :param end: the largest value there can be; without one the last column holds all that is larger.
    :param missing: how many hosts do not say.
    """
    show: Show = decimal if end is None else percent
    limit = end if end is not None else threshold.critical * 1.25
    counts = [dict.fromkeys(_LEVELS, 0) for _bucket in range(_BUCKETS)]
    for value in values:
        bucket = min(int(value / limit * _BUCKETS), _BUCKETS - 1)
        counts[bucket][threshold.level(value)] += 1
    highest = max(sum(column.values()) for column in counts)
    bars, columns = [], []
    width = WIDTH / _BUCKETS
    for bucket, column in enumerate(counts):
        y = float(BASE)
        for level in _LEVELS:
            if column[level]:
                # A single host among a thousand is still to be seen.
                height = max(2.5, column[level] / highest * (BASE - TOP))
                y -= height
                bars.append(
                    Bar(
                        round(bucket * width + _GAP / 2, 1),
                        round(y, 1),
                        round(width - _GAP, 1),
                        round(height, 1),
                        level,
                    )
                )
        count = sum(column.values())
        columns.append(Column(round((bucket + 0.5) * width, 1), round(y - 4, 1), str(count or "")))
    return Histogram(
        part=part,
        name=name,
        sentence=_sentence(values, threshold, show, middle, missing),
        bars=tuple(bars),
        columns=tuple(columns),
        marks=tuple(
            Mark(round(WIDTH * at / limit, 1), level)
            for at, level in (
                (threshold.warning, Level.WARNING),
                (threshold.critical, Level.CRITICAL),
            )
            if at < limit
        ),
        ticks=(
            Tick(0, "start", _plain(0, show)),
            Tick(WIDTH / 2, "middle", _plain(limit / 2, show)),
            Tick(WIDTH, "end", _plain(limit, show) + ("" if end else " and more")),
        ),
        ranges=tuple(
            Range(_range(bucket, limit, show, end is None), sum(column.values()))
            for bucket, column in enumerate(counts)
        ),
    )


def _sentence(
    values: Sequence[float],
    threshold: Threshold,
    show: Show,
    middle: float | None,
    missing: int,
) -> str:
    if middle is None:
        return "No host says."
    levels = [threshold.level(value) for value in values]
    critical = levels.count(Level.CRITICAL)
    warning = levels.count(Level.WARNING)
    parts = [f"Median {show(middle)}."]
    reached = f"at {_plain(threshold.warning, show)} or more"
    if critical + warning:
        last = f"{f'{critical:,}' if critical else 'none'} of them at {_plain(threshold.critical, show)} or more."
        parts.append(f"{_hosts(critical + warning)} {reached}, {last}")
    else:
        parts.append(f"No host {reached}.")
    if missing:
        parts.append(f"{_hosts(missing)} {'does' if missing == 1 else 'do'} not say.")
    return " ".join(parts)


def _hosts(count: int) -> str:
    return f"{count:,} {'host' if count == 1 else 'hosts'}"


def _plain(value: float, show: Show) -> str:
    """A threshold or a tick: without decimals that say nothing."""
    if show is decimal:
        return f"{value:g}"
    return show(value)


def _range(bucket: int, limit: float, show: Show, is_open: bool) -> str:
    start, stop = limit * bucket / _BUCKETS, limit * (bucket + 1) / _BUCKETS
    if is_open and bucket == _BUCKETS - 1:
        return f"{_plain(start, show)} and more"
    return f"{_plain(start, show)} to {_plain(stop, show)}"
