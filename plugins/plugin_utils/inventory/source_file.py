# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a file that Ansible offers as an inventory is a source of, before anybody reads it as YAML."""

from __future__ import annotations

import re

#: As much of a file as its C(plugin) stands in: bytes.
_HEAD = 4096


def names_plugin(path: str, name: str) -> bool:
    """Whether it is a YAML file that says it is for the plugin of that name; not, where it cannot be read."""
    if not path.endswith((".yml", ".yaml")):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return False
    return bool(re.search(rf"(?m)^plugin:\s*[\"']?{re.escape(name)}[\"']?\s*(?:#.*)?$", head))
