# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies between the role validate and doubts: a folder of desired configurations, looked at without a platform.

C(fleet_files) reads the folder, C(check) finds what is wrong in it, C(text), C(junit) and C(sarif) write that down, and
C(action) does one after the other.
"""
