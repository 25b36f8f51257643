# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual environments under `.venvs/`, each made once for its Python and its requirements.

python3 -m workshop.environments            # all of them
python3 -m workshop.environments tools      # one; prints its bin folder
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import interpreters
from .places import REQUIREMENTS, VENVS


class NoInterpreter(Exception):
    """No Python that would do for an environment is on this machine."""


@dataclass(frozen=True)
class Environment:
    """An environment: `requirements/<name>.txt` on the first of `pythons` that the machine has."""

    name: str
    pythons: tuple[str, ...]

    @property
    def requirements(self) -> Path:
        return REQUIREMENTS / f"{self.name}.txt"


# The first Python of each is the one that the collection promises; the others stand in for it.
ENVIRONMENTS = {
    environment.name: environment
    for environment in (
        Environment("tools", ("3.13", "3.12", "3.11", "3.14")),
        Environment("oldest", ("3.10",)),
        Environment("importer", ("3.11", "3.12", "3.13")),
        Environment("runner", ("3.13", "3.12", "3.11", "3.14")),
        Environment("site", ("3.13", "3.12", "3.14")),
        Environment("rulebook", ("3.13", "3.12", "3.11")),
        Environment("core-2.16", ("3.11", "3.12", "3.10")),
        Environment("core-2.18", ("3.11", "3.12", "3.13")),
        Environment("core-2.19", ("3.11", "3.12", "3.13")),
        Environment("core-2.20", ("3.12", "3.13", "3.14")),
        Environment("core-2.21", ("3.13", "3.12", "3.14")),
        Environment("core-2.22", ("3.13", "3.14")),
        Environment("publication", ("3.13", "3.12", "3.11")),
    )
}


def content(requirements: Path) -> str:
    """A requirements file with the files that it includes."""
    lines = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if included := re.fullmatch(r"-r (\S+)", line):
            lines.append(content(requirements.parent / included[1]))
        else:
            lines.append(line)
    return "\n".join(lines)


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Two commands at the same time make an environment once."""
    VENVS.mkdir(exist_ok=True)
    with (VENVS / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*command: str | Path) -> None:
    """Run a command whose output is of interest only if it fails."""
    answer = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if answer.returncode != 0:
        shown = " ".join(str(part) for part in command)
        raise SystemExit(f"{answer.stdout[-3000:]}\nThis failed: {shown}")


def point_to(folder: Path, link: Path) -> None:
    """Let people find the current environment by its plain name."""
    if not (link.is_symlink() and link.readlink() == Path(folder.name)):
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name, target_is_directory=True)


def make(name: str, version: str, interpreter: Path, requirements: Path) -> Path:
    """Make the environment, unless it is there, in place of its predecessors; returns its bin."""
    key = hashlib.sha256(content(requirements).encode()).hexdigest()[:8]
    folder = VENVS / f"{name}-py{version}-{key}"
    complete = folder / ".complete"
    with only_one(name):
        # Its python is a link to the interpreter, which may have gone.
        if not complete.exists() or not (folder / "bin" / "python").exists():
            for old in VENVS.glob(f"{name}-py*"):
                shutil.rmtree(old)
            run(interpreter, "-m", "venv", folder)
            run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", requirements)
            complete.touch()
        point_to(folder, VENVS / name)
    return folder / "bin"


def python_for(name: str) -> tuple[str, Path]:
    """The version and the path of the interpreter that the environment is made with."""
    wanted = ENVIRONMENTS[name].pythons
    found = interpreters.first_of(wanted)
    if found is None:
        raise NoInterpreter(f"no Python {' or '.join(wanted)} on this machine")
    return found


def ensure(name: str) -> Path:
    """The bin folder of an environment of the table above, made if need be."""
    version, interpreter = python_for(name)
    return make(name, version, interpreter, ENVIRONMENTS[name].requirements)


def ensure_demo() -> Path:
    """The bin folder of the environment for trying things out, on the Python that is running."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return make("demo", version, Path(sys.executable), REQUIREMENTS / "demo.txt")


def ensure_if_possible(name: str) -> None:
    with suppress(NoInterpreter):
        ensure(name)


def main(names: list[str]) -> None:
    for name in names or ENVIRONMENTS:
        try:
            print(ensure(name))
        except NoInterpreter as missing:
            print(f"{name}: {missing}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
