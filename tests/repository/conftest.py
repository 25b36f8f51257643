# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clone of the repository, for what changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clone import Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """The sources as one commit on `main`, with nothing else about."""
    return Clone.made(tmp_path / "clone")
