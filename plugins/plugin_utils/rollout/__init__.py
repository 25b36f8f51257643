# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies between the role rollout and the job that it is, in C(job/).

C(options) knows what the variables of a host say of it, and C(fleet) makes one job of the play's hosts. C(action) has
the first of a batch's tasks do that job, and each tell its host's end.
"""
