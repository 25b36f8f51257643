#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_host_info
short_description: Read TurboStack hosts with their configuration
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Returns the hosts that the token may see, all of them or those that are selected, with their configuration
    and monitoring data.
  - In a play over the inventory P(hosted_power.turbostack.turbostack#inventory), a task that selects nothing
    means the current host. There, O(name_pattern=*) means all.
  - With O(include_sync=true) it takes one request more for each host whose row does not say enough of its latest
    deployment.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.selection
  - hosted_power.turbostack.selection.active
  - hosted_power.turbostack.selection.document
  - hosted_power.turbostack.sync
seealso:
  - module: hosted_power.turbostack.turbostack_host
  - module: hosted_power.turbostack.turbostack_credentials_info
  - module: hosted_power.turbostack.turbostack_deploy_info
  - plugin: hosted_power.turbostack.turbostack
    plugin_type: inventory
"""

EXAMPLES = r"""
- name: Read the current host of a play over the inventory
  hosted_power.turbostack.turbostack_host_info:
  register: current

- name: Change it only if nobody else did meanwhile
  hosted_power.turbostack.turbostack_host:
    expected_fingerprint: "{{ current.hosts[0].fingerprint }}"
    config:
      php_main_version: "8.3"

- name: Read all active shops of a client, without their configuration
  hosted_power.turbostack.turbostack_host_info:
    client_id: 3
    active: true
    name_pattern: shop-*
    include_config: false
  register: shops
  delegate_to: localhost
  run_once: true

- name: Show those whose disk is nearly full
  ansible.builtin.debug:
    msg: "{{ shops.hosts | selectattr('monitoring.disk.used_percent', '>', 90) | map(attribute='name') }}"

- name: Name those whose configuration is stored and not in effect
  hosted_power.turbostack.turbostack_host_info:
    name_pattern: "*"
    include_config: false
    include_sync: true
  register: fleet
  delegate_to: localhost
  run_once: true
"""

RETURN = r"""
hosts:
  description: The hosts that were selected, in the platform's order; a list even for one.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the host.
      type: int
      sample: 7
    name:
      description: Name of the host; an empty text where it has none.
      type: str
      sample: shop-1.example.com
    client_id:
      description: Id of the client that owns the host; null where the platform does not say.
      type: int
      sample: 3
    active:
      description: Whether the host is active; null where the platform does not say.
      type: bool
      sample: true
    monitoring:
      description: Live data on load, disk and memory, as they come.
      type: raw
      sample:
        load: {}
        disk:
          used_percent: 48.2
        memory: {}
    created_at:
      description: When the host was created, as the platform writes it.
      type: raw
      sample: "2026-05-04T10:15:00.000000Z"
    updated_at:
      description: When the host was last changed, as the platform writes it.
      type: raw
      sample: "2026-05-04T10:15:00.000000Z"
    config:
      description:
        - The stored configuration, with secrets masked unless O(include_secrets=true). Jinja in it is the
          platform's, and not evaluated. Null where it could not be read.
      returned: when O(include_config=true)
      type: dict
      sample:
        webserver: nginx
        php_main_version: "8.3"
    fingerprint:
      description:
        - Fingerprint of the configuration, which the option C(expected_fingerprint) of
          M(hosted_power.turbostack.turbostack_host) takes. Null where it could not be read.
      returned: when O(include_config=true)
      type: str
      sample: FP
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
from ..module_utils.operations.host_info import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
