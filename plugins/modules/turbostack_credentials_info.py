#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the credentials of hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_credentials_info
short_description: Read the credentials of TurboStack hosts
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Returns the system users, database users, FTP users and addresses of each selected host.
  - Passwords are masked unless O(include_secrets=true). For a single password where it is needed, use
    P(hosted_power.turbostack.credentials#lookup).
  - How the platform writes credentials down is not documented. They are looked for wherever they may stand, and
    RV(credentials[].raw) is what came.
  - It takes one request for each host. That is why something has to be selected; O(name_pattern=*) means all.
  - In a play over the inventory P(hosted_power.turbostack.turbostack#inventory), a task that selects nothing
    means the current host.
extends_documentation_fragment:
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.selection
  - hosted_power.turbostack.selection.active
options:
  include_secrets:
    description:
      - Whether to return the passwords instead of masking them.
      - The result is then for variables only. It is not shown in any output, as with C(no_log). What a later
        task makes of the variable is shown, so set C(no_log) there. From ansible-core 2.22 on it is masked as well.
      - It cannot be used with C(async), which would leave the result in a file.
    type: bool
    default: false
seealso:
  - plugin: hosted_power.turbostack.credentials
    plugin_type: lookup
  - module: hosted_power.turbostack.turbostack_host_info
"""

EXAMPLES = r"""
- name: See who there is on the current host of a play over the inventory
  hosted_power.turbostack.turbostack_credentials_info:
  register: accounts

- name: Show the users
  ansible.builtin.debug:
    msg: "{{ accounts.credentials[0].users | map(attribute='user') }}"

- name: Read the passwords as well
  hosted_power.turbostack.turbostack_credentials_info:
    include_secrets: true
  register: accounts

- name: Use one
  ansible.builtin.template:
    src: env.j2
    dest: /var/www/prod/.env
    mode: "0600"
  no_log: true
  vars:
    database: "{{ accounts.credentials[0].databases | selectattr('user', '==', 'prod') | first }}"
"""

RETURN = r"""
credentials:
  description: The credentials of each selected host, in the platform's order; a list even for one.
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
    users:
      description: System users, who log in with SSH.
      type: list
      elements: dict
      contains:
        user:
          description: Name of the user; null where it is not said.
          type: str
          sample: prod
        password:
          description: The password, masked unless O(include_secrets=true); null where there is none.
          type: str
          sample: "********"
        database:
          description: Name of the database; null where it is not said.
          type: str
          sample: null
        home:
          description: Home directory; null where it is not said.
          type: str
          sample: /var/www/prod
        host:
          description: Name or address of the server to log in to; null where it is not said.
          type: str
          sample: null
        port:
          description: Port of that server; null where it is not said.
          type: int
          sample: null
    databases:
      description: Database users, and databases of which no user is known.
      type: list
      elements: dict
      contains:
        user:
          description: Name of the user; null where it is not said.
          type: str
          sample: prod
        password:
          description: The password, masked unless O(include_secrets=true); null where there is none.
          type: str
          sample: "********"
        database:
          description: Name of the database; null where it is not said.
          type: str
          sample: prod
        home:
          description: Home directory; null where it is not said.
          type: str
          sample: null
        host:
          description: Name or address of the server to log in to; null where it is not said.
          type: str
          sample: null
        port:
          description: Port of that server; null where it is not said.
          type: int
          sample: null
    ftp:
      description: FTP users.
      type: list
      elements: dict
      contains:
        user:
          description: Name of the user; null where it is not said.
          type: str
          sample: prod
        password:
          description: The password, masked unless O(include_secrets=true); null where there is none.
          type: str
          sample: "********"
        database:
          description: Name of the database; null where it is not said.
          type: str
          sample: null
        home:
          description: Home directory; null where it is not said.
          type: str
          sample: /var/www/prod/upload
        host:
          description: Name or address of the server to log in to; null where it is not said.
          type: str
          sample: null
        port:
          description: Port of that server; null where it is not said.
          type: int
          sample: null
    others:
      description: Accounts of other services, and those of which the platform does not tell the kind.
      type: list
      elements: dict
      contains:
        user:
          description: Name of the user; null where it is not said.
          type: str
          sample: prod
        password:
          description: The password, masked unless O(include_secrets=true); null where there is none.
          type: str
          sample: "********"
        database:
          description: Name of the database; null where it is not said.
          type: str
          sample: null
        home:
          description: Home directory; null where it is not said.
          type: str
          sample: null
        host:
          description: Name or address of the server to log in to; null where it is not said.
          type: str
          sample: null
        port:
          description: Port of that server; null where it is not said.
          type: int
          sample: null
    addresses:
      description: IP addresses of the host.
      type: list
      elements: str
      sample:
        - 203.0.113.7
        - 2001:db8::7
    raw:
      description:
        - What the platform answered. Unless O(include_secrets=true), everything in it that is not known to be
          harmless is masked. Null where it could not be read.
      type: raw
      sample:
        system_users:
          - username: prod
            password: "********"
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
from ..module_utils.operations.credentials_info import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
