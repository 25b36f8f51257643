# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX 24.6 accepts, and what it makes of it, for tests that have no AWX.

Each rule was seen on a running AWX: what it answers with 400, and what it lets pass although no job can use it.
"""
