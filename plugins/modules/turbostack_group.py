#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring a group's stored configuration to the desired state."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_group
short_description: Bring the configuration of a TurboStack group to the desired state
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Changes the configuration that the platform stores for a group of hosts, and only what the task is about.
  - A group's configuration reaches its hosts when they are deployed. The API does not tell which hosts
    belong to a group.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.diff
  - hosted_power.turbostack.configuration
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.target
options:
  members:
    description:
      - Names or ids of the hosts that are in the group. That is your word, as the API does not tell it, so keep it
        beside the group's configuration in your repository.
      - The hosts are only read. RV(members) has them, for the deployments that a change needs, and names what they hold
        otherwise than the group.
    type: list
    elements: str
    default: []
seealso:
  - module: hosted_power.turbostack.turbostack_deploy
  - module: hosted_power.turbostack.turbostack_host
"""

EXAMPLES = r"""
- name: A new colleague's key, for every host of the group
  hosted_power.turbostack.turbostack_group:
    name: developers
    config:
      ssh_keys:
        - "{{ lookup('ansible.builtin.file', 'keys/anna.pub') }}"

- name: Someone has left
  hosted_power.turbostack.turbostack_group:
    id: 3
    state: deleted
    config:
      ssh_keys:
        - "{{ lookup('ansible.builtin.file', 'keys/bert.pub') }}"

- name: A setting of the group, brought into effect on its hosts
  vars:
    hosts_of_shops: [shop-1.example.com, shop-2.example.com]
  block:
    - hosted_power.turbostack.turbostack_group:
        name: shops
        config:
          timezone: Europe/Brussels
        members: "{{ hosts_of_shops }}"
      register: shops

    - name: Deploy its hosts
      hosted_power.turbostack.turbostack_deploy:
        id: "{{ item.id }}"
        start: always
      loop: "{{ shops.members if shops.deploy_required else [] }}"
      loop_control:
        label: "{{ item.name }}"
"""

RETURN = r"""
id:
  description: Id of the group.
  returned: success
  type: int
  sample: 7
name:
  description: Name of the group.
  returned: success
  type: str
  sample: developers
changes:
  description: What was changed, or would be changed in check mode, in the order of the document. Secrets are masked.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: Where, with entries of lists by their identity.
      type: str
      sample: php_main_version
    op:
      description: One of C(add), C(change), C(remove) and C(order).
      type: str
      sample: change
    before:
      description: The value before; null where there was none.
      type: raw
      sample: "8.2"
    after:
      description: The value after; null where there is none.
      type: raw
      sample: "8.3"
    summary:
      description: The change in one line.
      type: str
      sample: "php_main_version: 8.2 → 8.3"
deploy_required:
  description:
    - Whether the group's hosts need a deployment to receive the change.
    - M(hosted_power.turbostack.turbostack_deploy) cannot see that in a host, so it needs C(start=always) then.
  returned: success
  type: bool
  sample: true
members:
  description: The hosts of O(members), in that order.
  returned: when O(members) are given
  type: list
  elements: dict
  contains:
    id:
      description: The host's id.
      type: int
      sample: 121
    name:
      description: Its name.
      type: str
      sample: shop-1.example.com
    differs:
      description:
        - The places at which both the group and the host's own configuration say something, and not the same. What is
          only in one of them is none, and neither is what the host's lists hold beside the group's.
        - Which of the two counts on the server is the platform's to say. Secrets are masked.
      type: list
      elements: dict
      contains:
        path:
          description: The place.
          type: str
          sample: timezone
        group:
          description: What the group says, after the task.
          type: raw
          sample: Europe/Brussels
        host:
          description: What the host says.
          type: raw
          sample: Europe/Paris
fingerprint:
  description: Fingerprint of the configuration after the task, for O(expected_fingerprint).
  returned: success
  type: str
  sample: FP
fingerprint_before:
  description:
    - Fingerprint of the configuration that the task found. A task with it as O(expected_fingerprint) does just what
      this one did, or would have done in check mode, or fails.
  returned: success
  type: str
  sample: FP
findings:
  description: What is doubtful about O(config). Empty with O(validate=off).
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: The place.
      type: str
    code:
      description: The kind of doubt.
      type: str
    message:
      description: What is found.
      type: str
    hint:
      description: What was probably meant, or what is expected.
      type: str
    source:
      description:
        - The file and line that says it, where that is known. Ansible-core 2.19 and later know it of what stands in a
          playbook or in variables, and tasks that run on the controller are told.
      type: str
  sample:
    - path: php_verison
      code: unknown-key
      message: php_verison is no key that is known.
      hint: Did you mean php_version?
      source:
server_normalized:
  description: Paths of values that the platform stored in a form of its own, for instance without surrounding blanks.
  returned: success
  type: list
  elements: str
  sample: []
backup_file:
  description: Path of the backup.
  returned: when O(backup=true) and something was to be changed
  type: str
  sample: /srv/fleet/backup/group-developers-3-20260504T101500.120Z.json
diff:
  description: The configuration before and after as YAML, with secrets masked.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: The configuration before.
      type: str
      sample: "php_main_version: '8.2'\n"
    after:
      description: The configuration after.
      type: str
      sample: "php_main_version: '8.3'\n"
    before_header:
      description: Whose configuration it is.
      type: str
      sample: group developers (id 3)
    after_header:
      description: Whose configuration it is.
      type: str
      sample: group developers (id 3)
mismatches:
  description: Paths at which the platform holds something else than was sent.
  returned: when the configuration that was read back is not what was sent
  type: list
  elements: str
  sample: []
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
from ..module_utils.operations.group import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
