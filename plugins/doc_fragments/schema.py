# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.schema)."""

    DOCUMENTATION = r"""
options:
  schema:
    description:
      - What is known of configuration keys beyond the built-in table, since the platform's list of keys is not
        published whole. See U(https://github.com/hosted-power/ansible-turbostack/tree/main/docs/configuration-keys.md).
      - >-
        A map of names of keys to what they are, for instance C({webhooks: {identity: event}, licence: {secret: true}}).
        It is laid over the built-in table; what an entry does not say stays as it is.
      - Or the path of a YAML or JSON file with such a map.
    type: raw
    version_added: 1.0.0
"""
