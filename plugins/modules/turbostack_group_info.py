#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_group_info
short_description: Read TurboStack groups with their configuration
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Returns the groups that the token may see, all of them or those that are selected, with their configuration.
  - The API does not tell which hosts belong to a group.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.selection
  - hosted_power.turbostack.selection.document
seealso:
  - module: hosted_power.turbostack.turbostack_group
"""

EXAMPLES = r"""
- name: Read all groups of a client
  hosted_power.turbostack.turbostack_group_info:
    client_id: 3
  register: groups_of_client

- name: Show who may log in through them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.config.ssh_keys | default([]) | length }} keys"
  loop: "{{ groups_of_client.groups }}"
  loop_control:
    label: "{{ item.name }}"

- name: Read one group
  hosted_power.turbostack.turbostack_group_info:
    name: developers
  register: developers
"""

RETURN = r"""
groups:
  description: The groups that were selected, in the platform's order; a list even for one.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the group.
      type: int
      sample: 4
    name:
      description: Name of the group; an empty text where it has none.
      type: str
      sample: developers
    client_id:
      description: Id of the client that owns the group; null for a partner group, which spans clients.
      type: int
      sample: 3
    created_at:
      description: When the group was created, as the platform writes it.
      type: raw
      sample: "2026-05-04T10:15:00.000000Z"
    updated_at:
      description: When the group was last changed, as the platform writes it.
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
          M(hosted_power.turbostack.turbostack_group) takes. Null where it could not be read.
      returned: when O(include_config=true)
      type: str
      sample: FP
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
    path: /api/v1/groups/7
    status: 403
    server_message: This action is unauthorized.
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.group_info import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
