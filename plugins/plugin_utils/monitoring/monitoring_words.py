# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words by which monitoring systems speak of load, disk, memory and how full something is."""

from __future__ import annotations

import enum
import re

from ...module_utils.answers.vocabulary import Vocabulary


class Part(enum.Enum):
    """What a part of the monitoring is about."""

    LOAD = "load"
    DISK = "disk"
    MEMORY = "memory"
    PROCESSOR = "processor"


PARTS = Vocabulary(
    {
        Part.LOAD: "load loadavg load_avg load_average loads",
        Part.DISK: "disk disks filesystem filesystems storage partitions mounts volumes",
        Part.MEMORY: "memory mem ram",
        Part.PROCESSOR: "cpu cpus processor",
    }
)

# Where the numbers stand further in, once a part is found.
WITHIN = Vocabulary(
    {
        Part.LOAD: "avg average averages loadavg load_avg load_average load values",
        Part.DISK: """
            disk disks filesystem filesystems storage partitions mounts volumes
            data devices space
        """,
        Part.MEMORY: "ram virtual physical memory mem real",
    }
)


class Count(enum.Enum):
    """A number by itself."""

    CORES = "cores"
    PER_CORE = "per_core"
    OF_PROCESSORS = "of_processors"
    ONLY_LOAD = "only_load"


COUNTS = Vocabulary(
    {
        Count.CORES: """
            cores cpu_cores num_cores core_count cpus ncpu ncpus num_cpus
            cpu_count vcpus processors
        """,
        Count.PER_CORE: "load_per_core per_core load_per_cpu per_cpu",
        # Within what stands for the processor.
        Count.OF_PROCESSORS: "count total number",
        # Within what stands for the load.
        Count.ONLY_LOAD: "value current",
    }
)

MINUTES = Vocabulary(
    {
        "load1": "1 one shortterm",
        "load5": "5 five midterm",
        "load15": "15 fifteen longterm",
    }
)
# What may stand around the minutes of a load: load_1, 1m, avg_5_min, last15minutes.
AROUND_MINUTES = re.compile(r"load|averages?|avg|last|minutes?|mins?|_|(?<=[0-9])m(?![a-z])")


class Mount(enum.Enum):
    """What a file system says of itself beside its numbers."""

    TYPE = "type"
    PLACE = "place"


MOUNTS = Vocabulary(
    {
        Mount.TYPE: "fstype fs_type type filesystem_type",
        Mount.PLACE: "mount mountpoint mount_point mounted_on path device filesystem",
    }
)
# File systems that are full by nature, or that are no disk.
NO_DISK_TYPES = frozenset(
    "squashfs iso9660 tmpfs devtmpfs ramfs proc sysfs cgroup cgroup2 efivarfs overlay".split()
)
NO_DISK = re.compile(r"/(?:snap|proc|sys|run|dev/shm|dev/loop[0-9]*)(?:/.*)?|/dev|.*/snap/.*")
NOT_SPACE = re.compile(r"inode|swap|(^|_)(io|iops|read|write|latency|temp|temperature|smart)(_|$)")


class Amount(enum.Enum):
    """What a number says of how full something is."""

    USED_PERCENT = "used_percent"
    FREE_PERCENT = "free_percent"
    # A percentage or an amount.
    USAGE = "usage"
    TOTAL = "total"
    USED = "used"
    LEFT = "left"


AMOUNTS = Vocabulary(
    {
        Amount.USED_PERCENT: """
            used_percent percent_used used_percentage percentage_used used_pct pct_used
            usage_percent usage_percentage percent_usage usage_pct use_percent
            percent percentage pct pcent utilization utilisation
        """,
        Amount.FREE_PERCENT: """
            free_percent percent_free free_percentage free_pct pct_free
            available_percent percent_available available_pct avail_percent avail_pct
        """,
        Amount.USAGE: "usage",
        Amount.TOTAL: "total size capacity",
        Amount.USED: "used",
        # Memory in caches is available, but not free: what is available says more.
        Amount.LEFT: "available avail free",
    }
)
# At the end of a key: C(total_mb).
UNIT_OF_KEY = re.compile(r"_([kmgt]i?_?b|b|bytes?|[kmgt])$")
UNIT = re.compile(r"b|bytes?|[kmgt](i?b|ibibytes?|ilobytes?|egabytes?|igabytes?|erabytes?)?")
# Megabytes in a unit, by its first letter. Tools that say "GB" of a disk or a memory mean 1024 MB.
MEGABYTES = {"b": 1 / 1024**2, "k": 1 / 1024, "m": 1.0, "g": 1024.0, "t": 1024.0**2}
