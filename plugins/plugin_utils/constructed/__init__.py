# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Constructed variables and groups with the results of Ansible's `Constructable`, at a fraction of its time.

Ansible compiles and renders each expression for each host. Here an expression is read once
(`expression`), what it depends on is looked up for each host (`values`), and hosts for which that is
equal share one evaluation by Ansible's own template engine (`sharing`, `templating`). Wherever that might
give another result than Ansible's, Ansible evaluates the expression for the host (`determinism` says where).
"""
