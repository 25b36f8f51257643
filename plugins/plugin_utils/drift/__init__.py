# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role drift is made of: one job that compares a whole fleet with what is wanted of it.

C(options) knows what the variables of a host say of it, and C(fleet) makes one job of the play's hosts. C(job) has
C(hosts) and C(groups) compared, and reports. C(action) does that once for a play, whichever strategy it has.
"""
