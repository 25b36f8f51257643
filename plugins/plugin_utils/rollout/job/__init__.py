# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout over a fleet: pure machines for one host and for all of them, and a driver around them.

C(host_machine) and C(fleet_machine) decide, and do nothing else: C(observe(event, elapsed)) gives the next state
and what is to be done in it. C(events) is what they are told and what they ask for; C(record) is what a host's
machine wants written down before that is done, and C(recalling) how it goes on from there after an interruption.
"""
