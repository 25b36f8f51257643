# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every promise, and what of the README's own section of promises is none."""

from __future__ import annotations

from . import of_the_readme, of_the_roles

PROMISES = (*of_the_readme.PROMISES, *of_the_roles.PROMISES)

#: Sentences of "What it promises" that lead elsewhere.
NO_PROMISES = (
    "See [how configurations merge](docs/plan-engine.md).",
    "See the [measurements](docs/performance.md).",
    "Each of these, and of what the roles promise, has tests that fail when it is broken on purpose:",
    "[which](docs/promises.md).",
)
