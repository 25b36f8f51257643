#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring configurations back from a backup."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_config_restore
short_description: Bring TurboStack configurations back from a backup
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Stores configurations that M(hosted_power.turbostack.turbostack_config_backup) wrote to files, so that the platform
    holds what the files say. That is what M(hosted_power.turbostack.turbostack_host) does with C(state=replaced).
  - Everything is read, checked and planned first. Nothing is sent as long as one of what was asked for cannot be
    restored.
  - A host or group is the same only if both its id and its name are those of the file.
  - Where the file holds a mask in place of a secret, the secret that the platform holds at that place stays. If there
    is none, the task fails. A mask is never stored.
  - What somebody changes after it was planned is not overwritten; the task fails there.
  - Storing a configuration does not deploy it. Use M(hosted_power.turbostack.turbostack_deploy) for those whose
    RV(restored[].deploy_required) says so.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.diff
  - hosted_power.turbostack.connection
attributes:
  action:
    description:
      - The task runs in the controller's own process, where its files are and the vault secrets that Ansible was
        started with. It is refused when it is delegated to another machine.
  async:
    support: none
    description: The task cannot run in the background.
options:
  path:
    description:
      - The folder of the backup. A relative path counts from the playbook's folder.
    type: path
    required: true
  revision:
    description:
      - A revision of the git work tree in which the folder lies, such as C(HEAD~1), a tag or the id of a commit. The
        files are read as of then, and the work tree is not touched.
      - The files on the disk if it is not set.
    type: str
  hosts:
    description:
      - The hosts to restore, by their names or ids.
    type: list
    elements: str
    default: []
  groups:
    description:
      - The groups to restore, by their names or ids.
    type: list
    elements: str
    default: []
  clients:
    description:
      - Ids of clients, all of whose hosts and groups are to be restored.
    type: list
    elements: int
    default: []
  everything:
    description:
      - Whether to restore all that is in the backup. It goes without the three options before.
    type: bool
    default: false
  vanished:
    description:
      - What happens with what is in the backup, is asked for, and is not on the platform any more. The task fails with
        V(fail), and leaves it out with V(skip).
    type: str
    choices:
      - fail
      - skip
    default: fail
  allow_empty:
    description:
      - Whether an empty configuration may be put over one that is not empty.
    type: bool
    default: false
  secret_paths:
    description:
      - Further places of the configuration whose values must not be shown, as paths in which C(*) stands
        for any entry. Passwords, tokens and private keys are recognised without it.
      - Give the same as for the backup.
    type: list
    elements: str
    default: []
  workers:
    description:
      - How many requests are under way at once, from 1 to 32.
    type: int
    default: 4
  backup:
    description:
      - Whether to write each configuration that is about to change to a file before.
      - The file holds the configuration's secrets and is readable by its owner only. Its content is valid as
        C(config) of M(hosted_power.turbostack.turbostack_host) with C(state=replaced).
    type: bool
    default: true
  backup_options:
    description:
      - Where these files go.
    type: dict
    default: {}
    suboptions:
      dir_path:
        description:
          - Folder for the files. It is made if it does not exist. A relative path counts from the playbook's folder.
          - V(backup) if it is not set.
        type: path
seealso:
  - module: hosted_power.turbostack.turbostack_config_backup
  - module: hosted_power.turbostack.turbostack_deploy
"""

EXAMPLES = r"""
- name: Look at what would come back
  hosted_power.turbostack.turbostack_config_restore:
    path: /srv/fleet-backup
    hosts: [shop-1.example.com]
  check_mode: true
  diff: true

- name: One host as it was before the last backup
  hosted_power.turbostack.turbostack_config_restore:
    path: /srv/fleet-backup
    revision: HEAD~1
    hosts: [shop-1.example.com]
  register: restoring

- name: Deploy what changed
  hosted_power.turbostack.turbostack_deploy:
    id: "{{ item.id }}"
  loop: "{{ restoring.restored | selectattr('deploy_required') }}"
  loop_control:
    label: "{{ item.name }}"
  when: item.kind == 'host'
"""

RETURN = r"""
path:
  description: The folder of the backup.
  returned: success
  type: str
  sample: /srv/fleet-backup
restored:
  description: All that was asked for and is as in the backup now, or would be in check mode; changed or not.
  returned: success
  type: list
  elements: dict
  contains:
    file:
      description: Its file, as a path in the folder.
      type: str
      sample: clients/3/hosts/shop-1.example.com.yml
    kind:
      description: C(host) or C(group).
      type: str
      sample: host
    id:
      description: Its id.
      type: int
      sample: 7
    name:
      description: Its name.
      type: str
      sample: shop-1.example.com
    client_id:
      description: The client that owned it when the backup was made; null for none.
      type: int
      sample: 3
    error:
      description: Why it could not be restored; null where it was. C(msg) is for people, C(kind) is always there.
      type: dict
    changed:
      description: Whether it was changed.
      type: bool
      sample: true
    changes:
      description: The changes, as M(hosted_power.turbostack.turbostack_host) returns them. Secrets are masked.
      type: list
      elements: dict
    deploy_required:
      description: Whether a deployment is needed to bring the change onto the host; of a group, onto its hosts.
      type: bool
      sample: true
    kept_secrets:
      description: The places at which the file has a mask, and the platform's secret stayed.
      type: list
      elements: str
      sample: ["system_users[prod].vhosts[shop].cert_pvk"]
    backup_file:
      description: Path of the copy of what was stored before; null where nothing changed, or in check mode.
      type: str
      sample: /srv/fleet/backup/host-shop-1.example.com-7-20260504T101500.120Z.json
left_out:
  description: The files that were left out because of O(vanished=skip).
  returned: success
  type: list
  elements: str
  sample: []
errors:
  description: What could not be restored, and why.
  returned: success
  type: list
  elements: dict
  contains:
    file:
      description: Its file, as a path in the folder.
      type: str
      sample: clients/3/hosts/shop-1.example.com.yml
    kind:
      description: C(host) or C(group).
      type: str
      sample: host
    id:
      description: Its id.
      type: int
      sample: 7
    name:
      description: Its name.
      type: str
      sample: shop-1.example.com
    client_id:
      description: The client that owned it when the backup was made; null for none.
      type: int
      sample: 3
    error:
      description: Why it could not be restored; null where it was. C(msg) is for people, C(kind) is always there.
      type: dict
diff:
  description: The configurations before and after as YAML, with secrets masked.
  returned: in diff mode
  type: list
  elements: dict
error:
  description:
    - What went wrong, for a rescue block. C(kind) is always there; a failed request has C(method), C(path),
      C(status) and C(server_message) as well.
  returned: failure
  type: dict
  sample:
    kind: status
    method: GET
    path: /api/v1/hosts
    status: 403
    server_message: This action is unauthorized.
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.config_restore import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
