# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the collection doing its whole job, as docs/quickstart/ tells it, against a simulated platform."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import build_tree, environments, simulated_platform, surroundings
from .places import ROOT, VENVS

FLEET = "docs/quickstart/fleet.turbostack.yml"
PLAYBOOK = "docs/quickstart/quickstart.yml"

#: Enough hosts for a picture of a fleet, few enough to read.
HOSTS = 12

#: Deployments that take a few seconds, so that their progress is to be seen.
PACE = ("--switch", "deploy_queued_seconds=1", "--switch", "deploy_running_seconds=6")

INTRODUCTION = """\
A simulated TurboStack platform with {hosts} hosts listens on {url}.
To copy the commands below, start such a platform yourself, in another terminal, with
`make simulator ARGS="--hosts {hosts}"`, and copy the line with `export` that it prints first.
"""

FAREWELL = """\
That was all against a simulation. To work with the real platform:

  1. Make a token in the platform's web interface: Profile settings, Personal Access Token (API).
  2. export TURBOSTACK_API_TOKEN=...      and leave TURBOSTACK_API_URL unset
  3. {graph}
  4. Edit {playbook}: say under `hosts:` which of your hosts it is about, and under `config:`
     what they are to have. Look at what it would do first, with --check --diff.
"""


def main() -> int:
    # Stopped from outside, the simulator is to stop too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    started = time.monotonic()
    say("Preparing .venvs/demo; this takes a moment the first time.")
    bin_folder = environments.ensure_demo()
    with simulated_platform.started(bin_folder, "--hosts", str(HOSTS), *PACE) as platform:
        variables = environment(bin_folder, platform)
        say(INTRODUCTION.format(hosts=HOSTS, url=platform.url))
        collections = variables["ANSIBLE_COLLECTIONS_PATH"]
        print(f"$ export ANSIBLE_COLLECTIONS_PATH={shlex.quote(collections)}")
        run(GRAPH, variables)
        say("First run: the configuration changes, and the hosts are deployed.")
        run(PLAY, variables)
        before = platform.writes()
        say("Second run: everything is as it should be.")
        run(PLAY, variables)
        if platform.writes() != before:
            say("The second run changed something, which it should not have.")
            return 1
    say(FAREWELL.format(graph=shlex.join(GRAPH), playbook=PLAYBOOK))
    say(f"Done in {time.monotonic() - started:.0f} s.")
    return 0


PROGRAMS = VENVS.relative_to(ROOT) / "demo" / "bin"
GRAPH = [f"{PROGRAMS}/ansible-inventory", "-i", FLEET, "--graph"]
PLAY = [f"{PROGRAMS}/ansible-playbook", "-i", FLEET, PLAYBOOK, "--diff"]


def environment(bin_folder: Path, platform: simulated_platform.Platform) -> dict[str, str]:
    variables = surroundings.variables(bin_folder)
    variables["ANSIBLE_COLLECTIONS_PATH"] = str(build_tree.link().relative_to(ROOT))
    variables["TURBOSTACK_API_URL"] = platform.url
    variables["TURBOSTACK_API_TOKEN"] = platform.token
    if sys.stdout.isatty():
        del variables["NO_COLOR"]
    return variables


def run(command: list[str], variables: dict[str, str]) -> None:
    print(f"$ {shlex.join(command)}\n", flush=True)
    ended = subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, check=False)
    if ended.returncode != 0:
        raise SystemExit(f"\nThis failed (exit code {ended.returncode}): {shlex.join(command)}")


def say(text: str) -> None:
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
