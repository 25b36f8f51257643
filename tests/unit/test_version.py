# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What says since which version it is there names one that was released, or the one that is next."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
ADDED = re.compile(r"^\s*version_added: [\"']?([^\"'\s]+)", re.MULTILINE)
DOCUMENTED = ("plugins/**/*.py", "plugins/modules/*.yml", "roles/*/meta/argument_specs.yml")


def test_everything_was_added_in_a_version_that_there_is() -> None:
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    changelog = (ROOT / "changelogs/changelog.yaml").read_text(encoding="utf-8")
    versions = {galaxy["version"], *yaml.safe_load(changelog)["releases"]}
    files = [path for pattern in DOCUMENTED for path in sorted(ROOT.glob(pattern))]
    said = {
        str(path.relative_to(ROOT)): found
        for path in files
        if (found := set(ADDED.findall(path.read_text(encoding="utf-8"))))
    }
    assert len(said) > 20
    assert {path: found for path, found in said.items() if not found <= versions} == {}
