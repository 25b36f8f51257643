# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host's C(monitoring) says of its load, its disk and its memory, in one form.

The API's reference names C(load), C(disk) and C(memory) and leaves open what is in them. Whatever can be
read without guessing becomes a number; the rest is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...module_utils.answers.scalars import number
from ...module_utils.answers.vocabulary import by_words, opened, spelled
from .monitoring_words import (
    AROUND_MINUTES,
    COUNTS,
    MINUTES,
    MOUNTS,
    NO_DISK,
    NO_DISK_TYPES,
    NOT_SPACE,
    PARTS,
    WITHIN,
    Count,
    Mount,
    Part,
)
from .usage import Usage, read_usage

#: The names of the result, in its order.
NAMES = (
    "load1",
    "load5",
    "load15",
    "cores",
    "load_per_core",
    "disk_percent",
    "disk_total_mb",
    "disk_used_mb",
    "memory_percent",
    "memory_total_mb",
    "memory_used_mb",
)

_LOADS = NAMES[:3]
_DEPTH = 4


def read_monitoring(value: Any) -> dict[str, float | int | None]:
    """The numbers in C(monitoring), each under a name of C(NAMES); None where the platform does not say.

    C(load_per_core) is what the platform says of it, or the load of five minutes (of one, of fifteen
    where there is none) for each core. C(disk_*) is the fullest file system. Percentages go from 0 to 100,
    C(*_mb) are megabytes of 1024 kilobytes. Never raises.
    """
    parts = _parts(value)
    load = _load(parts)
    loads = _loads(load, parts)
    cores = _cores(parts, load)
    disk = _disk(PARTS.first(parts, Part.DISK)) or _flat(parts, Part.DISK) or Usage()
    memory = _memory(PARTS.first(parts, Part.MEMORY)) or _flat(parts, Part.MEMORY) or Usage()
    found = {
        **loads,
        "cores": cores,
        "load_per_core": _per_core(parts, load, loads, cores),
        "disk_percent": disk.percent,
        "disk_total_mb": disk.total_mb,
        "disk_used_mb": disk.used_mb,
        "memory_percent": memory.percent,
        "memory_total_mb": memory.total_mb,
        "memory_used_mb": memory.used_mb,
    }
    return {name: found[name] for name in NAMES}


def _parts(value: Any) -> dict[str, Any]:
    """The keys of the object in one spelling, out of a JSON text or an envelope if need be."""
    for _level in range(_DEPTH):
        if isinstance(value, str):
            value = opened(value)
        if not isinstance(value, Mapping):
            return {}
        if set(value) == {"data"} or set(value) == {"monitoring"}:
            value = next(iter(value.values()))
            continue
        return by_words(value)
    return {}


# Load


def _load(parts: Mapping[str, Any]) -> Any:
    """What stands for the load, which may be a part of what stands for the processor."""
    found = PARTS.first(parts, Part.LOAD)
    processor = PARTS.first(parts, Part.PROCESSOR)
    if found is None and isinstance(processor, Mapping):
        return PARTS.first(by_words(processor), Part.LOAD)
    return found


def _loads(value: Any, parts: Mapping[str, Any], depth: int = _DEPTH) -> dict[str, float | None]:
    """The three averages, from the load itself or from flat keys beside it."""
    if value is None:
        return _named_loads({key: item for key, item in parts.items() if key.startswith("load")})
    if isinstance(value, Mapping):
        inner = by_words(value)
        named = _named_loads(inner)
        if any(load is not None for load in named.values()) or not depth:
            return named
        averages = WITHIN.first(inner, Part.LOAD)
        if averages is not None:
            return _loads(averages, {}, depth - 1)
        return _three([COUNTS.first(inner, Count.ONLY_LOAD)])
    if isinstance(value, str):
        return _three(_words_of_load(value))
    if isinstance(value, (list, tuple)):
        return _three(list(value) if len(value) == len(_LOADS) else [])
    return _three([value])


def _named_loads(parts: Mapping[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = dict.fromkeys(_LOADS)
    for key, item in parts.items():
        name = MINUTES.meaning(AROUND_MINUTES.sub("", key))
        if name is not None and found[name] is None:
            found[name] = number(item)
    return found


def _words_of_load(text: str) -> list[str]:
    """The numbers of C(0.10 0.20 0.30) and of C(load average: 0.10, 0.20, 0.30)."""
    said = text.rpartition(":")[2].strip()
    words = [word for word in re.split(r",\s*|\s+", said) if word]
    # A comma between digits may be a decimal one.
    if "," in said and not all("." in word for word in words[: len(_LOADS)]):
        return []
    return words if len(words) == 1 or len(words) >= len(_LOADS) else []


def _three(values: list[Any]) -> dict[str, float | None]:
    read = [number(value) for value in values[: len(_LOADS)]]
    read += [None] * (len(_LOADS) - len(read))
    return dict(zip(_LOADS, read, strict=True))


def _cores(parts: Mapping[str, Any], load: Any) -> int | None:
    for place in _places_of_cores(parts, load):
        found = number(COUNTS.first(place, Count.CORES))
        if found is not None and found >= 1 and found == int(found):
            return int(found)
    return None


def _places_of_cores(parts: Mapping[str, Any], load: Any) -> Iterator[dict[str, Any]]:
    """Where a number of cores may stand: in the load, in the processor, beside both."""
    if isinstance(load, Mapping):
        yield by_words(load)
    processor = PARTS.first(parts, Part.PROCESSOR)
    if isinstance(processor, Mapping):
        words = by_words(processor)
        yield words
        yield {"cores": COUNTS.first(words, Count.OF_PROCESSORS)}
    yield dict(parts)


def _per_core(
    parts: Mapping[str, Any], load: Any, loads: Mapping[str, float | None], cores: int | None
) -> float | None:
    for place in (by_words(load) if isinstance(load, Mapping) else {}, parts):
        said = number(COUNTS.first(place, Count.PER_CORE))
        if said is not None:
            return said
    average = next(
        (loads[name] for name in ("load5", "load1", "load15") if loads[name] is not None), None
    )
    return None if average is None or cores is None else round(average / cores, 2)


# Disk and memory


def _flat(parts: Mapping[str, Any], part: Part) -> Usage | None:
    """C(disk_used_percent) and the like, without an object for the disk."""
    for name in PARTS[part]:
        flat = {
            key[len(name) + 1 :]: item for key, item in parts.items() if key.startswith(f"{name}_")
        }
        if _says(usage := read_usage(flat)):
            return usage
    return None


def _memory(value: Any) -> Usage | None:
    usage = read_usage(value)
    if _says(usage) or not isinstance(value, Mapping):
        return usage if _says(usage) else None
    inner = read_usage(WITHIN.first(by_words(value), Part.MEMORY))
    return inner if _says(inner) else None


def _disk(value: Any) -> Usage | None:
    """The fullest of all file systems that say how full they are."""
    found = list(_file_systems(value, _DEPTH))
    return max(found, key=_fullness, default=None)


def _file_systems(value: Any, depth: int) -> Iterator[Usage]:
    if not depth:
        return
    usage = read_usage(value)
    if _says(usage):
        yield usage
    elif isinstance(value, (list, tuple)):
        for item in value:
            if isinstance(item, Mapping) and _is_disk(item):
                yield from _file_systems(item, depth - 1)
    elif isinstance(value, Mapping):
        yield from _by_mount(value, depth)


def _by_mount(value: Mapping[Any, Any], depth: int) -> Iterator[Usage]:
    """File systems under their mount points or names, or in a list under a key."""
    words = by_words(value)
    within = WITHIN.first(words, Part.DISK)
    if isinstance(within, (Mapping, list, tuple, str)):
        yield from _file_systems(within, depth - 1)
        return
    for key, item in value.items():
        if NOT_SPACE.search(spelled(str(key))) or NO_DISK.fullmatch(str(key)):
            continue
        if isinstance(item, str) or (isinstance(item, Mapping) and _is_disk(item)):
            usage = read_usage(item)
            if _says(usage):
                yield usage


def _is_disk(item: Mapping[Any, Any]) -> bool:
    words = by_words(item)
    if any(str(kind).casefold() in NO_DISK_TYPES for kind in MOUNTS.values(words, Mount.TYPE)):
        return False
    return not any(NO_DISK.fullmatch(str(place)) for place in MOUNTS.values(words, Mount.PLACE))


def _says(usage: Usage) -> bool:
    return usage != Usage()


def _fullness(usage: Usage) -> float:
    return -1.0 if usage.percent is None else usage.percent
