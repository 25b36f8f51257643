# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the documents say what the same commands say today, and load nothing from anywhere."""

from __future__ import annotations

import re

import pytest

from pictures import terminal
from pictures.stories import STORIES, Story
from workshop import build_tree
from workshop.places import ROOT

# They are taken with the newest one.
pytestmark = pytest.mark.newest_core


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_picture_is_not_stale(story: Story) -> None:
    """Take them anew with `make pictures` where this fails."""
    picture = (ROOT / story.file).read_text(encoding="utf-8")
    shown = terminal.lines(picture)
    assert len(shown) > 10
    assert shown == terminal.lines(terminal.drawn(story))
    assert story.title in picture
    addresses = set(re.findall(r'(?:href|src|url)\W+(https?:[^")]+)', picture))
    assert addresses == set()


def test_every_picture_is_shown_and_every_one_shown_is_made() -> None:
    made = {story.file for story in STORIES}
    assert {f"docs/pictures/{file.name}" for file in (ROOT / "docs/pictures").iterdir()} == made
    documents = [
        (ROOT / file).read_text(encoding="utf-8")
        for file in build_tree.sources()
        if file.suffix == ".md"
    ]
    for file in made:
        assert any(file.removeprefix("docs/") in text for text in documents), file
