#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring a host's stored configuration to the desired state."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_host
short_description: Bring the configuration of a TurboStack host to the desired state
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Changes the configuration that the platform stores for a host, and only what the task is about.
  - Saving a configuration does not deploy it. Let M(hosted_power.turbostack.turbostack_deploy) follow, without a
    condition. It deploys where what is stored is not in effect, and so also what an earlier run wrote and did not come
    to deploy.
  - In a play over the inventory P(hosted_power.turbostack.turbostack#inventory), a task without O(id) and
    O(name) means the current host.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.diff
  - hosted_power.turbostack.configuration
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.target
options:
  snapshot:
    description:
      - A configuration of the host that was read before, for instance the inventory's C(turbostack_config).
      - When nothing is to be done against it, no request is made, and the result says so in
        RV(snapshot.used). When something is, or when the snapshot cannot tell, the configuration is read and
        the task goes on as without this option. So a change is never made from a snapshot, but a change that
        somebody made since goes unnoticed.
      - A snapshot may lack secrets, as that of the inventory does. It therefore cannot tell when O(config)
        removes secrets, or when O(state=replaced) or a list with V(replace) in O(lists) would remove what
        O(config) does not name; unless O(config) holds a secret and the snapshot has it as well.
    type: dict
  snapshot_time:
    description:
      - When O(snapshot) was read, as a date and time (ISO 8601, UTC if it names no time zone) or as seconds
        since the epoch. RV(snapshot.age) tells how long ago that was.
    type: str
seealso:
  - module: hosted_power.turbostack.turbostack_deploy
  - module: hosted_power.turbostack.turbostack_group
"""

EXAMPLES = r"""
- name: PHP 8.3 for one application, and nothing else touched
  hosted_power.turbostack.turbostack_host:
    name: shop-1.example.com
    config:
      system_users:
        - username: prod
          vhosts:
            - app_name: shop
              php_version: "8.3"

- name: Deploy it, where it is not in effect
  hosted_power.turbostack.turbostack_deploy:
    name: shop-1.example.com

- name: Let the office in, on every host of the play
  hosted_power.turbostack.turbostack_host:
    config:
      firewall_whitelist:
        - "203.0.113.7 # office"

- name: Look for drift on every host of the play, with no more requests than the inventory took
  hosted_power.turbostack.turbostack_host:
    snapshot: "{{ turbostack_config }}"
    config:
      firewall_whitelist:
        - "203.0.113.7 # office"
  check_mode: true

- name: Remove one vhost
  hosted_power.turbostack.turbostack_host:
    id: 7
    state: deleted
    config:
      system_users:
        - username: prod
          vhosts:
            - app_name: old-shop

- name: Put a whole configuration in place, keeping what was there in a file
  hosted_power.turbostack.turbostack_host:
    id: 7
    state: replaced
    config: "{{ lookup('ansible.builtin.file', 'shop-1.yml') | from_yaml }}"
    backup: true
    backup_options:
      dir_path: backups
"""

RETURN = r"""
id:
  description: Id of the host; null when the result rests on a snapshot and the task named the host by its name.
  returned: success
  type: int
  sample: 7
name:
  description: Name of the host; null when the result rests on a snapshot and the task named the host by its id.
  returned: success
  type: str
  sample: shop-1.example.com
changes:
  description: What was changed, or would be changed in check mode, in the order of the document. Secrets are masked.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: Where, with entries of lists by their identity.
      type: str
      sample: system_users[prod].vhosts[shop].php_version
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
      sample: "system_users[prod].vhosts[shop].php_version: 8.2 → 8.3"
deploy_required:
  description: Whether a deployment is needed to bring the change onto the host.
  returned: success
  type: bool
  sample: true
sync_status:
  description:
    - Whether what is stored is in effect on the host, as far as the task knows without asking. That is
      V(stored_not_deployed) after a change, and V(unknown) otherwise.
    - M(hosted_power.turbostack.turbostack_deploy) with C(start=never) asks.
  returned: success
  type: str
  sample: stored_not_deployed
sync_reason:
  description: Why, in a sentence.
  returned: success
  type: str
  sample: This task has changed what is stored, and nothing was deployed since.
fingerprint:
  description:
    - Fingerprint of the configuration after the task, for O(expected_fingerprint).
    - Null when the result rests on a snapshot, unless O(expected_fingerprint) was given.
  returned: success
  type: str
  sample: FP
fingerprint_before:
  description:
    - Fingerprint of the configuration that the task found. A task with it as O(expected_fingerprint) does just what
      this one did, or would have done in check mode, or fails.
    - Null when the result rests on a snapshot, unless O(expected_fingerprint) was given.
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
  sample: /srv/fleet/backups/host-shop-1.example.com-7-20260504T101500.120Z.json
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
      sample: host shop-1.example.com (id 7)
    after_header:
      description: Whose configuration it is.
      type: str
      sample: host shop-1.example.com (id 7)
snapshot:
  description: What became of O(snapshot).
  returned: when O(snapshot) is given
  type: dict
  contains:
    used:
      description: Whether the result rests on the snapshot, so that no request was made.
      type: bool
      sample: true
    age:
      description: Seconds since the snapshot was read; null if O(snapshot_time) is not given.
      type: float
      sample: 312.4
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
    path: /api/v1/hosts/7
    status: 403
    server_message: This action is unauthorized.
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.host import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
