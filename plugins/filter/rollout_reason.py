# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a task failed, in one line, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: rollout_reason
short_description: Why a task of the role rollout failed
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - A part of the role P(hosted_power.turbostack.rollout#role). It reads the result of a failed task, also of one that
    failed for what its result holds (a host's monitoring, the status of a deployment, the answers of several pages).
positional: limits, unknown, content
options:
  _input:
    description: The result, as in C(ansible_failed_result).
    type: dict
    required: true
  limits:
    description: As in P(hosted_power.turbostack.rollout_health#filter).
    type: dict
    default: {}
  unknown:
    description: As in P(hosted_power.turbostack.rollout_health#filter).
    type: str
    default: accept
  content:
    description: The text that every page was expected to hold.
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Try something
  block:
    - name: Deploy
      hosted_power.turbostack.turbostack_deploy:
  rescue:
    - name: Say why it failed
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result | hosted_power.turbostack.rollout_reason }}"
"""

RETURN = r"""
_value:
  description: The reason, with secrets masked.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ..plugin_utils.plain import plain
from ..plugin_utils.rollout.health import ACCEPT
from ..plugin_utils.rollout.reasons import reason


def rollout_reason(
    failed: Mapping[str, Any],
    limits: Mapping[str, Any] | None = None,
    unknown: str = ACCEPT,
    content: str = "",
) -> Any:
    """See C(RETURN)."""
    return wrap_var(reason(plain(failed), plain(limits or {}), plain(unknown), plain(content)))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rollout_reason": rollout_reason}
