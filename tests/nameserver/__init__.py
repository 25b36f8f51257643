# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A DNS server on loopback that answers what a test wants, and fails the way that servers do."""

from .server import NameServer, Records

__all__ = ["NameServer", "Records"]
