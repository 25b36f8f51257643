# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's monitoring as a filter: load, disk and memory in one form."""

from __future__ import annotations

DOCUMENTATION = r"""
name: monitoring
short_description: Load, disk and memory of a TurboStack host as plain numbers
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - What the platform writes into a host's C(monitoring) is not documented. This filter reads what can be read
    without guessing and returns it in one form, with null for everything that the platform does not say.
  - A disk of V(42), without a sign of percent, a unit or a total, could be anything and is null. So is a
    percentage of V(0.42), which may be a fraction.
  - No shape is an error. Before null is taken for good, test it.
positional: _input
options:
  _input:
    description:
      - C(monitoring) of M(hosted_power.turbostack.turbostack_host_info), or C(turbostack_monitoring) of the
        inventory.
    type: raw
    required: true
seealso:
  - module: hosted_power.turbostack.turbostack_host_info
  - plugin: hosted_power.turbostack.turbostack
    plugin_type: inventory
"""

EXAMPLES = r"""
- name: Read the current host of a play over the inventory
  hosted_power.turbostack.turbostack_host_info:
    include_config: false
  register: current

- name: Go on only if its disk has room
  ansible.builtin.assert:
    that:
      - live.disk_percent is not none
      - live.disk_percent < 90
  vars:
    live: "{{ current.hosts[0].monitoring | hosted_power.turbostack.monitoring }}"
"""

RETURN = r"""
_value:
  description: Numbers, each null where the platform does not say.
  type: dict
  contains:
    load1:
      description: Load average of one minute.
      type: float
      sample: 0.42
    load5:
      description: Load average of five minutes.
      type: float
      sample: 0.5
    load15:
      description: Load average of fifteen minutes.
      type: float
      sample: 0.61
    cores:
      description: Number of processor cores.
      type: int
      sample: 4
    load_per_core:
      description:
        - Load for each core, as the platform says it, or calculated from C(load5) (else C(load1), else C(load15))
          and C(cores).
      type: float
      sample: 0.13
    disk_percent:
      description: How full the fullest file system is, from 0 to 100.
      type: float
      sample: 48.2
    disk_total_mb:
      description: Size of that file system in megabytes of 1024 kilobytes.
      type: float
      sample: 81920.0
    disk_used_mb:
      description: What is in use of it, in the same megabytes.
      type: float
      sample: 39485.0
    memory_percent:
      description: How much of the memory is in use, from 0 to 100.
      type: float
      sample: 63.1
    memory_total_mb:
      description: Size of the memory in megabytes.
      type: float
      sample: 8192.0
    memory_used_mb:
      description: What is in use of it.
      type: float
      sample: 5169.0
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Undefined

from ..plugin_utils.monitoring.monitoring import read_monitoring
from ..plugin_utils.plain import plain


def monitoring(value: Any) -> dict[str, float | int | None]:
    """The numbers in C(monitoring); see C(RETURN).

    :raises UndefinedError: where there is no such variable, which is another thing than a host that says nothing.
    """
    if isinstance(value, Undefined):
        str(value)
    return read_monitoring(plain(value))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"monitoring": monitoring}
