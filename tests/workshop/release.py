# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a release: everything up to the upload.

The version, the changelog and the tarball are made and looked at in a copy. Only what came out well there is taken
over, committed and tagged; a rehearsal ends before that.

    python3 -m workshop.release 1.0.0
    python3 -m workshop.release 1.0.0 --dry
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import build_tree, environments, package, surroundings
from .places import BUILD, ROOT

MAIN = "main"
FORM = re.compile(r"(\d+)\.(\d+)\.(\d+)")

#: What names the version, and the line in which it does.
NAMED_IN = {
    Path("galaxy.yml"): (re.compile(r"(?m)^version: \S+$"), "version: {}"),
    Path("plugins/module_utils/client/version.py"): (
        re.compile(r'(?m)^VERSION = "[^"]+"$'),
        'VERSION = "{}"',
    ),
}

CHANGELOG = Path("CHANGELOG.md")
RELEASES = Path("changelogs/changelog.yaml")
FRAGMENTS = Path("changelogs/fragments")

NEXT = """
{version} is committed and tagged here. What is left to do, with the rights for it:

  git push origin {main} {version}
  ansible-galaxy collection publish {tarball}
"""


def main(words: list[str]) -> int:
    dry = "--dry" in words
    (version,) = [word for word in words if word != "--dry"] or [""]
    refused = list(version_obstacles(version))
    unready = list(tree_obstacles())
    for said in (*refused, *unready):
        print(f"release: {said}")
    if refused or (unready and not dry):
        return 1
    copy = build_tree.copy("release")
    variables = surroundings.variables(environments.ensure("tools"))
    variables["ANSIBLE_COLLECTIONS_PATH"] = str(BUILD / "release")
    if not change(copy, version, variables) or (tarball := package.made_of(copy)) is None:
        return 1
    shown = tarball.relative_to(ROOT)
    if dry:
        print(
            f"{shown} is what would be published. Nothing was changed here, as this was a rehearsal."
        )
        return 0
    take_over(copy)
    commit(version)
    print(NEXT.format(version=version, main=MAIN, tarball=shown))
    return 0


def version_obstacles(version: str) -> Iterator[str]:
    """Why this can be no version of the next release."""
    if not FORM.fullmatch(version):
        yield f"say which version, as in `make release VERSION=1.2.3`, and not {version or 'nothing'!r}"
        return
    later = [tag for tag in git("tag", "--list").split() if number(tag) >= number(version)]
    if later:
        yield f"{', '.join(sorted(later, key=number))} is released already: {version} is not later"
    if not list((ROOT / FRAGMENTS).glob("*.y*ml")):
        yield f"{FRAGMENTS} holds nothing that the changelog of {version} could tell"


def number(version: str) -> tuple[int, ...]:
    """A version as something that is less or more than another; nothing where a tag is none."""
    found = FORM.fullmatch(version)
    return tuple(int(part) for part in found.groups()) if found else ()


def tree_obstacles() -> Iterator[str]:
    """Why this checkout is in no state to be released."""
    branch = git("branch", "--show-current")
    if branch != MAIN:
        yield f"releases are made of the branch {MAIN}, and this is {branch or 'none'}"
    if changed := git("status", "--porcelain"):
        yield f"commit or remove these first:\n{changed}"


def change(copy: Path, version: str, variables: dict[str, str]) -> bool:
    """Name the version in the copy, and make its changelog out of the fragments."""
    for path, (line, wanted) in NAMED_IN.items():
        text = (copy / path).read_text(encoding="utf-8")
        changed, count = line.subn(wanted.format(version), text)
        if count != 1:
            print(f"release: {path} has not one line that names the version")
            return False
        (copy / path).write_text(changed, encoding="utf-8")
    for words in (["lint"], ["release", "--version", version]):
        command = ["antsibull-changelog", *words]
        if subprocess.run(command, cwd=copy, env=variables, check=False).returncode != 0:
            print(f"release: {' '.join(command)} failed")
            return False
    return True


def take_over(copy: Path) -> None:
    """Bring what was changed in the copy here."""
    for path in (*NAMED_IN, CHANGELOG, RELEASES):
        shutil.copy2(copy / path, ROOT / path)
    for fragment in (ROOT / FRAGMENTS).glob("*.y*ml"):
        if not (copy / FRAGMENTS / fragment.name).exists():
            fragment.unlink()


def commit(version: str) -> None:
    # The tree was clean, so that there is nothing else.
    git("add", "--all")
    git("commit", "--quiet", "--message", f"Release {version}")
    git("tag", "--annotate", version, "--message", f"hosted_power.turbostack {version}")


def git(*words: str) -> str:
    answer = subprocess.run(
        ["git", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
