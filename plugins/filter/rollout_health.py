# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's figures against limits, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: rollout_health
short_description: Whether a TurboStack host is within limits
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - Holds the figures of P(hosted_power.turbostack.monitoring#filter) against limits. The role
    P(hosted_power.turbostack.rollout#role) uses it as a gate.
positional: limits
options:
  _input:
    description: The figures, each a number or null.
    type: dict
    required: true
  limits:
    description: The most that is healthy, by the name of the figure. Figures without a limit are not looked at.
    type: dict
    required: true
  unknown:
    description: Whether a figure that the platform does not say is healthy.
    type: str
    choices: [accept, fail]
    default: accept
seealso:
  - plugin: hosted_power.turbostack.monitoring
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Stop before a host that is not well
  ansible.builtin.assert:
    that: health.healthy
    fail_msg: "{{ health.problems | join('; ') }}"
  vars:
    health: >-
      {{ turbostack_monitoring | hosted_power.turbostack.monitoring
         | hosted_power.turbostack.rollout_health({'disk_percent': 90, 'load_per_core': 2}) }}
"""

RETURN = r"""
_value:
  description: The judgement.
  type: dict
  contains:
    healthy:
      description: Whether there are no problems.
      type: bool
      sample: false
    problems:
      description: What is beyond its limit, a text for each.
      type: list
      elements: str
      sample: ["disk in use, in percent: 97.2, the limit is 90"]
    unknown:
      description: What the platform does not say of the figures that have a limit.
      type: list
      elements: str
      sample: []
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils.plain import plain
from ..plugin_utils.rollout.health import ACCEPT, FAIL, judged


def rollout_health(
    figures: Mapping[str, Any], limits: Mapping[str, Any], unknown: str = ACCEPT
) -> dict[str, Any]:
    """See C(RETURN).

    :raises AnsibleFilterError: for an C(unknown) that there is not.
    """
    if unknown not in (ACCEPT, FAIL):
        raise AnsibleFilterError(f"rollout_health: unknown is {ACCEPT} or {FAIL}, not {unknown!r}.")
    return judged(plain(figures), plain(limits), plain(unknown))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rollout_health": rollout_health}
