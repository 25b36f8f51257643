# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that concern whether what is stored for a host is in effect."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.sync)."""

    DOCUMENTATION = r"""
options:
  include_sync:
    description:
      - Whether C(sync_status) says of each host if its stored configuration is in effect on it.
      - It is worked out from when the host was last changed and when its latest deployment ran, and is V(unknown) where
        the platform does not say; C(docs/sync-status.md) shows how.
    type: bool
    default: false
  status_words:
    description:
      - Words that the platform uses for a status and this collection does not know, each with what it means,
        one of V(none), V(queued), V(running), V(succeeded), V(failed), V(cancelled) and V(unknown).
    type: dict
    default: {}
"""
