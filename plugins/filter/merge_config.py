# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan engine as a filter: the document that a task would store."""

from __future__ import annotations

DOCUMENTATION = r"""
name: merge_config
short_description: What a TurboStack configuration becomes when a change is applied to it
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Applies a desired configuration to a current one by the rules of M(hosted_power.turbostack.turbostack_host)
    and returns the whole resulting document, without talking to the API.
  - For playbooks that render a configuration before they store it, or look at it in between.
positional: desired
options:
  _input:
    description: The current configuration.
    type: dict
    required: true
  desired:
    description: The desired configuration, or the part of it that matters; see O(state).
    type: dict
    required: true
  state:
    description:
      - With V(merged), what O(desired) names is added or changed, and everything else stays as it is.
      - With V(replaced), the result is exactly O(desired).
      - With V(deleted), exactly what O(desired) names is removed.
    type: str
    choices: [merged, replaced, deleted]
    default: merged
  lists:
    description:
      - How lists merge at a path, where the built-in rules do not fit. Keys are paths such as
        C(system_users.*.vhosts), values are C(union), C(replace), or a map C(by) of a field's name.
    type: dict
    default: {}
  comparison:
    description:
      - With V(platform), a value stays as it is where the platform would turn the one into the other on
        saving. With V(strict) it does not.
    type: str
    choices: [platform, strict]
    default: platform
  allow_float_versions:
    description: Whether a number with a decimal point is accepted for a key that ends in C(_version).
    type: bool
    default: false
  create:
    description:
      - Whether O(state=merged) may add an entry to a list of named things (a user, a vhost, an FTP account). If not,
        it is for entries that are there, and fails by name where one is not.
    type: bool
    default: true
  domain_order:
    description:
      - The first domain of a vhost's C(server_name) is the primary one. With V(stored), the domains that are there keep
        their order, and a configuration that names them in another one comes with a warning.
      - With V(configured), those that O(desired) names come first, in its order.
    type: str
    choices: [stored, configured]
    default: stored
  allow_other_domains:
    description:
      - Whether O(state=merged) may give domains to a vhost that it finds by its C(app_name), and that serves none of
        them. It may be another site of the same name.
    type: bool
    default: false
  allow_empty:
    description: Whether O(state=replaced) may put an empty configuration over one that is not empty.
    type: bool
    default: false
  secret_paths:
    description: Further places of the configuration whose values must not stand in a message.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - hosted_power.turbostack.schema
seealso:
  - plugin: hosted_power.turbostack.redact_config
    plugin_type: filter
    description: Mask the secrets of a configuration.
"""

EXAMPLES = r"""
- name: Show what the configuration would become
  ansible.builtin.debug:
    msg: "{{ current | hosted_power.turbostack.merge_config(desired) | hosted_power.turbostack.redact_config }}"
  vars:
    current:
      webserver: nginx
      system_users:
        - username: prod
          vhosts:
            - app_name: shop
              php_version: "8.2"
    desired:
      system_users:
        - username: prod
          vhosts:
            - app_name: shop
              php_version: "8.3"

- name: Take a vhost out
  ansible.builtin.set_fact:
    rendered: "{{ current | hosted_power.turbostack.merge_config(unwanted, state='deleted') }}"
  vars:
    unwanted:
      system_users:
        - username: prod
          vhosts:
            - app_name: shop
"""

RETURN = r"""
_value:
  description: The whole resulting configuration.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import TurboStackError
from ..module_utils.plan.engine import plan
from ..module_utils.document.policy import STORED, Policy
from ..plugin_utils.desired_config.schema_option import schema_of
from ..plugin_utils.plain import plain

display = Display()


def merge_config(
    current: Mapping[str, Any],
    desired: Mapping[str, Any],
    state: str = "merged",
    lists: Mapping[str, Any] | None = None,
    comparison: str = "platform",
    allow_float_versions: bool = False,
    allow_empty: bool = False,
    create: bool = True,
    domain_order: str = STORED,
    allow_other_domains: bool = False,
    secret_paths: list[str] | None = None,
    schema: Any = None,
) -> Any:
    """The document that a task with these options would store over C(current).

    :raises AnsibleFilterError: where the engine refuses to plan.
    """
    try:
        planned = plan(
            plain(current),
            plain(desired),
            plain(state),
            Policy(
                lists=plain(lists or {}),
                comparison=plain(comparison),
                allow_float_versions=bool(allow_float_versions),
                allow_empty=bool(allow_empty),
                create=bool(create),
                domain_order=plain(domain_order),
                allow_other_domains=bool(allow_other_domains),
                secret_paths=plain(secret_paths or []),
                schema=schema_of(schema),
            ),
        )
    except TurboStackError as error:
        raise AnsibleFilterError(f"merge_config: {error}") from None
    for warning in planned.warnings:
        display.warning(f"merge_config: {warning}")
    # Jinja within a configuration is the platform's to render: nothing on this side may evaluate it.
    return wrap_var(planned.payload)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"merge_config": merge_config}
