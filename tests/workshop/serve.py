# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulator for people, who stop it with Ctrl-C; further arguments are the simulator's.

python3 -m workshop.serve --hosts 200
"""

from __future__ import annotations

import os
import sys

from . import build_tree, environments
from .places import ROOT, VENVS

HINT = """\
# Copy these two lines into another terminal, in this folder; then everything in docs/quickstart works there.
export PATH="$PWD/{programs}:$PATH" ANSIBLE_COLLECTIONS_PATH="$PWD/{collections}"
"""


def main(arguments: list[str]) -> None:
    python = str(environments.ensure_demo() / "python")
    programs = (VENVS / "demo" / "bin").relative_to(ROOT)
    collections = build_tree.link().relative_to(ROOT)
    print(HINT.format(programs=programs, collections=collections), end="", flush=True)
    os.chdir(ROOT)
    variables = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    os.execve(python, [python, "-m", "simulator", *arguments], variables)


if __name__ == "__main__":
    main(sys.argv[1:])
