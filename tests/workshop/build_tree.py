# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection where the tools look for one: in `ansible_collections/hosted_power/turbostack`.

Most tools follow a symbolic link to the checkout. ansible-test does not, and skips whatever an
outer git repository ignores, so it gets a copy of what git knows, in a git repository of its own.
The tarball is built from such a copy too: what `build_ignore` does not name would get into it.

    python3 -m workshop.build_tree      # both; prints the copy's folder
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .places import BUILD, LINKED, ROOT

COLLECTION = Path("ansible_collections/hosted_power/turbostack")

#: What a walk leaves out where git cannot tell (as .gitignore does).
NOT_SOURCES = {".git", ".venvs", "build", "__pycache__", ".ansible", ".hypothesis"}


def link() -> Path:
    """Link the checkout; returns the folder for `ANSIBLE_COLLECTIONS_PATH`."""
    place = LINKED / COLLECTION
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.is_symlink():
        # Two steps that start together both find nothing: the second one's link is as good.
        with suppress(FileExistsError):
            place.symlink_to(ROOT, target_is_directory=True)
    return LINKED


def copy(name: str) -> Path:
    """Copy the sources below `build/<name>`; returns the collection's folder there."""
    place = BUILD / name / COLLECTION
    shutil.rmtree(BUILD / name, ignore_errors=True)
    for source in sources():
        target = place / source
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / source, target, follow_symlinks=False)
    if shutil.which("git"):
        subprocess.run(["git", "init", "--quiet", place], check=True)
        subprocess.run(["git", "-C", place, "add", "--all"], check=True)
    return place


def sources() -> Iterator[Path]:
    """Every file of the project, relative to the checkout."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        yield from walk(ROOT)
        return
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    for name in answer.stdout.decode().split("\0"):
        # git still lists a file that was removed without telling it.
        if name and (ROOT / name).exists():
            yield Path(name)


def walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in NOT_SOURCES or entry.name.endswith(("_cache", ".pyc", ".tar.gz")):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from walk(entry)
        else:
            yield entry.relative_to(ROOT)


if __name__ == "__main__":
    link()
    print(copy("tree"))
