#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the configuration of every host and group to files."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_config_backup
short_description: Write the configuration of every TurboStack host and group to files
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Reads the configurations of all hosts and groups that the token may see, and keeps one readable YAML file for each
    in a folder. A second run in which nothing changed writes nothing.
  - The files are C(clients/ID/hosts/NAME.yml) and C(clients/ID/groups/NAME.yml), and below C(no-client) for what
    belongs to no client. A name that is no good file name, or that several bear, is followed by C(~) and the id.
  - In a git work tree what changed is committed, and pushed where that is asked for.
  - M(hosted_power.turbostack.turbostack_config_restore) brings configurations back.
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
      - The folder. It is made if it does not exist. A relative path counts from the playbook's folder.
      - Other files in it are left alone.
    type: path
    required: true
  secrets:
    description:
      - What becomes of passwords, tokens and private keys.
      - With V(masked), C(********) stands in their place. Such a backup cannot bring secrets back.
      - With V(encrypted), each of them is encrypted with ansible-vault where it stands. What did not change keeps its
        text. A configuration with a secret that is no text (a number, a key) is encrypted as a whole.
      - With V(auto), they are encrypted if Ansible was started with a vault password and masked if not. Files that
        hold encrypted secrets are not overwritten with masks.
    type: str
    choices:
      - auto
      - masked
      - encrypted
    default: auto
  vault_id:
    description:
      - The vault id to encrypt with, one of those that Ansible was started with.
      - It is needed where there are several, unless Ansible's setting C(vault_encrypt_identity) names one.
    type: str
  vanished:
    description:
      - What becomes of the files of hosts and groups that the platform does not show any more.
      - They are reported and kept with V(keep), and removed with V(remove).
      - Nothing is removed where a configuration could not be read, or where the platform shows nothing at all.
      - A token that may see less than the one before makes hosts vanish as well.
      - When a host is renamed or gets another client, its file is moved in any case.
    type: str
    choices:
      - keep
      - remove
    default: keep
  commit:
    description:
      - Whether to commit what changed, if the folder lies in a git work tree. Only files of the backup are committed;
        what else is changed or staged stays as it is.
    type: bool
    default: true
  commit_author:
    description:
      - Who writes and commits, as in C(Fleet Backup <fleet@example.com>).
      - What git is set up with if it is not set.
    type: str
  push:
    description:
      - Whether to push the branch that is checked out, with all its commits that the remote does not have.
      - Where somebody else pushed meanwhile, the commits are put on top of that and pushed again, once. They stay as
        they are where that does not go without a decision.
      - In check mode, nothing is pushed.
    type: bool
    default: false
  push_remote:
    description:
      - A remote of the repository, or an address. The one that the branch follows, or C(origin), if it is not set.
    type: str
  push_username:
    description:
      - Who pushes, where O(push_password) is set. Services that know a token by itself take any name.
    type: str
    default: git
  push_password:
    description:
      - The password, or the token, for a remote whose address begins with C(https://). It is handed to git alone, and
        is on no command line and in no file.
      - Without it, git does what it is set up to do for the user who runs Ansible, with an SSH key or a helper.
    type: str
  secret_paths:
    description:
      - Further places of the configuration whose values must not be shown, as paths in which C(*) stands
        for any entry. Passwords, tokens and private keys are recognised without it.
    type: list
    elements: str
    default: []
  workers:
    description:
      - How many requests are under way at once, from 1 to 32.
    type: int
    default: 4
  on_error:
    description:
      - What happens when some configurations cannot be read. All others are written and committed, and the files of
        these stay as they are.
      - With V(fail), the task fails after that. With V(report), it warns.
    type: str
    choices:
      - report
      - fail
    default: fail
seealso:
  - module: hosted_power.turbostack.turbostack_config_restore
  - module: hosted_power.turbostack.turbostack_host_info
"""

EXAMPLES = r"""
- name: Keep the configurations of the fleet in a git repository
  hosted_power.turbostack.turbostack_config_backup:
    path: /srv/fleet-backup
  delegate_to: localhost
  run_once: true

- name: The same with secrets, encrypted with one of the vault ids that Ansible was started with
  hosted_power.turbostack.turbostack_config_backup:
    path: /srv/fleet-backup
    secrets: encrypted
    vault_id: fleet
    vanished: remove
    commit_author: Fleet Backup <fleet@example.com>
  delegate_to: localhost
  run_once: true

- name: And to a server, with a token
  hosted_power.turbostack.turbostack_config_backup:
    path: /srv/fleet-backup
    push: true
    push_password: "{{ backup_token }}"
  delegate_to: localhost
  run_once: true
"""

RETURN = r"""
path:
  description: The folder.
  returned: success
  type: str
  sample: /srv/fleet-backup
secrets:
  description: What became of secrets, C(masked) or C(encrypted).
  returned: success
  type: str
  sample: masked
hosts:
  description: How many hosts the platform shows.
  returned: success
  type: int
  sample: 12
groups:
  description: How many groups the platform shows.
  returned: success
  type: int
  sample: 3
written:
  description: The files that are new or changed, or would be in check mode, as paths in the folder.
  returned: success
  type: list
  elements: str
  sample: [clients/3/hosts/shop-1.example.com.yml]
removed:
  description: The files that were removed, or would be in check mode, as paths in the folder.
  returned: success
  type: list
  elements: str
  sample: []
vanished:
  description: The files that are kept although the platform does not show their host or group any more.
  returned: success
  type: list
  elements: str
  sample: []
errors:
  description: The hosts and groups whose configuration could not be read.
  returned: success
  type: list
  elements: dict
  contains:
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
    error:
      description: Why; C(msg) is for people, C(kind) is always there.
      type: dict
commit:
  description: Id of the commit; null where nothing was committed.
  returned: success
  type: str
  sample: 2f5c1de0b6a3e5a2f1d0c9b8a7968574635241f0
push:
  description: What came of the push; null where none was asked for, in check mode, and where there is no commit yet.
  returned: success
  type: dict
  contains:
    remote:
      description: The remote.
      type: str
      sample: origin
    branch:
      description: The branch there.
      type: str
      sample: main
    pushed:
      description: Whether the remote has something new.
      type: bool
      sample: true
    rebased:
      description: Whether somebody else had pushed meanwhile, and the commits were put on top of that.
      type: bool
      sample: false
diff:
  description: The files before and after, with secrets masked.
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
from ..module_utils.operations.config_backup import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
