# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checking of people and their keys as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ssh_access_problems
short_description: What is wrong with a list of people and their SSH keys
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - Checks the variable C(ssh_access_people) of the role C(hosted_power.turbostack.ssh_access) without talking
    to the API, for instance before a change to it is merged.
  - Every key is read to its last byte. Refused are private keys, damaged keys, keys on several lines, and a key
    that two people have.
  - What is returned never quotes a key that could not be read.
positional: _input
options:
  _input:
    description: The people, as the role takes them.
    type: list
    elements: dict
    required: true
seealso:
  - plugin: hosted_power.turbostack.ssh_access_plan
    plugin_type: filter
    description: Plan the changes.
"""

EXAMPLES = r"""
- name: The people are as they should be
  ansible.builtin.assert:
    that: people | hosted_power.turbostack.ssh_access_problems | length == 0
  vars:
    people:
      - name: An Peeters
        keys:
          - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRoaXMga2V5IGxldHMgbm9ib2R5IGluLCBub3doZXJl an@agency.example
        where:
          clients: [12]
"""

RETURN = r"""
_value:
  description: What is wrong, one sentence each; an empty list where nothing is.
  type: list
  elements: str
"""

from collections.abc import Callable
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ..plugin_utils.ssh_access.people import people_of
from ..plugin_utils.plain import plain


def ssh_access_problems(people: Any) -> Any:
    """What is wrong with the people, one sentence each."""
    return wrap_var(people_of(plain(people))[1])


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ssh_access_problems": ssh_access_problems}
