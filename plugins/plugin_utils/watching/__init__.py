# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the event sources of Event-Driven Ansible are made of.

`deployment_changes` and `figure_levels` decide what is an event, and `pauses` how long to wait; none of them
knows of a network. `options` says what a rulebook may ask for, `rounds` looks again and again, and `deployments`
and `monitoring` are what is looked at. Nothing here imports Ansible.
"""
