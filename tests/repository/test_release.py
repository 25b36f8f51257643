# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make release` in a clone: a rehearsal that changes nothing, a release, and what none is made of."""

from __future__ import annotations

import tarfile

import pytest
import yaml

from .clone import Clone

VERSION = "99.0.0"
TARBALL = f"build/hosted_power-turbostack-{VERSION}.tar.gz"

pytestmark = pytest.mark.timeout(900)


def test_a_rehearsal_changes_nothing(clone: Clone) -> None:
    before = clone.git("rev-parse", "HEAD")
    ended = clone.run("make", "release", f"VERSION={VERSION}", "DRY=1")
    assert ended.returncode == 0, ended.said
    assert f"{TARBALL} is what would be published" in ended.said
    assert clone.git("status", "--porcelain") == ""
    assert clone.git("rev-parse", "HEAD") == before
    assert clone.git("tag", "--list") == ""


def test_a_release_is_a_commit_a_tag_and_a_tarball(clone: Clone) -> None:
    ended = clone.run("make", "release", f"VERSION={VERSION}")
    assert ended.returncode == 0, ended.said
    assert f"ansible-galaxy collection publish {TARBALL}" in ended.said
    assert clone.git("status", "--porcelain") == ""
    assert clone.git("tag", "--points-at", "HEAD") == VERSION
    assert clone.git("log", "-1", "--format=%s") == f"Release {VERSION}"
    galaxy = yaml.safe_load((clone.folder / "galaxy.yml").read_text(encoding="utf-8"))
    assert galaxy["version"] == VERSION
    releases = (clone.folder / "changelogs/changelog.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(releases)["releases"][VERSION]["changes"]["release_summary"]
    assert not list(clone.folder.glob("changelogs/fragments/*"))
    with tarfile.open(clone.folder / TARBALL) as archive:
        changelog = archive.extractfile("CHANGELOG.md")
        assert changelog is not None
        assert f'<a id="v{VERSION.replace(".", "-")}"></a>' in changelog.read().decode()
    again = clone.run("make", "release", f"VERSION={VERSION}")
    assert again.returncode != 0
    assert f"{VERSION} is released already" in again.said
    assert "holds nothing that the changelog" in again.said


@pytest.mark.parametrize("version", ["", "next", "1.0", "v1.0.0"])
def test_what_is_no_version_is_refused(clone: Clone, version: str) -> None:
    ended = clone.run("make", "release", f"VERSION={version}")
    assert ended.returncode != 0
    assert "say which version" in ended.said


def test_an_earlier_version_than_the_last_is_refused(clone: Clone) -> None:
    clone.git("tag", VERSION)
    ended = clone.run("make", "release", "VERSION=2.10.0")
    assert ended.returncode != 0
    assert f"{VERSION} is released already: 2.10.0 is not later" in ended.said


def test_a_tree_with_changes_or_on_another_branch_is_refused(clone: Clone) -> None:
    (clone.folder / "stray.txt").write_text("not committed", encoding="utf-8")
    clone.git("switch", "--quiet", "--create", "topic")
    ended = clone.run("make", "release", f"VERSION={VERSION}")
    assert ended.returncode != 0
    assert "made of the branch main, and this is topic" in ended.said
    assert "?? stray.txt" in ended.said
    assert not (clone.folder / "build" / "release").exists()
