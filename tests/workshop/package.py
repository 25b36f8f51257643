# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the tarball, installs it into an empty folder, has each plugin explained there, and Galaxy's importer look.

python3 -m workshop.package        # leaves the tarball in build/
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from . import build_tree, environments, surroundings
from .places import BUILD

#: The plugins that ansible-doc knows, by their folder in plugins/.
DOCUMENTED = {"modules": "module", "inventory": "inventory", "lookup": "lookup", "filter": "filter"}

#: What a user of the collection gets; anything else does not belong into the tarball.
SHIPPED = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "FILES.json",
    "LICENSE",
    "LICENSES",
    "MANIFEST.json",
    "Makefile",
    "README.md",
    "REUSE.toml",
    "SECURITY.md",
    ".ansible-lint",
    ".yamllint",
    "bindep.txt",
    "changelogs",
    "docs",
    "examples",
    "extensions",
    "meta",
    "playbooks",
    "plugins",
    "pyproject.toml",
    "requirements.txt",
    "roles",
    "tests",
}


def build(collection: Path, variables: dict[str, str]) -> Path:
    for old in BUILD.glob("hosted_power-turbostack-*.tar.gz"):
        old.unlink()
    command = ["ansible-galaxy", "collection", "build", "--output-path", str(BUILD)]
    subprocess.run(command, cwd=collection, env=variables, check=True)
    (tarball,) = BUILD.glob("hosted_power-turbostack-*.tar.gz")
    return tarball


def unexpected(tarball: Path) -> set[str]:
    with tarfile.open(tarball) as archive:
        return {Path(name).parts[0] for name in archive.getnames()} - SHIPPED


def install(tarball: Path, variables: dict[str, str]) -> Path:
    """Install without asking a server; returns the collection's folder."""
    target = BUILD / "installed"
    shutil.rmtree(target, ignore_errors=True)
    # The checkout's own link would pass for an installed collection.
    variables["ANSIBLE_COLLECTIONS_PATH"] = str(target)
    command = ["ansible-galaxy", "collection", "install", "--offline", "-p", str(target)]
    subprocess.run([*command, str(tarball)], env=variables, check=True)
    return target / build_tree.COLLECTION


def undocumented(collection: Path, variables: dict[str, str]) -> list[str]:
    """The plugins of the installed collection that ansible-doc does not explain."""
    missing = []
    for folder, kind in DOCUMENTED.items():
        names = plugin_names(collection / "plugins" / folder)
        if not names:
            continue
        print(f"{kind}: {', '.join(names)}", flush=True)
        command = ["ansible-doc", "--json", "-t", kind, *names]
        answer = subprocess.run(command, env=variables, stdout=subprocess.PIPE, check=False)
        # One plugin that cannot be explained leaves the others without an explanation too.
        explained = json.loads(answer.stdout) if answer.returncode == 0 else {}
        missing += [name for name in names if not explained.get(name, {}).get("doc")]
    return missing


def plugin_names(folder: Path) -> list[str]:
    """One for each file."""
    stems = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    return [f"hosted_power.turbostack.{stem}" for stem in stems]


def imported(tarball: Path) -> bool:
    """Whether Galaxy would take it; what the importer says of it is printed where it would not."""
    programs = environments.ensure("importer")
    # Run in an empty folder, as the importer would look at the checkout too.
    with tempfile.TemporaryDirectory() as folder:
        command = [str(programs / "python"), "-m", "galaxy_importer.main", str(tarball)]
        said = subprocess.run(
            command,
            cwd=folder,
            env=surroundings.variables(programs),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    accepted = said.returncode == 0 and "processing completed successfully" in said.stdout
    if not accepted:
        print(said.stdout)
    return accepted


def made_of(copy: Path) -> Path | None:
    """The tarball of a copy of the collection; None, after the reasons are told, where it is not fit to publish."""
    variables = surroundings.variables(environments.ensure("tools"))
    try:
        tarball = build(copy, variables)
        collection = install(tarball, variables)
    except subprocess.CalledProcessError as failure:
        print(failure)
        return None
    if stray := unexpected(tarball):
        print(f"these do not belong into the tarball: {', '.join(sorted(stray))}")
        return None
    if missing := undocumented(collection, variables):
        print(f"ansible-doc does not explain: {', '.join(missing)}")
        return None
    if not imported(tarball):
        print("galaxy-importer refuses the tarball")
        return None
    print(f"{tarball.name}: {tarball.stat().st_size // 1024} KiB")
    return tarball


def main() -> int:
    return int(made_of(build_tree.copy("package")) is None)


if __name__ == "__main__":
    sys.exit(main())
