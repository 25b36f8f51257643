# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin's parts: from the API's rows to hosts, variables and groups.

`options` says what is asked for. `source` reads rows, through `cache_entry` where there is one, and
`records` makes a record of each: plain data under the API's own field names, without what `secrets` or
`configuration` keep out. `selection`, `naming` and `duplicates` decide which records become hosts and what
they are called; `host_variables`, `ready_groups` and `trust` decide what a host brings along; `building` puts
it all into Ansible's inventory.
"""
