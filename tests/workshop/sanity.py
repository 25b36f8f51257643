# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs `ansible-test sanity` over a copy of the collection, with one ansible-core.

python3 -m workshop.sanity 2.21                              # every test
python3 -m workshop.sanity 2.16 validate-modules import      # some
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from . import build_tree, environments, pip_bootstrap, surroundings

#: What ansible-test says when it looked at nothing, and still ends with success.
LOOKED_AT_NOTHING = "All targets skipped"


def main(core: str, tests: list[str]) -> int:
    name = f"core-{core}"
    bin_folder = environments.ensure(name)
    collection = build_tree.copy(f"sanity-{core}")
    if (ignored := list(collection.glob("tests/sanity/ignore-*"))) != []:
        print(f"ignore files are not wanted: {', '.join(path.name for path in ignored)}")
        return 1
    variables = surroundings.variables(bin_folder)
    pip_bootstrap.provide(bin_folder, Path(variables["HOME"]))
    command = [str(bin_folder / "ansible-test"), "sanity", "--local", "--color", "no"]
    for test in tests:
        command += ["--test", test]
    print("$", *command, flush=True)
    process = subprocess.Popen(
        command,
        cwd=collection,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    looked = True
    for line in process.stdout:
        print(line, end="", flush=True)
        looked = looked and LOOKED_AT_NOTHING not in line
    return process.wait() or int(not looked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
