# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs steps on all cores, each to its end; their output goes to build/logs/."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from . import build_tree, environments, surroundings
from .places import LOGS, REPORTS, ROOT
from .results import Outcome, Result
from .steps import Step

#: Lines of its log that a failed step shows.
TAIL = 40

#: Seconds after which a step hangs rather than works.
TIME_LIMIT = 1500


def run_all(steps: Iterable[Step], arguments: list[str]) -> list[Result]:
    """Run the steps as cores are free; the results come in the order of the steps."""
    steps = list(steps)
    for folder in (LOGS, REPORTS):
        folder.mkdir(parents=True, exist_ok=True)
    build_tree.link()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as cores:
        make_environments(steps, cores)
        running = {cores.submit(run, step, arguments): step for step in steps}
        results = {}
        try:
            for future in as_completed(running):
                result = future.result()
                results[result.step.name] = result
                tell(result)
        except KeyboardInterrupt:
            cores.shutdown(wait=False, cancel_futures=True)
            raise
    return [results[step.name] for step in steps]


def make_environments(steps: list[Step], cores: ThreadPoolExecutor) -> None:
    """All environments first, so that a step's time is its own."""
    started = time.monotonic()
    names = dict.fromkeys(name for step in steps for name in step.environments)
    list(cores.map(environments.ensure_if_possible, names))
    print(f"{'environments':<14} ready    {time.monotonic() - started:6.1f} s", flush=True)


def run(step: Step, arguments: list[str]) -> Result:
    try:
        versions = [environments.python_for(name)[0] for name in step.environments]
        folders = [environments.ensure(name) for name in step.environments]
    except environments.NoInterpreter as missing:
        return Result(step, Outcome.NOT_RUN, reason=str(missing))
    if step.lacking and (reason := step.lacking()):
        return Result(step, Outcome.NOT_RUN, reason=reason)
    log = LOGS / f"{step.name}.log"
    if step.report:
        step.report.unlink(missing_ok=True)
    command = [*step.command, *(arguments if step.report else [])]
    variables = surroundings.variables(folders[0]) | step.variables
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        output.write(f"$ {' '.join(command)}\n")
        output.flush()
        succeeded = run_command(command, variables, output.fileno())
    outcome = Outcome.PASSED if succeeded else Outcome.FAILED
    return Result(step, outcome, time.monotonic() - started, versions[-1], log=log)


def run_command(command: list[str], variables: dict[str, str], output: int) -> bool:
    try:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        os.write(output, f"\nstopped after {TIME_LIMIT} s\n".encode())
        return False
    return ended.returncode == 0


def tell(result: Result) -> None:
    print(result.line(), flush=True)
    if result.outcome is Outcome.FAILED and result.log:
        print(tail(result.log), flush=True)


def tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    shown = [f"    | {line}" for line in lines[-TAIL:]]
    return "\n".join([*shown, f"    all of it: {log.relative_to(ROOT)}"])
