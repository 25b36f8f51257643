# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What editors leave beside the files that they are editing: no files of anybody's."""

from __future__ import annotations

import re

_LEAVING = re.compile(
    r"""
      \..*                                      # hidden: Emacs' locks, Vim's swap files, ours while they are written
    | .*~ | .*\.~\d+~                           # backup copies
    | \#.*\#                                    # Emacs' copies of what is not saved
    | .*\.(?:sw[a-p]|swx|orig|rej|bak|tmp|part) # swap files, what patches and merges leave
    | .*___jb_(?:tmp|old|bak)___                # JetBrains' while they save
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# Vim tries whether it may write a folder: 4913, then in steps of 123.
_FIRST, _STEP = 4913, 123


def is_leaving(name: str) -> bool:
    """Whether a file of this name is an editor's, and will be gone or never counted."""
    if _LEAVING.fullmatch(name):
        return True
    if not (name.isascii() and name.isdecimal()):
        return False
    number = int(name)
    return number >= _FIRST and (number - _FIRST) % _STEP == 0
