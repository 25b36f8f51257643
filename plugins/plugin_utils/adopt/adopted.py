# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that were taken over from the platform: their first line tells whether somebody has changed them since."""

from __future__ import annotations

import hashlib
import re

_FIRST = "# Adopted from the platform by hosted_power.turbostack (text {}).\n"
_DIGITS = 16
_HEADER = re.compile(re.escape(_FIRST).replace(r"\{\}", rf"(?P<digest>[0-9a-f]{{{_DIGITS}}})"))


def adopted(about: str, content: str) -> str:
    """The text of such a file.

    :param about: what the file says, one line that is fit for a comment.
    """
    text = f"# {about}\n{content}"
    return _FIRST.format(_digest(text)) + text


def is_untouched(text: str) -> bool:
    """Whether a file is as it was when it was taken over, so that nothing is lost where it is written anew."""
    header = _HEADER.match(text)
    return header is not None and header["digest"] == _digest(text[header.end() :])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
