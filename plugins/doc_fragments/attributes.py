# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How every module of the collection behaves."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.attributes)."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    support: full
    description: In check mode nothing but GET is sent, and the result is what the task would have done.
  platform:
    support: full
    platforms: posix
    description: Target OS or OS families that can be operated against.
  action:
    support: full
    description:
      - The task runs in the controller's own process. Nothing is copied to a managed host, and the token
        never reaches one.
  async:
    support: full
    description:
      - With C(async), and when it is delegated to another machine, the task runs as a module on the machine
        it is delegated to, which then needs Python 3.10 or later and C(requests).
  action_group:
    support: full
    description: Use C(group/hosted_power.turbostack.turbostack) in C(module_defaults) to set the connection once.
    membership:
      - hosted_power.turbostack.turbostack
"""

    DIFF = r"""
options: {}
attributes:
  diff_mode:
    support: full
    description: Shows the change as a diff of YAML, with secrets masked.
"""

    NO_DIFF = r"""
options: {}
attributes:
  diff_mode:
    support: none
    description: There is nothing to show a diff of.
"""
