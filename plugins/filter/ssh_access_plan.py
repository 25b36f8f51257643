# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planning of SSH access as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ssh_access_plan
short_description: What has to change so that people reach the hosts they may reach
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - Compares people and their SSH keys with the configurations of hosts and groups, and returns which of these
    have to change. This is what the role C(hosted_power.turbostack.ssh_access) does between reading and writing.
  - Nothing but the keys of these people is changed. Other entries of the same lists stay, word for word.
positional: _input
options:
  _input:
    description: The people, as the role takes them. They have to be without problems.
    type: list
    elements: dict
    required: true
  groups:
    description:
      - The key C(groups) of a result of M(hosted_power.turbostack.turbostack_group_info), read with
        C(include_secrets=true).
    type: list
    elements: dict
    default: []
  hosts:
    description:
      - The key C(hosts) of a result of M(hosted_power.turbostack.turbostack_host_info), read with
        C(include_secrets=true).
    type: list
    elements: dict
    default: []
  remove_elsewhere:
    description: Whether a person's keys are removed from where the data does not let the person in.
    type: bool
    default: false
  allow_last_key:
    description: Whether a list of keys may lose the last key that lets somebody in.
    type: bool
    default: false
notes:
  - C(writes) of the result may hold secrets, as an SSH key's options may. Set C(no_log) on the task that keeps it.
seealso:
  - plugin: hosted_power.turbostack.ssh_access_problems
    plugin_type: filter
    description: Check the people alone.
  - plugin: hosted_power.turbostack.ssh_access_report
    plugin_type: filter
    description: Tell what came of a plan.
"""

EXAMPLES = r"""
- name: Plan
  ansible.builtin.set_fact:
    plan: "{{ people | hosted_power.turbostack.ssh_access_plan(groups=fleet_groups.groups, hosts=fleet_hosts.hosts) }}"
  no_log: true

- name: Show which hosts would change
  ansible.builtin.debug:
    msg: "{{ plan.hosts | map(attribute='label') }}"
"""

RETURN = r"""
_value:
  description:
    - The plan. C(problems) are rules that are broken, one sentence each; with one of them nothing should be written.
      C(groups) and C(hosts) are what is to be written, and C(writes) holds the C(config), the C(lists) and the
      C(fingerprint) for each, by its C(document). The rest is for the report.
  type: dict
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import TurboStackError
from ..plugin_utils.ssh_access.access import GROUP, HOST, plan_access
from ..plugin_utils.ssh_access.access_report import as_data
from ..plugin_utils.ssh_access.people import people_of
from ..plugin_utils.ssh_access.reading import stored
from ..plugin_utils.plain import plain


def ssh_access_plan(
    people: Any,
    groups: Any = (),
    hosts: Any = (),
    remove_elsewhere: bool = False,
    allow_last_key: bool = False,
) -> Any:
    """What has to change, as plain data.

    :raises AnsibleFilterError: where the people or the documents are not what they should be.
    """
    known, problems = people_of(plain(people))
    if problems:
        raise AnsibleFilterError(f"ssh_access_plan: {' '.join(problems)}")
    try:
        planned = plan_access(
            known,
            [*stored(GROUP, plain(groups)), *stored(HOST, plain(hosts))],
            remove_elsewhere=bool(remove_elsewhere),
            allow_last_key=bool(allow_last_key),
        )
    except TurboStackError as error:
        raise AnsibleFilterError(f"ssh_access_plan: {error}") from None
    # Jinja within a configuration is the platform's to render: nothing on this side may evaluate it.
    return wrap_var(as_data(planned))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ssh_access_plan": ssh_access_plan}
