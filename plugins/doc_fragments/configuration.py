# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task that changes a stored configuration, of a host or of a group."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.configuration)."""

    DOCUMENTATION = r"""
options:
  config:
    description:
      - The desired configuration, or the part of it that the task is about; see O(state).
      - Quote version numbers. YAML reads C(8.10) as the number 8.1.
    type: dict
    required: true
  state:
    description:
      - With V(merged), what O(config) names is added or changed, and everything else stays as it is.
        Lists of named things (users, vhosts, FTP accounts) merge entry by entry, other lists are sets.
      - With V(replaced), the stored configuration becomes exactly O(config).
      - With V(deleted), exactly what O(config) names is removed. A key is named by the value null or an
        empty map, an entry of a list by its identity, a member of a set by itself.
    type: str
    choices:
      - merged
      - replaced
      - deleted
    default: merged
  allow_empty:
    description:
      - Whether O(state=replaced) may put an empty configuration over one that is not empty.
    type: bool
    default: false
  create:
    description:
      - Whether O(state=merged) may add an entry to a list of named things (a user, a vhost, an FTP account). If not,
        the task is for entries that are there, and fails by name where one is not.
    type: bool
    default: true
  domain_order:
    description:
      - The first domain of a vhost's C(server_name) is the primary one. With V(stored), O(state=merged) leaves the
        domains that are there in their order, and warns where O(config) names them in another one.
      - With V(configured), those that O(config) names come first, in its order.
    type: str
    choices:
      - stored
      - configured
    default: stored
  allow_other_domains:
    description:
      - Whether O(state=merged) may give domains to a vhost that it finds by its C(app_name), and that serves none of
        them. If not, such a vhost is refused, as it may be another site of the same name.
      - Without it, name one of the vhost's present domains beside the new ones.
    type: bool
    default: false
  lists:
    description:
      - How lists merge at a path, where the built-in rules do not fit.
      - Keys are paths, in which C(*) stands for any entry, for instance C(system_users.*.vhosts). Values
        are C(union), C(replace), or a dictionary in which C(by) names the field that tells entries apart.
    type: dict
    default: {}
  comparison:
    description:
      - With V(platform), two values are equal also when the platform itself turns one into the other on
        saving (trimmed text, an empty text and null, an empty map and an empty list, 8.0 and 8).
      - With V(strict), only equal values are equal.
    type: str
    choices:
      - platform
      - strict
    default: platform
  allow_float_versions:
    description:
      - Whether a number with a decimal point is accepted for a version (C(version), C(*_version),
        C(*_versions)). It is refused otherwise, because YAML has lost its digits already.
    type: bool
    default: false
  secret_paths:
    description:
      - Further places of the configuration whose values must not be shown, as paths in which C(*) stands
        for any entry. Passwords, tokens and private keys are recognised without it.
    type: list
    elements: str
    default: []
  expected_fingerprint:
    description:
      - Fail, and change nothing, unless the stored configuration has this fingerprint. Every read of the
        collection returns one.
    type: str
  verify:
    description:
      - Whether to read the configuration back after a write, and fail if it is not what was sent.
    type: bool
    default: true
  validate:
    description:
      - What becomes of doubts about O(config), which the platform would store without a word. Doubted are keys that
        are nearly those that are known or that the host itself uses, values that a key does not take, new entries
        that are called nearly like one that is stored, and new vhosts without a domain. See
        U(https://github.com/hosted-power/ansible-turbostack/tree/main/docs/validation.md).
      - With V(warn), the task warns of all of them. With V(strict), it fails and writes nothing. With V(off), nobody
        looks.
    type: str
    choices:
      - 'off'
      - warn
      - strict
    default: warn
  validate_except:
    description:
      - Places about which there are no doubts, as paths in which C(*) stands for any one step and C(**) for any number
        of steps.
    type: list
    elements: str
    default: []
  backup:
    description:
      - Whether to write the stored configuration to a file before it is changed.
      - The file lies on the controller, also when the task is delegated to another machine. It holds the
        configuration's secrets and is readable by its owner only. Its content is valid
        as O(config) with O(state=replaced).
    type: bool
    default: false
  backup_options:
    description:
      - Where the backup goes.
    type: dict
    default: {}
    suboptions:
      dir_path:
        description:
          - Folder for the file. It is made if it does not exist. A relative path counts from the playbook's
            folder.
          - V(backup) if it is not set.
        type: path
      filename:
        description:
          - Name of the file.
          - Composed of the object's kind, name and id and the time if it is not set.
        type: str
"""
