# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same settings for many vhosts, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: settings_for_vhosts
short_description: A desired configuration that gives settings to the vhosts that fit
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Looks for vhosts in a stored configuration, and returns a configuration that gives settings to those that fit. It
    is meant for C(config) of M(hosted_power.turbostack.turbostack_host) with C(state=merged).
  - It holds the vhosts' names and the settings, and nothing else of what is stored.
  - It is empty where no vhost fits.
  - The configuration that it looks through may be older than what is stored by now. So each entry of the result says
    C($create) with the value false, which tasks take out again. A vhost that somebody has removed meanwhile is an error
    and does not come back.
positional: settings
options:
  _input:
    description: The stored configuration, for instance the inventory's C(turbostack_config).
    type: dict
    required: true
  settings:
    description: Keys and values for each vhost that fits.
    type: dict
    required: true
  where:
    description:
      - Keys and values that a vhost has to have to fit. All vhosts do if it is empty.
      - A number and the text of the same look are the same here, so that C("8.2") finds C(8.2).
      - C(domain) is a pattern (C(*.staging.example)) for one of the domains that the vhost serves, and C(username) a
        pattern for the system user that it belongs to.
    type: dict
    default: {}
extends_documentation_fragment:
  - hosted_power.turbostack.schema
seealso:
  - plugin: hosted_power.turbostack.merge_config
    plugin_type: filter
    description: Apply a change to a configuration.
"""

EXAMPLES = r"""
- name: Another PHP for the Shopware applications of the current host that run on 8.2
  hosted_power.turbostack.turbostack_host:
    config: "{{ turbostack_config
      | hosted_power.turbostack.settings_for_vhosts({'php_version': '8.3'},
                                                    where={'app_type': 'shopware', 'php_version': '8.2'}) }}"

- name: The same for what runs under a name for staging alone
  hosted_power.turbostack.turbostack_host:
    config: "{{ turbostack_config
      | hosted_power.turbostack.settings_for_vhosts({'php_version': '8.3'}, where={'domain': '*.staging.example'}) }}"
"""

RETURN = r"""
_value:
  description: The desired configuration.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import TurboStackError
from ..module_utils.document.policy import Policy
from ..plugin_utils.desired_config.vhost_settings import settings_for_vhosts as plan_settings
from ..plugin_utils.desired_config.schema_option import schema_of
from ..plugin_utils.plain import plain


def settings_for_vhosts(
    config: Any,
    settings: Mapping[str, Any],
    where: Mapping[str, Any] | None = None,
    schema: Any = None,
) -> Any:
    """The desired configuration.

    :raises AnsibleFilterError: where there is no configuration, or a vhost cannot be named.
    """
    try:
        desired = plan_settings(
            plain(config), plain(settings), plain(where or {}), Policy(schema=schema_of(schema))
        )
    except TurboStackError as error:
        raise AnsibleFilterError(f"settings_for_vhosts: {error}") from None
    # Jinja within a configuration is the platform's to render: nothing on this side may evaluate it.
    return wrap_var(desired)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"settings_for_vhosts": settings_for_vhosts}
