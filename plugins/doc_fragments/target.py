# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say which host or group a task is about."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.target)."""

    DOCUMENTATION = r"""
options:
  id:
    description:
      - Id of the object in the platform.
      - Mutually exclusive with O(name).
    type: int
  name:
    description:
      - Exact name of the object in the platform.
      - A name that several objects bear is refused, and their ids are listed.
      - Mutually exclusive with O(id).
    type: str
  expected_name:
    description:
      - What the object with this O(id) must be called in the platform. The task fails, and nothing is sent but GET,
        if it bears another name. An id may have become another object's since it was written down.
      - A task that means the current host of a play over the inventory
        P(hosted_power.turbostack.turbostack#inventory) expects its C(turbostack_name) by default.
    type: str
"""
