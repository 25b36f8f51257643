# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The masking of secrets as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: redact_config
short_description: A TurboStack configuration with its secrets masked
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Returns a copy of a configuration, or of a part of one, in which secrets are replaced by a mask. Everything
    else stays as it is.
  - Masked are texts and numbers below keys such as C(*password*), C(*secret*), C(*token*), C(*api_key*),
    C(*private_key*) and C(*_pvk), and in any text private keys, tokens of well-known formats, and passwords
    in URLs.
positional: _input
options:
  _input:
    description: The configuration, or any part of one.
    type: raw
    required: true
  secret_paths:
    description:
      - Further places whose values must not be shown, as paths in which C(*) stands for any one step and
        C(**) for any number of steps, for instance C(system_users.*.vhosts.*.licence) or C(**.licence).
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - hosted_power.turbostack.schema
seealso:
  - plugin: hosted_power.turbostack.merge_config
    plugin_type: filter
    description: Apply a change to a configuration.
"""

EXAMPLES = r"""
- name: Show a host's configuration
  ansible.builtin.debug:
    msg: "{{ turbostack_config | hosted_power.turbostack.redact_config }}"

- name: The same, with the licences masked as well
  ansible.builtin.debug:
    msg: "{{ turbostack_config | hosted_power.turbostack.redact_config(secret_paths=['**.licence']) }}"
"""

RETURN = r"""
_value:
  description: The masked copy.
  type: raw
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import TurboStackError
from ..module_utils.document.policy import Policy
from ..module_utils.document.masking import redact
from ..plugin_utils.desired_config.schema_option import schema_of
from ..plugin_utils.plain import plain


def redact_config(document: Any, secret_paths: list[str] | None = None, schema: Any = None) -> Any:
    """A masked copy of the document.

    :raises AnsibleFilterError: for C(secret_paths) that are no paths, or a document that has no end.
    """
    try:
        policy = Policy(secret_paths=plain(secret_paths or []), schema=schema_of(schema))
        masked = redact(plain(document), policy)
    except (TurboStackError, RecursionError) as error:
        raise AnsibleFilterError(f"redact_config: {error}") from None
    # Jinja within a configuration is the platform's to render: nothing on this side may evaluate it.
    return wrap_var(masked)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"redact_config": redact_config}
