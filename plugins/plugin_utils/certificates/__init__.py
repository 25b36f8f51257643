# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role certificates: pairs of keys and certificates onto the vhosts of a fleet that they are for.

C(pem_files) reads a folder, C(pairs) and C(chains) make pairs of what is in it, and C(sites) and C(deciding) say which
vhost gets which: none of these knows Ansible or the network. C(run) hands what is to change to the job of a rollout.
"""
