# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin: hosts of a TurboStack platform."""

from __future__ import annotations

DOCUMENTATION = r"""
name: turbostack
short_description: Hosts of a TurboStack platform
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Reads the hosts of a TurboStack platform, with their configuration and state, through its API.
  - The inventory is complete, or its source fails. See O(on_error).
  - Text from the API is data. Jinja in it is never evaluated, and it sets no connection variable but
    C(ansible_host).
  - The name of an inventory file ends in C(turbostack.yml) or C(turbostack.yaml).
  - The values of the connection options may be templates, lookups included, and vaulted text.
  - "Each host has these variables: C(turbostack_id), C(turbostack_name), C(turbostack_platform) (the URL of the
    platform that it is of), C(turbostack_client_id), C(turbostack_active) (a boolean, or null where the
    platform does not say), C(turbostack_created_at), C(turbostack_updated_at), C(turbostack_monitoring) and
    C(turbostack_config), which is null for a stored text that is no configuration."
  - "Derived from the configuration are the lists C(turbostack_domains), C(turbostack_app_types),
    C(turbostack_php_versions) and C(turbostack_system_users), and C(turbostack_mysql_version) and
    C(turbostack_postgresql_version), which are text or null. Hosts whose configuration the platform does
    not show have neither these nor C(turbostack_config)."
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices:
      - hosted_power.turbostack.turbostack
  clients:
    description:
      - Ids of clients. Only their hosts are asked for, client by client.
      - Without it, all hosts that the token may see are read.
    type: list
    elements: int
  active_only:
    description: Whether to leave out hosts that the platform calls inactive.
    type: bool
    default: false
  filters:
    description:
      - Conditions in order, each C(include) or C(exclude) with an expression or a boolean. The first one that
        applies to a host decides. A host to which none applies is included.
      - They see a host's variables under the names that O(hostvars_prefix) gives them. A condition that
        cannot be evaluated is an error, whatever O(strict) says.
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description: Hosts for which this is true are part of the inventory.
        type: raw
      exclude:
        description: Hosts for which this is true are not part of the inventory.
        type: raw
  include_config:
    description:
      - Whether hosts have the variable C(turbostack_config).
      - Without it, a big fleet takes much less memory. The variables derived from the configuration are there
        all the same.
    type: bool
    default: true
  include_monitoring:
    description: Whether hosts have the variable C(turbostack_monitoring).
    type: bool
    default: true
  include_clients:
    description:
      - Whether to read the clients too, and to give hosts the variable C(turbostack_client_name).
    type: bool
    default: false
  include_sync_status:
    description:
      - Whether to ask for the latest deployment of each host, and to give hosts the variables
        C(turbostack_sync_status) and C(turbostack_sync_reason).
      - The status is C(in_effect), C(stored_not_deployed), C(deploying), C(failed) or C(unknown). It tells whether the
        stored configuration is in effect on the host.
      - This takes one request for each host, and two where it was never deployed.
    type: bool
    default: false
  secrets:
    description:
      - What becomes of passwords, tokens and private keys in configurations.
      - With V(omit), what stands under a telling key is left out, and a secret within other text is masked.
      - With V(mask), both are masked.
      - With V(include), they become variables, and lie in the cache if there is one.
    type: str
    choices:
      - omit
      - mask
      - include
    default: omit
  hostnames:
    description:
      - What names a host, in order of preference. The first entry that gives a text or a whole number that
        is not empty is taken.
      - An entry is an expression over the host's variables, here without O(hostvars_prefix), so C(name) or
        C(config.alias). Or it is a dictionary.
      - A name that Ansible would not take literally (an empty one, C(all), C(localhost), a group's name,
        one that begins with C(-) or a dot, one with characters other than letters, digits, C(.), C(-) and
        C(_)) is changed, with a warning. Other characters become C(_), and C(_) and the host's id follow. An
        empty name becomes C(host_) and the id.
      - C(ansible_host) is the platform's name of the host in any case, where that looks like a host name or an
        address. It is not set for C(localhost) and other names of the controller itself.
    type: list
    elements: raw
    default:
      - name
    suboptions:
      name:
        description: The expression.
        type: str
        required: true
      prefix:
        description: An expression whose result is put in front of the name. Nothing is if it is empty.
        type: str
      separator:
        description: What stands between the prefix and the name.
        type: str
        default: _
  hostvars_prefix:
    description:
      - What the names of host variables begin with.
      - A prefix with which a name would be reserved by Ansible (such as C(name)) or set a variable of
        Ansible's own (C(ansible_*)) is refused.
    type: str
    default: turbostack_
  on_duplicate:
    description:
      - What becomes of several hosts with the same name. The outcome does not depend on the order in which the
        API lists them.
      - With V(suffix_id), C(_) and its id follow the name of each of them.
      - With V(first), the host with the lowest id is part of the inventory, and the others are not.
      - With V(fail), the source fails.
    type: str
    choices:
      - suffix_id
      - first
      - fail
    default: suffix_id
  group_by:
    description:
      - Ready-made groups to put hosts into.
      - V(client) gives C(turbostack_client_12), V(active) gives C(turbostack_active) and
        C(turbostack_inactive), V(app_type) gives C(turbostack_app_magento2), V(php_version),
        V(mysql_version) and V(postgresql_version) give C(turbostack_php_8_3), C(turbostack_mysql_8_0) and
        C(turbostack_postgresql_16).
      - V(sync_status) gives C(turbostack_sync_in_effect), C(turbostack_sync_stored_not_deployed) and so on. It needs
        O(include_sync_status).
    type: list
    elements: str
    choices:
      - client
      - active
      - app_type
      - php_version
      - mysql_version
      - postgresql_version
      - sync_status
    default: []
  on_error:
    description:
      - What happens when a part of the hosts cannot be read.
      - With V(fail), the source fails with the reason.
      - With V(warn_partial), the hosts that could be read make the inventory, with a warning. In any case the
        variable C(turbostack_inventory_partial) of the group C(all) then tells whether the inventory is
        partial, and C(turbostack_inventory_errors) is the list of reasons. A partial inventory is not
        cached. A source of which nothing can be read still fails.
    type: str
    choices:
      - fail
      - warn_partial
    default: fail
  on_empty:
    description:
      - What happens when the platform lists no host at all. To a token whose owner lost access, a platform
        answers with an empty list and no error.
      - With V(fail), the source fails. With V(warn), the inventory is empty, with a warning. With V(accept), it
        is empty.
      - Hosts that O(active_only) and O(filters) leave out were listed. See O(minimum_hosts) for these.
    type: str
    choices:
      - fail
      - warn
      - accept
    default: fail
  expression_warnings:
    description:
      - Whether to warn of expressions of C(compose), C(groups) and C(keyed_groups) that cannot be evaluated, while
        O(strict) is not set. There is one warning for each expression, with the number of hosts and an example.
      - An expression that may lack a variable says so with C(default()), or C(is defined).
    type: bool
    default: true
  minimum_hosts:
    description:
      - With fewer hosts than that in the inventory, the source fails.
    type: int
    default: 0
  workers:
    description:
      - How many pages are read at once, from 1 to 32.
      - Fewer are, where the platform's rate limit comes near.
    type: int
    default: 4
  page_size:
    description: How many hosts to ask for on a page. A platform that gives fewer loses nothing.
    type: int
    default: 100
  cache_stale_on_error:
    description:
      - Whether to use an expired cache entry, with a warning, when the API cannot be reached or fails. Not
        when it refuses the token.
      - The cache plugin then keeps entries without end.
    type: bool
    default: false
extends_documentation_fragment:
  - hosted_power.turbostack.schema
  - hosted_power.turbostack.connection
  - constructed
  - inventory_cache
notes:
  - Relative paths in the file (O(api_token_file), O(ca_path)) count from the file's folder.
"""

EXAMPLES = r"""
# turbostack.yml: the token comes from the environment variable TURBOSTACK_API_TOKEN.
plugin: hosted_power.turbostack.turbostack

---
# The token from a password manager, groups ready made, and the names of clients.
plugin: hosted_power.turbostack.turbostack
api_token: "{{ lookup('community.general.onepassword', 'TurboStack', field='token') }}"
include_clients: true
group_by:
  - client
  - app_type
  - php_version
keyed_groups:
  - key: turbostack_client_name
    prefix: of

---
# Active Magento shops of two clients. Hosts still on PHP 8.1 form a group.
plugin: hosted_power.turbostack.turbostack
clients: [12, 15]
active_only: true
filters:
  - exclude: turbostack_name.startswith('sandbox')
  - include: "'magento2' in turbostack_app_types"
  - exclude: true
groups:
  outdated_php: "'8.1' in turbostack_php_versions"
compose:
  php: turbostack_config.php_main_version | default('none', true)

---
# A big fleet, read seldom: no configurations and no monitoring in memory, and a cache that also serves while
# the platform is under maintenance.
plugin: hosted_power.turbostack.turbostack
include_config: false
include_monitoring: false
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/ansible-turbostack
cache_timeout: 3600
cache_stale_on_error: true

---
# Names such as 12-www.example.com, for hosts of several clients that are called alike.
plugin: hosted_power.turbostack.turbostack
hostnames:
  - name: name
    prefix: client_id
    separator: "-"
  - "'client' ~ client_id ~ '-' ~ id"
"""

from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.basic import missing_required_lib
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils.client.errors import TurboStackError
from ..module_utils.client.session import requests_import_error
from ..module_utils.text.escaping import escape

# The lookup shares what it reads through memory that must be there before the first worker is forked.
from ..plugin_utils import run_memory  # noqa: F401  # pylint: disable=unused-import
from ..plugin_utils.inventory.filling import fill
from ..plugin_utils.inventory.source_file import names_plugin


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads C(*turbostack.yml) and C(*turbostack.yaml)."""

    NAME = "hosted_power.turbostack.turbostack"

    def verify_file(self, path: str) -> bool:
        """Whether the file's name is one of this plugin's.

        :raises AnsibleParserError: where the file is, and its name is not.
        """
        if not super().verify_file(path):
            return False
        if path.endswith(("turbostack.yml", "turbostack.yaml")):
            return True
        if names_plugin(path, self.NAME):
            raise AnsibleParserError(
                f"{escape(path)} names {self.NAME}, and is called something else than its sources are. Rename it, so "
                "that its name ends in turbostack.yml or turbostack.yaml."
            )
        return False

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Fill the inventory, completely or not at all.

        :raises AnsibleParserError: for everything that the user can do something about.
        """
        super().parse(inventory, loader, path, cache)
        if requests_import_error:
            raise AnsibleParserError(missing_required_lib("requests"))
        file = self._read_config_data(path)
        try:
            fill(self, file, path, refresh=not cache)
        except TurboStackError as error:
            raise AnsibleParserError(escape(str(error))) from None
