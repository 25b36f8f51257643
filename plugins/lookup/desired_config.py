# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired configuration of the current host out of a folder of files."""

from __future__ import annotations

DOCUMENTATION = r"""
name: desired_config
short_description: The desired configuration of the current host, out of a folder of files
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Merges the files of a folder that speak of the current host into one configuration, by the rules by which
    M(hosted_power.turbostack.turbostack_host) merges with C(state=merged).
  - The files are C(all.yml), C(clients/ID.yml) with the id of the client that owns the host, or C(clients/NAME.yml)
    with its name where the inventory knows it (C(include_clients)), C(groups/GROUP.yml) for each group of the
    inventory that the host is in, and C(hosts/HOST.yml) with its name in the inventory. They are merged in this order,
    so that what is said last is the most exact. C(.yaml) and C(.json) do as well.
  - The groups are in the order of Ansible's own group variables. Parents come before their children; among
    groups of the same depth C(ansible_group_priority) decides, then the name.
  - A file may leave out hosts that it would speak of, with a list C(except) of names of hosts, in which C(*), C(?) and
    C([ab]) stand for what they do in names of files. It is no key of the configuration. One that names no host of the
    inventory is an error.
  - The result is an empty map where no file speaks of the host.
  - The result is what M(hosted_power.turbostack.turbostack_host) takes as C(config).
options:
  _terms:
    description:
      - The folder.
      - A relative path counts from the playbook's folder, or where there is no such folder, from the one in
        which Ansible was started.
    type: list
    elements: path
    required: true
  lists:
    description:
      - How lists merge at a path, where the built-in rules do not fit. Keys are paths such as
        C(system_users.*.vhosts), values are V(union), V(replace), or a map C(by) of a field's name.
      - Give the task that stores the configuration the same.
    type: dict
    default: {}
  allow_float_versions:
    description: Whether a number with a decimal point is accepted for a key that ends in C(_version).
    type: bool
    default: false
  secret_paths:
    description: Further places of the configuration whose values must not stand in a message.
    type: list
    elements: str
    default: []
notes:
  - Jinja in a file is part of the configuration, for the platform to render. It is not evaluated.
  - A file that is encrypted with ansible-vault is decrypted, and so is a single value that is.
  - A file whose content is no map is an error. So are two files that differ in their extension only, and a key that
    stands in a map twice.
  - Line ends and a byte order mark make no difference. C(!unsafe) is taken as text. Of several C(<<) in a map the last
    one wins, and what the map says itself over all of them.
  - What YAML makes a boolean of among texts (C([BE, NL, NO])) is warned of.
  - Files that speak of no host at all, because of a mistyped name for instance, are found by the lookup
    P(hosted_power.turbostack.desired_config_unused#lookup).
extends_documentation_fragment:
  - hosted_power.turbostack.schema
seealso:
  - plugin: hosted_power.turbostack.desired_config_unused
    plugin_type: lookup
  - module: hosted_power.turbostack.turbostack_host
"""

EXAMPLES = r"""
# fleet/all.yml
#   firewall_whitelist:
#     - "198.51.100.24 # Office"
# fleet/groups/app_shopware.yml
#   php_main_version: "8.3"
# fleet/hosts/shop-1.example.com.yml
#   redis_memory: 5gb

- name: Bring each host of the play to what the folder says of it
  hosted_power.turbostack.turbostack_host:
    config: "{{ lookup('hosted_power.turbostack.desired_config', 'fleet/') }}"
"""

RETURN = r"""
_raw:
  description: The desired configuration.
  type: list
  elements: dict
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ..module_utils.client.errors import TurboStackError
from ..plugin_utils.desired_config.layering import layered
from ..module_utils.document.policy import Policy
from ..plugin_utils.action.text_values import settled
from ..plugin_utils.desired_config.directory import DesiredDirectory
from ..plugin_utils.desired_config.file import read_overlay
from ..plugin_utils.desired_config.inventory_knowledge import (
    client_of,
    clients_of_all,
    found_folder,
    groups_in_order,
    namesakes,
)
from ..plugin_utils.desired_config.schema_option import schema_of
from ..plugin_utils.plain import plain

display = Display()

# Of a role's variable, these may be the text that a survey sends.
_TEXTS = {
    "lists": {"type": "dict"},
    "allow_float_versions": {"type": "bool"},
    "secret_paths": {"type": "list"},
    "schema": {"type": "raw"},
}


class LookupModule(LookupBase):
    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[Any]:
        """One configuration for each folder.

        :raises AnsibleLookupError: with the name of the file or folder that is at fault.
        """
        try:
            self.set_options(var_options=variables, direct=settled(plain(kwargs), _TEXTS))
            options = plain(self.get_options())
            policy = Policy(
                lists=options["lists"],
                allow_float_versions=options["allow_float_versions"],
                secret_paths=tuple(options["secret_paths"]),
                schema=schema_of(options["schema"], self._loader),
            )
            return [self._desired(term, variables or {}, policy) for term in plain(terms)]
        except TurboStackError as error:
            raise AnsibleLookupError(str(error)) from None

    def _desired(self, path: str, variables: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
        directory = DesiredDirectory(found_folder(self._loader, path))
        client = client_of(variables)
        if client is not None and (file := directory.named_after(client)) is not None:
            for other in clients_of_all(variables):
                if other is not None and other.name == client.name and other.id != client.id:
                    raise namesakes(file, client.id, other.id)
        host = str(variables["inventory_hostname"])
        files = directory.files_of(host, groups_in_order(variables), client)
        overlays = [read_overlay(self._loader, directory, file) for file in files]
        for one in overlays:
            if one.excepted:
                one.check(set(plain(variables["groups"]["all"])))
        merged = layered([one.layer for one in overlays if one.counts_for(host)], policy)
        for warning in merged.warnings:
            display.warning(warning)
        # Ansible knows floats, and not those that remember their digits.
        document: dict[str, Any] = plain(merged.document)
        return document
