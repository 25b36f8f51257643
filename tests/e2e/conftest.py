# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures: a simulator, a controller connected to it, and the ansible-core that is under test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import Fleet, Simulator
from workshop import build_tree, environments
from workshop.steps import NEWEST_CORE, SUPPORTED_CORES

from .controller import Controller

VERSIONS = """
import platform
from ansible.release import __version__
print("ansible-core", __version__, "on Python", platform.python_version())
"""

CONNECTIONS = Path(__file__).parent / "connection_plugins"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("ansible-core under test (default: that of the running Python)")
    group.addoption("--core", metavar="VERSION", help="one of the workshop's, as in 2.19")
    group.addoption("--ansible-bin", metavar="DIR", help="the folder of ansible-playbook")


def pytest_configure(config: pytest.Config) -> None:
    """The folder of the commands under test, once for all workers."""
    if core := config.getoption("--core"):
        config.option.ansible_bin = str(environments.ensure(f"core-{core}"))
    elif not config.getoption("--ansible-bin"):
        config.option.ansible_bin = str(Path(sys.executable).parent)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Prove once what no release of ansible-core can change, and twice what changed with one of them."""
    core = config.getoption("--core")
    if core in (None, NEWEST_CORE):
        return
    proved = {"newest_core"} if core == SUPPORTED_CORES[0] else {"newest_core", "outer_cores"}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in proved)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_report_header(config: pytest.Config) -> str:
    programs = config.getoption("--ansible-bin")
    command = [f"{programs}/python", "-c", VERSIONS]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return f"under test: {said.strip()} ({programs})"


@pytest.fixture(scope="session")
def programs(pytestconfig: pytest.Config) -> Path:
    """The folder with the commands of the ansible-core under test."""
    return Path(pytestconfig.getoption("--ansible-bin"))


@pytest.fixture(scope="session")
def core(programs: Path) -> tuple[int, ...]:
    """The version of ansible-core under test, as in (2, 19)."""
    source = "from ansible.release import __version__; print(__version__)"
    command = [str(programs / "python"), "-c", source]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in version.split(".")[:2])


@pytest.fixture
def fleet() -> Fleet:
    """The hosts, groups and clients of the platform; a test module may have its own."""
    return Fleet.generate(hosts=12, seed=1)


@pytest.fixture
def simulator(fleet: Fleet) -> Iterator[Simulator]:
    """The platform, listening."""
    with Simulator(fleet=fleet) as started:
        yield started


@pytest.fixture
def ansible(
    programs: Path, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Controller]:
    """A controller whose environment names the simulator and its admin token."""
    # Not `tmp_path`, which bears the test's name: ansible-core puts a socket under TMPDIR, and the path of
    # a socket has to be shorter than 108 characters.
    folder = tmp_path_factory.mktemp("controller")
    controller = Controller(programs, build_tree.link(), folder, simulator)
    yield controller
    controller.guard_files()


@pytest.fixture
def bastion(ansible: Controller) -> dict[str, str]:
    """The keywords that send a task to another machine."""
    python = str(ansible._programs / "python")
    ansible.localhost = ansible.write(
        "hosts.yml",
        {
            "all": {
                "hosts": {
                    "localhost": {
                        "ansible_connection": "local",
                        "ansible_python_interpreter": python,
                    },
                    "bastion": {
                        "ansible_connection": "bastion",
                        "ansible_python_interpreter": python,
                    },
                }
            }
        },
    )
    ansible._variables["ANSIBLE_CONNECTION_PLUGINS"] = str(CONNECTIONS)
    # Where the home is not the user's own, Ansible looks for its background jobs in the wrong one.
    ansible._variables["ANSIBLE_ASYNC_DIR"] = str(ansible.folder / "home" / "jobs")
    return {"delegate_to": "bastion"}
