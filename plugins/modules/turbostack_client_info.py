#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read clients."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_client_info
short_description: Read the clients of TurboStack
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Returns the clients that the token may see, all of them or those that are selected.
extends_documentation_fragment:
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
options:
  id:
    description:
      - The client with this id.
      - Mutually exclusive with O(name) and O(name_pattern).
    type: int
  name:
    description:
      - The client with exactly this name (first and last name with a blank between them) or this email address.
      - A name that several bear is refused, and their ids are listed.
      - Mutually exclusive with O(id) and O(name_pattern).
    type: str
  name_pattern:
    description:
      - Those whose name or email address fits this pattern, in which C(*) stands for any text, C(?) for any
        character and C([ab]) for one of some characters. Upper and lower case are the same.
      - Mutually exclusive with O(id) and O(name).
    type: str
  workers:
    description:
      - How many requests are under way at once, from 1 to 32.
    type: int
    default: 4
seealso:
  - module: hosted_power.turbostack.turbostack_host_info
  - module: hosted_power.turbostack.turbostack_group_info
"""

EXAMPLES = r"""
- name: Read all clients
  hosted_power.turbostack.turbostack_client_info:
  register: all

- name: Show who they are
  ansible.builtin.debug:
    msg: "{{ item.id }}: {{ item.name }} <{{ item.email }}>"
  loop: "{{ all.clients }}"
  loop_control:
    label: "{{ item.name }}"

- name: Read one client
  hosted_power.turbostack.turbostack_client_info:
    name: anna@example.com
  register: anna

- name: Read the hosts of that client
  hosted_power.turbostack.turbostack_host_info:
    client_id: "{{ anna.clients[0].id }}"
  register: hosts_of_anna
"""

RETURN = r"""
clients:
  description: The clients that were selected, in the platform's order; a list even for one.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the client.
      type: int
      sample: 3
    name:
      description: First and last name; an empty text where the platform has neither.
      type: str
      sample: Anna Peeters
    email:
      description: Email address; an empty text where the platform has none.
      type: str
      sample: anna@example.com
    firstname:
      description: First name.
      type: str
      sample: Anna
    lastname:
      description: Last name.
      type: str
      sample: Peeters
    created_at:
      description: When the client was created, as the platform writes it.
      type: raw
      sample: "2026-05-04T10:15:00.000000Z"
    updated_at:
      description: When the client was last changed, as the platform writes it.
      type: raw
      sample: "2026-05-04T10:15:00.000000Z"
error:
  description:
    - What went wrong, for a rescue block. C(kind) is always there; a failed request has C(method), C(path),
      C(status) and C(server_message) as well.
  returned: failure
  type: dict
  sample:
    kind: status
    method: GET
    path: /api/v1/clients/7
    status: 403
    server_message: This action is unauthorized.
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.client_info import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
