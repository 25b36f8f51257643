# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of desired configurations that speak of no host at all."""

from __future__ import annotations

DOCUMENTATION = r"""
name: desired_config_unused
short_description: Files of desired configurations that speak of no host
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Lists what lies in a folder of P(hosted_power.turbostack.desired_config#lookup) and speaks of no host, group or
    client of the inventory. It is mistyped, or left over, and would do nothing.
  - The whole inventory counts, whatever the limit of the run.
  - Anything in C(clients), C(groups) and C(hosts) is meant to be a configuration, other folders are mistyped, and
    beside them files that end in C(.yml), C(.yaml) or C(.json). C(README), C(LICENSE)
    and what editors leave behind (names that begin with a dot or end in C(~), for instance) are left out.
options:
  _terms:
    description:
      - The folder, as in P(hosted_power.turbostack.desired_config#lookup).
    type: list
    elements: path
    required: true
notes:
  - The client of a host is its variable C(turbostack_client_id), which the inventory
    P(hosted_power.turbostack.turbostack#inventory) sets.
seealso:
  - plugin: hosted_power.turbostack.desired_config
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Nothing is mistyped
  ansible.builtin.assert:
    that: unused | length == 0
    fail_msg: "No host of the inventory is meant by {{ unused | join(', ') }}."
  vars:
    unused: "{{ query('hosted_power.turbostack.desired_config_unused', 'fleet/') }}"
  run_once: true
"""

RETURN = r"""
_raw:
  description: Paths, sorted.
  type: list
  elements: str
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ..module_utils.client.errors import TurboStackError
from ..plugin_utils.desired_config.directory import DesiredDirectory
from ..plugin_utils.desired_config.inventory_knowledge import clients_of_all, found_folder
from ..plugin_utils.plain import plain


class LookupModule(LookupBase):
    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[Any]:
        """The paths of all folders together.

        :raises AnsibleLookupError: with the name of the folder that is at fault.
        """
        self.set_options(var_options=variables, direct=kwargs)
        known = variables or {}
        try:
            return [path for term in plain(terms) for path in self._unused(term, known)]
        except TurboStackError as error:
            raise AnsibleLookupError(str(error)) from None

    def _unused(self, path: str, variables: Mapping[str, Any]) -> list[str]:
        groups = plain(variables["groups"])
        directory = DesiredDirectory(found_folder(self._loader, path))
        return directory.unused(set(groups["all"]), set(groups), clients_of_all(variables))
