# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that tell how far something is, on standard error: standard output is the callback's, be it JSON."""

from __future__ import annotations

from ansible.utils.display import Display

from ...module_utils.client.api import Wait
from ...module_utils.text.escaping import escape

# A pause shorter than this many seconds is not worth a line.
_WORTH_TELLING = 3.0


def tell(text: str) -> None:
    """Show a line at once.

    :param text: escaped already where it holds text of the platform.
    """
    Display().display(text, stderr=True)


def tell_wait(wait: Wait) -> None:
    """Say that a request is repeated, and when; short pauses pass in silence."""
    if wait.seconds >= _WORTH_TELLING:
        tell(escape(f"{wait.failure.outcome}. Trying again in {wait.seconds:.0f} s."))
