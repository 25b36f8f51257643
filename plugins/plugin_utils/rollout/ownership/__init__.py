# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a host is the repository's: what its files once named goes from the host when they name it no longer.

C(claim) is what is known of that, C(claiming) makes it of what the files say, C(pruning) holds it against what they say
now and what the platform holds, C(record) is the file it is kept in. Only that file is I/O.
"""
