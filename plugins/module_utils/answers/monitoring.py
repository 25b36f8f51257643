# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host's C(monitoring) says of its load, its disk and its memory, in one form.

The API's reference names C(load), C(disk) and C(memory) and leaves open what is in them. Whatever can be
read without guessing becomes a number; the rest is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .usage import Usage, key_words, number, read_usage

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

_LOAD = ("load", "loadavg", "load_avg", "load_average", "loads")
_DISK = ("disk", "disks", "filesystem", "filesystems", "storage", "partitions", "mounts", "volumes")
_MEMORY = ("memory", "mem", "ram")
_CPU = ("cpu", "cpus", "processor")
_CORES = (
    *("cores", "cpu_cores", "num_cores", "core_count", "cpus", "ncpu", "ncpus", "num_cpus"),
    *("cpu_count", "vcpus", "processors"),
)
_PER_CORE = ("load_per_core", "per_core", "load_per_cpu", "per_cpu")
_AVERAGES = ("avg", "average", "averages", "loadavg", "load_avg", "load_average", "load", "values")
_ONLY = ("value", "current")
_COUNT = ("count", "total", "number")
_MINUTES = {
    "load1": ("1", "one", "shortterm"),
    "load5": ("5", "five", "midterm"),
    "load15": ("15", "fifteen", "longterm"),
}
# What may stand around the minutes of a load: load_1, 1m, avg_5_min, last15minutes.
_AROUND = re.compile(r"load|averages?|avg|last|minutes?|mins?|_|(?<=[0-9])m(?![a-z])")
_WITHIN_MEMORY = ("ram", "virtual", "physical", "memory", "mem", "real")
_WITHIN_DISK = (*_DISK, "data", "devices", "space")
_NOT_SPACE = re.compile(r"inode|swap|(^|_)(io|iops|read|write|latency|temp|temperature|smart)(_|$)")

# File systems that are full by nature, or that are no disk.
_NO_DISK_TYPES = frozenset(
    {
        *(
            "squashfs",
            "iso9660",
            "tmpfs",
            "devtmpfs",
            "ramfs",
            "proc",
            "sysfs",
            "cgroup",
            "cgroup2",
        ),
        *("efivarfs", "overlay"),
    }
)
_NO_DISK = re.compile(r"/(?:snap|proc|sys|run|dev/shm|dev/loop[0-9]*)(?:/.*)?|/dev|.*/snap/.*")
_TYPE_KEYS = ("fstype", "fs_type", "type", "filesystem_type")
_PLACE_KEYS = ("mount", "mountpoint", "mount_point", "mounted_on", "path", "device", "filesystem")

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
    disk = _disk(_pick(parts, _DISK)) or _flat(parts, _DISK) or Usage()
    memory = _memory(_pick(parts, _MEMORY)) or _flat(parts, _MEMORY) or Usage()
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
            value = _decoded(value)
        if not isinstance(value, Mapping):
            return {}
        if set(value) == {"data"} or set(value) == {"monitoring"}:
            value = next(iter(value.values()))
            continue
        return _by_words(value)
    return {}


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_words(value: Mapping[Any, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        result.setdefault(key_words(key), item)
    return result


def _pick(parts: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((parts[name] for name in names if parts.get(name) is not None), None)


# Load


def _load(parts: Mapping[str, Any]) -> Any:
    """What stands for the load, which may be a part of what stands for the processor."""
    found = _pick(parts, _LOAD)
    processor = _pick(parts, _CPU)
    if found is None and isinstance(processor, Mapping):
        return _pick(_by_words(processor), _LOAD)
    return found


def _loads(value: Any, parts: Mapping[str, Any], depth: int = _DEPTH) -> dict[str, float | None]:
    """The three averages, from the load itself or from flat keys beside it."""
    if value is None:
        return _named_loads({key: item for key, item in parts.items() if key.startswith("load")})
    if isinstance(value, Mapping):
        inner = _by_words(value)
        named = _named_loads(inner)
        if any(load is not None for load in named.values()) or not depth:
            return named
        averages = _pick(inner, _AVERAGES)
        if averages is not None:
            return _loads(averages, {}, depth - 1)
        return _three([_pick(inner, _ONLY)])
    if isinstance(value, str):
        return _three(_words_of_load(value))
    if isinstance(value, (list, tuple)):
        return _three(list(value) if len(value) == len(_MINUTES) else [])
    return _three([value])


def _named_loads(parts: Mapping[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = dict.fromkeys(_MINUTES)
    for key, item in parts.items():
        minutes = _AROUND.sub("", key)
        for name, spellings in _MINUTES.items():
            if minutes in spellings and found[name] is None:
                found[name] = number(item)
    return found


def _words_of_load(text: str) -> list[str]:
    """The numbers of C(0.10 0.20 0.30) and of C(load average: 0.10, 0.20, 0.30)."""
    said = text.rpartition(":")[2].strip()
    words = [word for word in re.split(r",\s*|\s+", said) if word]
    # A comma between digits may be a decimal one.
    if "," in said and not all("." in word for word in words[: len(_MINUTES)]):
        return []
    return words if len(words) == 1 or len(words) >= len(_MINUTES) else []


def _three(values: list[Any]) -> dict[str, float | None]:
    read = [number(value) for value in values[: len(_MINUTES)]]
    read += [None] * (len(_MINUTES) - len(read))
    return dict(zip(_MINUTES, read, strict=True))


def _cores(parts: Mapping[str, Any], load: Any) -> int | None:
    for place in _places_of_cores(parts, load):
        found = number(_pick(place, _CORES))
        if found is not None and found >= 1 and found == int(found):
            return int(found)
    return None


def _places_of_cores(parts: Mapping[str, Any], load: Any) -> Iterator[dict[str, Any]]:
    """Where a number of cores may stand: in the load, in the processor, beside both."""
    if isinstance(load, Mapping):
        yield _by_words(load)
    processor = _pick(parts, _CPU)
    if isinstance(processor, Mapping):
        words = _by_words(processor)
        yield words
        yield {"cores": _pick(words, _COUNT)}
    yield dict(parts)


def _per_core(
    parts: Mapping[str, Any], load: Any, loads: Mapping[str, float | None], cores: int | None
) -> float | None:
    for place in (_by_words(load) if isinstance(load, Mapping) else {}, parts):
        said = number(_pick(place, _PER_CORE))
        if said is not None:
            return said
    average = next(
        (loads[name] for name in ("load5", "load1", "load15") if loads[name] is not None), None
    )
    return None if average is None or cores is None else round(average / cores, 2)


# Disk and memory


def _flat(parts: Mapping[str, Any], names: tuple[str, ...]) -> Usage | None:
    """C(disk_used_percent) and the like, without an object for the disk."""
    for name in names:
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
    inner = read_usage(_pick(_by_words(value), _WITHIN_MEMORY))
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
    words = _by_words(value)
    within = _pick(words, _WITHIN_DISK)
    if isinstance(within, (Mapping, list, tuple, str)):
        yield from _file_systems(within, depth - 1)
        return
    for key, item in value.items():
        if _NOT_SPACE.search(key_words(key)) or _NO_DISK.fullmatch(str(key)):
            continue
        if isinstance(item, str) or (isinstance(item, Mapping) and _is_disk(item)):
            usage = read_usage(item)
            if _says(usage):
                yield usage


def _is_disk(item: Mapping[Any, Any]) -> bool:
    words = _by_words(item)
    if any(str(words.get(key)).casefold() in _NO_DISK_TYPES for key in _TYPE_KEYS):
        return False
    return not any(_NO_DISK.fullmatch(str(words.get(key))) for key in _PLACE_KEYS)


def _says(usage: Usage) -> bool:
    return usage != Usage()


def _fullness(usage: Usage) -> float:
    return -1.0 if usage.percent is None else usage.percent
