#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make one result of the comparisons of hosts with what they should be."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_drift_report
short_description: Make one result of the comparisons of TurboStack hosts with what they should be
version_added: 0.1.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Takes what tasks of M(hosted_power.turbostack.turbostack_host) in check mode found for the hosts of a play, compares
    groups of the platform with files, and tells all of it as one result, as JSON and as JUnit XML.
  - It changes nothing in the platform. The role C(hosted_power.turbostack.drift) is made of it.
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
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
  hosts:
    description:
      - For each host its name in the inventory, and the registered result of its comparison. A result that is
        missing or empty is an error of that host; one that was skipped means that no file speaks of the host.
    type: dict
    required: true
  unused_files:
    description:
      - Files that speak of no host, as P(hosted_power.turbostack.desired_config_unused#lookup) lists them. They
        count as drift.
    type: list
    elements: str
    default: []
  groups_path:
    description:
      - A folder with desired configurations of groups of the platform, C(NAME.yml) or C(ID.yml) (C(.yaml) and
        C(.json) as well). Groups are not compared if it is not set.
      - A relative path counts from the playbook's folder.
      - Files, and values in them, may be encrypted with ansible-vault. Jinja in them is not evaluated.
    type: path
  state:
    description:
      - Whether a group has to hold what its file names (V(merged)), or that and nothing else (V(replaced)).
    type: str
    choices:
      - merged
      - replaced
    default: merged
  lists:
    description:
      - How lists of groups merge at a path, as in M(hosted_power.turbostack.turbostack_group).
    type: dict
    default: {}
  secret_paths:
    description:
      - Further places of the configuration whose values must not be shown, as paths in which C(*) stands
        for any entry. Passwords, tokens and private keys are recognised without it.
    type: list
    elements: str
    default: []
  json_path:
    description:
      - File for the result as JSON. It is not written if it is not set, or in check mode.
    type: path
  junit_path:
    description:
      - File for the result as JUnit XML. It is not written if it is not set, or in check mode.
    type: path
  fail_on_drift:
    description:
      - Whether the task fails where anything drifted, could not be compared, or is a file of no use. It warns
        otherwise.
    type: bool
    default: true
  workers:
    description:
      - How many requests are under way at once, from 1 to 32.
    type: int
    default: 4
seealso:
  - module: hosted_power.turbostack.turbostack_host
"""

EXAMPLES = r"""
- name: Compare each host of the play
  hosted_power.turbostack.turbostack_host:
    config: "{{ lookup('hosted_power.turbostack.desired_config', 'fleet/') }}"
    snapshot: "{{ turbostack_config }}"
  check_mode: true
  register: comparison

- name: Report on all of them
  hosted_power.turbostack.turbostack_drift_report:
    hosts: "{{ dict(ansible_play_hosts_all | zip(found)) }}"
    junit_path: reports/drift.xml
    fail_on_drift: false
  run_once: true
  vars:
    found: "{{ ansible_play_hosts_all | map('extract', hostvars) | map(attribute='comparison', default={}) }}"
"""

RETURN = r"""
in_line:
  description: Whether nothing drifted, everything could be compared, and every file is of use.
  returned: success
  type: bool
  sample: false
counts:
  description: How many hosts and groups had each outcome.
  returned: success
  type: dict
  sample:
    in_line: 10
    drifted: 1
    error: 0
    no_file: 1
hosts:
  description: The hosts, in the order in which they were given.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: C(host) or C(group).
      type: str
      sample: host
    name:
      description: Name of the host in the inventory, or of the group in the platform.
      type: str
      sample: shop-1.example.com
    id:
      description: Its id in the platform; null where that is not known.
      type: int
      sample: 7
    outcome:
      description:
        - C(in_line), C(drifted), C(error) for one that could not be compared, or C(no_file) for one that no file
          speaks of.
      type: str
      sample: drifted
    changes:
      description: What differs, as the C(changes) of M(hosted_power.turbostack.turbostack_host). Secrets are masked.
      type: list
      elements: dict
    error:
      description: Why it could not be compared; null where it was.
      type: str
groups:
  description: The groups of the platform; empty without O(groups_path).
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: C(host) or C(group).
      type: str
      sample: host
    name:
      description: Name of the host in the inventory, or of the group in the platform.
      type: str
      sample: shop-1.example.com
    id:
      description: Its id in the platform; null where that is not known.
      type: int
      sample: 7
    outcome:
      description:
        - C(in_line), C(drifted), C(error) for one that could not be compared, or C(no_file) for one that no file
          speaks of.
      type: str
      sample: drifted
    changes:
      description: What differs, as the C(changes) of M(hosted_power.turbostack.turbostack_host). Secrets are masked.
      type: list
      elements: dict
    error:
      description: Why it could not be compared; null where it was.
      type: str
unused_files:
  description: Files that speak of no host or group.
  returned: success
  type: list
  elements: str
  sample: []
summary:
  description: What is not in line, in a few sentences; empty where everything is.
  returned: success
  type: str
  sample: "1 of 12 hosts drifted: shop-1.example.com (2 changes)."
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
from ..module_utils.operations.drift_report import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
