# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program of the tools' environment at the top of the checkout.

python3 -m workshop.tool ruff format
"""

from __future__ import annotations

import os
import sys

from . import build_tree, environments, surroundings
from .places import ROOT

if __name__ == "__main__":
    bin_folder = environments.ensure("tools")
    build_tree.link()
    os.chdir(ROOT)
    program = str(bin_folder / sys.argv[1])
    os.execve(program, sys.argv[1:], surroundings.variables(bin_folder))
