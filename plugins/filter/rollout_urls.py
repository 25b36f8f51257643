# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of a configuration's vhosts, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: rollout_urls
short_description: Addresses under which the vhosts of a TurboStack configuration should answer
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - One address for each vhost, of the first of its domains that is a plain host name. Wildcards, patterns, Jinja and
    names of the controller itself are none.
  - The role P(hosted_power.turbostack.rollout#role) uses it for its gate.
positional: scheme, path
options:
  _input:
    description: The configuration of a host; null where there is none.
    type: raw
    required: true
  scheme:
    description: How the address begins.
    type: str
    default: https
  path:
    description: How it ends.
    type: str
    default: /
"""

EXAMPLES = r"""
- name: Show where the shops are
  ansible.builtin.debug:
    msg: "{{ (turbostack_config | hosted_power.turbostack.rollout_urls).urls }}"
"""

RETURN = r"""
_value:
  description: The addresses, and what has none.
  type: dict
  contains:
    urls:
      description: Each once, in the order of the configuration.
      type: list
      elements: str
      sample: ["https://www.shop.example/"]
    skipped:
      description: The vhosts that have no domain to be asked for.
      type: list
      elements: str
      sample: []
"""

from collections.abc import Callable
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ..plugin_utils.plain import plain
from ..plugin_utils.rollout.vhost_urls import vhost_urls


def rollout_urls(config: Any, scheme: str = "https", path: str = "/") -> Any:
    """See C(RETURN)."""
    return wrap_var(vhost_urls(plain(config), plain(scheme), plain(path)))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rollout_urls": rollout_urls}
