# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The package `turbostack-simulator`: pip installs it from its folder, without a network, and it works."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import simulator
from simulator.version import VERSION

FOLDER = Path(simulator.__file__).parent
ROOT = FOLDER.parents[1]

# On an older Python, pip fetches what reads pyproject.toml.
pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="builds offline from 3.11 on")


def backend() -> ModuleType:
    file = FOLDER / "packaging" / "simulator_wheel.py"
    spec = importlib.util.spec_from_file_location("simulator_wheel", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment into which pip has installed the folder, asking nobody."""
    place = tmp_path_factory.mktemp("fresh") / "environment"
    venv.create(place, with_pip=True)
    subprocess.run(
        [place / "bin" / "pip", "install", "--no-index", "--disable-pip-version-check", FOLDER],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return place / "bin"


def said(*command: str | Path) -> str:
    # Without the checkout on its path.
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=True)
    return done.stdout


def test_it_is_installed(programs):
    assert said(programs / "turbostack-simulator", "--version") == (
        f"turbostack-simulator {VERSION}\n"
    )
    assert "bad-day: " in said(programs / "turbostack-simulator", "--list-scenarios")
    program = (
        "import importlib.metadata as m; d = m.metadata('turbostack-simulator')\n"
        "print(d['License-Expression'], d['Version'], d.get_all('Requires-Dist'))"
    )
    assert said(programs / "python", "-c", program) == f"GPL-3.0-or-later {VERSION} None\n"


def test_what_is_installed_serves(programs):
    program = (
        "import urllib.request, turbostack_simulator as t\n"
        "with t.Simulator(t.Fleet.generate(3)) as s:\n"
        "    print(urllib.request.urlopen(s.url).read().decode())\n"
    )
    assert "Simulated TurboStack platform" in said(programs / "python", "-c", program)


def test_every_module_is_in_the_wheel(tmp_path):
    builder: Any = backend()
    wheel = tmp_path / builder.build_wheel(str(tmp_path))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        licence = archive.read(f"turbostack_simulator-{VERSION}.dist-info/licenses/LICENSE")
    modules = {f"turbostack_simulator/{path.name}" for path in FOLDER.glob("*.py")}
    assert modules <= set(names)
    assert "turbostack_simulator/page.html" in names
    assert "turbostack_simulator/scenarios/bad-day.json" in names
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_a_build_is_the_same_again(tmp_path):
    builder: Any = backend()
    digests = set()
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        wheel = folder / builder.build_wheel(str(folder))
        digests.add(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_source_archive_builds_the_same_wheel(tmp_path):
    builder: Any = backend()
    sdist = tmp_path / builder.build_sdist(str(tmp_path))
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / f"turbostack_simulator-{VERSION}"
    wheel = builder.build_wheel(str(tmp_path))
    again = tmp_path / "again"
    again.mkdir()
    program = f"import simulator_wheel; simulator_wheel.build_wheel({str(again)!r})"
    subprocess.run([sys.executable, "-c", program], cwd=unpacked / "packaging", check=True)
    assert (again / wheel).read_bytes() == (tmp_path / wheel).read_bytes()


def test_imports_inside_are_relative():
    """It has another name where it is installed."""
    absolute = re.compile(r"^\s*(?:from|import) simulator\b", re.MULTILINE)
    files = sorted(FOLDER.glob("*.py"))
    assert [path.name for path in files if absolute.search(path.read_text("utf-8"))] == []
