#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the state of deployments."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_deploy_info
short_description: Read the state of the deployments of TurboStack hosts
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Returns the latest deployment of each selected host, with its status in the words of
    M(hosted_power.turbostack.turbostack_deploy) and the platform's answer beside it.
  - It takes one request for each host, and one more for one that is selected by O(id) with O(include_sync=true).
    That is why something has to be selected; O(name_pattern=*) means all.
  - In a play over the inventory P(hosted_power.turbostack.turbostack#inventory), a task that selects nothing
    means the current host.
extends_documentation_fragment:
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.selection
  - hosted_power.turbostack.selection.active
  - hosted_power.turbostack.sync
seealso:
  - module: hosted_power.turbostack.turbostack_deploy
"""

EXAMPLES = r"""
- name: Look at the current host of a play over the inventory
  hosted_power.turbostack.turbostack_deploy_info:
  register: state

- name: Wait until nobody deploys it any more
  hosted_power.turbostack.turbostack_deploy_info:
  register: state
  until: not state.deployments[0].running
  retries: 60
  delay: 10

- name: Look at all active hosts
  hosted_power.turbostack.turbostack_deploy_info:
    active: true
  register: fleet
  delegate_to: localhost
  run_once: true

- name: Show those whose last deployment failed
  ansible.builtin.debug:
    msg: "{{ fleet.deployments | selectattr('status', '==', 'failed') | map(attribute='name') }}"

- name: Find those whose configuration is stored and not in effect
  hosted_power.turbostack.turbostack_deploy_info:
    active: true
    include_sync: true
  register: fleet
  delegate_to: localhost
  run_once: true

- name: Show them with the reason
  ansible.builtin.debug:
    msg: "{{ item.name }} ({{ item.sync_status }}): {{ item.sync_reason }}"
  loop: "{{ fleet.deployments | rejectattr('error') | rejectattr('sync_status', '==', 'in_effect') }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
deployments:
  description: The latest deployment of each selected host, in the platform's order; a list even for one.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the host.
      type: int
      sample: 7
    name:
      description: Name of the host; null for O(id), where to learn it would take another request.
      type: str
      sample: shop-1.example.com
    status:
      description:
        - One of V(none), V(queued), V(running), V(succeeded), V(failed), V(cancelled) and V(unknown).
        - V(none) is that of a host that was never deployed; V(unknown) that of a word which is not known,
          and of a host that could not be read.
      type: str
      sample: succeeded
    running:
      description:
        - Whether the deployment is under way, that is queued or running.
        - Null where it could not be read, or its status is not known.
      type: bool
      sample: false
    with_warnings:
      description: Whether it succeeded with warnings; null where C(running) is null.
      type: bool
      sample: false
    platform_status:
      description:
        - The platform's own word for the status; an empty text where it has none, null where it could not be read.
      type: str
      sample: success
    reason:
      description:
        - Why, in the platform's words; an empty text where it does not say, null where it could not be read.
      type: str
      sample: ""
    marks:
      description:
        - What tells this deployment from another one of the host, that is its id and its times; empty where nothing
          does, null where it could not be read, or its status is not known.
      type: dict
      sample:
        id: "1042"
        started_at: "2026-05-04T10:15:00Z"
    deployment:
      description:
        - The status as the platform answered it, with secrets masked; null where it could not be read, and where
          the answer was that there is none.
      type: raw
      sample:
        id: 1042
        status: success
        started_at: "2026-05-04T10:15:00Z"
    sync_status:
      description:
        - Whether the stored configuration is in effect on the host, one of V(in_effect), V(stored_not_deployed),
          V(deploying), V(failed) and V(unknown); null where it could not be read.
        - V(in_effect) is only said where it is certain.
      returned: when O(include_sync=true)
      type: str
      sample: in_effect
    sync_reason:
      description: Why, in a sentence.
      returned: when O(include_sync=true)
      type: str
      sample: >-
        The latest deployment began after the last known change, and succeeded (changed 2026-05-04 10:14:58 UTC,
        deployment began 2026-05-04 10:15:00 UTC, ended 2026-05-04 10:16:31 UTC).
    error:
      description:
        - Why this one could not be read; null where it was. C(msg) is for people; C(kind) is always there, and a
          failed request has C(method), C(path), C(status) and C(server_message) as well.
      type: dict
      sample: null
error:
  description:
    - What went wrong, for a rescue block. C(kind) is always there; a failed request has C(method), C(path),
      C(status) and C(server_message) as well.
  returned: failure
  type: dict
  sample:
    kind: status
    method: GET
    path: /api/v1/hosts/7
    status: 403
    server_message: This action is unauthorized.
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.deploy_info import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
