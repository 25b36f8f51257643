# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say what a task reads."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.selection)."""

    DOCUMENTATION = r"""
options:
  id:
    description:
      - The one with this id.
      - Mutually exclusive with all other options that select.
    type: int
  name:
    description:
      - The one with exactly this name. A name that several bear is refused, and their ids are listed.
      - Mutually exclusive with all other options that select.
    type: str
  client_id:
    description:
      - Those of the client with this id.
    type: int
  name_pattern:
    description:
      - Those whose name fits this pattern, in which C(*) stands for any text, C(?) for any character and
        C([ab]) for one of some characters. Upper and lower case are the same.
    type: str
  workers:
    description:
      - How many requests are under way at once, from 1 to 32.
    type: int
    default: 4
  on_error:
    description:
      - What happens when some of several cannot be read. Each of them holds its C(error) in any case.
      - With V(report), the task warns.
      - With V(fail), the task fails, and returns what it has read with secrets masked.
      - A failure that all would share (no connection, a token that is refused, a rate limit that is used up,
        maintenance) and one of something that was named fails the task in any case.
    type: str
    choices:
      - report
      - fail
    default: report
"""

    ACTIVE = r"""
options:
  active:
    description:
      - Those that are active in the platform, or those that are not.
    type: bool
"""

    DOCUMENT = r"""
options:
  include_config:
    description:
      - Whether to return the configuration and its fingerprint.
      - Where the platform lists objects without their configuration, this takes one request for each.
    type: bool
    default: true
  include_secrets:
    description:
      - Whether to return the secrets of the configuration (passwords, tokens, private keys) instead of masking
        them.
      - The result is then for variables only. It is not shown in any output, as with C(no_log). What a later
        task makes of the variable is shown, so set C(no_log) there. From ansible-core 2.22 on it is masked as well.
      - It cannot be used with C(async), which would leave the result in a file.
    type: bool
    default: false
  secret_paths:
    description:
      - Further places of the configuration whose values must not be shown, as paths in which C(*) stands
        for any entry. Passwords, tokens and private keys are recognised without it.
      - The fingerprint depends on it, so give the same here and in the task that takes the fingerprint.
    type: list
    elements: str
    default: []
"""
