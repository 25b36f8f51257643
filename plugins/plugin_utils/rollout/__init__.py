# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the role C(rollout) that are worth a test of their own; the role is all that uses them.

`journal` decides how to go on with a host, also after an interruption. `health` and `vhost_urls` are the gate
behind a deployment. `reasons` and `standing` tell what failed and where things stand.
"""
