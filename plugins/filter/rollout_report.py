# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things stand after a rollout has failed on a host, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: rollout_report
short_description: Where things stand after the role rollout has failed on a host
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - A part of the role P(hosted_power.turbostack.rollout#role). It tells what happened to the host, and how the other
    hosts of the play stand.
positional: hostvars, order, batch
options:
  _input:
    description: What the role knows of the host.
    type: dict
    required: true
  hostvars:
    description: The variables of all hosts.
    type: dict
    required: true
  order:
    description: The hosts of the play, as in C(ansible_play_hosts_all).
    type: list
    elements: str
    required: true
  batch:
    description: The hosts of the batch that has begun, as in C(ansible_play_batch), with the current one.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Where things stand
  ansible.builtin.debug:
    msg: "{{ known | hosted_power.turbostack.rollout_report(hostvars, ansible_play_hosts_all, ansible_play_batch) }}"
  vars:
    known:
      outcome: untouched
      why: The host is not healthy.
      stage: before
"""

RETURN = r"""
_value:
  description: Lines of text.
  type: list
  elements: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ..plugin_utils.plain import plain
from ..plugin_utils.rollout.standing import outcome_of, standing, told


def rollout_report(
    known: Mapping[str, Any],
    hostvars: Mapping[str, Any],
    order: Sequence[str],
    batch: Sequence[str],
) -> Any:
    """See C(RETURN)."""
    hosts = [str(name) for name in order]
    begun = {str(name) for name in batch}
    last = max((name for name in begun if name in hosts), key=hosts.index, default=None)
    outcomes = {name: outcome_of(hostvars[name]) for name in hosts}
    # Much of it quotes the platform.
    return wrap_var([*told(plain(known)), *standing(outcomes, hosts, last)])


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rollout_report": rollout_report}
