# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the role rollout goes on with a host, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: rollout_step
short_description: How the role rollout goes on with a host
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - A part of the role P(hosted_power.turbostack.rollout#role). Out of the journal that an interrupted rollout has left,
    and of what is there now, it tells what to do next.
positional: _input
options:
  _input:
    description: The text of the journal; empty where there is none.
    type: str
    required: true
  path:
    description: Where the journal is, for messages.
    type: str
    required: true
  live:
    description: Fingerprint of the configuration that the platform holds now.
    type: str
    required: true
  deployment:
    description: The entry of M(hosted_power.turbostack.turbostack_deploy_info) for the host.
    type: dict
    required: true
  backup:
    description: Whether the file with the configuration from before is there.
    type: bool
    required: true
  recover:
    description: What the user wants of an interrupted rollout.
    type: str
    choices: [continue, return, keep]
    default: continue
"""

EXAMPLES = r"""
- name: Look at what an interrupted rollout has left
  ansible.builtin.debug:
    msg: "{{ step.message }}"
  vars:
    journal: /srv/fleet/journal/shop-1.example.com-7.json
    step: >-
      {{ lookup('ansible.builtin.file', journal)
         | hosted_power.turbostack.rollout_step(path=journal, live=plan.fingerprint_before,
                                                deployment=state.deployments[0], backup=true) }}
"""

RETURN = r"""
_value:
  description: What to do.
  type: dict
  contains:
    action:
      description: V(begin), V(continue), V(return) or V(refuse).
      type: str
      sample: continue
    deploy:
      description:
        - V(needed) where the plan changes something, V(start) in any case, V(wait) for the one that is running,
          V(done) or V(failed) where it has ended.
      type: str
      sample: wait
    stale:
      description: Whether the journal is to be put away first.
      type: bool
    message:
      description: What to tell the user; empty where there is nothing to tell.
      type: str
    previous:
      description: Fingerprint of the configuration from before the rollout.
      type: str
    written:
      description: Fingerprints of what the rollout has written.
      type: list
      elements: str
    deploy_type:
      description: The type of its deployment.
      type: str
    removed:
      description: Paths of what it took out of the configuration.
      type: list
      elements: str
    redeploy:
      description: Whether the way back needs a deployment.
      type: bool
    why:
      description: Why the rollout was on its way back.
      type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import TurboStackError
from ..module_utils.answers.deployment_status import Deployment, State
from ..plugin_utils.plain import plain
from ..plugin_utils.rollout.journal import CONTINUE, Seen, next_step, read_journal


def rollout_step(
    text: str,
    path: str,
    live: str,
    deployment: Mapping[str, Any],
    backup: bool,
    recover: str = CONTINUE,
) -> Any:
    """See C(RETURN).

    :raises AnsibleFilterError: for a journal that cannot be understood.
    """
    now = plain(deployment)
    seen = Seen(
        plain(live), bool(backup), Deployment(State(now["status"]), marks=now["marks"] or {})
    )
    try:
        journal = read_journal(plain(text), plain(path)) if text.strip() else None
        step = next_step(journal, seen, plain(recover), plain(path))
    except TurboStackError as error:
        raise AnsibleFilterError(str(error)) from None
    # What the journal quotes came from the API.
    return wrap_var(step.facts())


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rollout_step": rollout_step}
