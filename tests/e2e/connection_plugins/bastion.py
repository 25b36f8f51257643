# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another machine, as far as Ansible can tell: this one, through a connection that is not `local`."""

from __future__ import annotations

DOCUMENTATION = """
name: bastion
short_description: Another machine, as far as Ansible can tell
author: TurboStack collection authors
description: Runs on the controller through a connection that is not C(local).
extends_documentation_fragment:
  - connection_pipelining
"""

from ansible.plugins.connection.local import Connection as LocalConnection


class Connection(LocalConnection):
    transport = "bastion"
