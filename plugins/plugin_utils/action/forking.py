# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done once in the process that forks a worker for each task and host, in place of once in each of them."""

from __future__ import annotations

from ...module_utils.client import session
from ...module_utils.document import fingerprint
from ...module_utils.text.secrets import finding


def prepare() -> None:
    """Make what each worker would make for itself; nothing is sent, and nothing is kept that a task said."""
    session.prepare()
    finding.prepare()
    fingerprint.prepare()
