# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Ansible controller of a test's own: real commands in surroundings that are known."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from simulator import Simulator
from workshop.places import ROOT

from . import check_mode_guard, results, return_guard, secrets_guard
from .results import Run

#: Seconds after which a command hangs rather than works.
TIME_LIMIT = 120

CALLBACKS = Path(__file__).parent / "callback_plugins"

#: What a test gives a command: text, or what becomes YAML.
Content = str | Mapping[str, Any] | Sequence[Any]


#: Who commits, where a document has the reader commit.
_PERSON = {
    "GIT_AUTHOR_NAME": "An Peeters",
    "GIT_AUTHOR_EMAIL": "an@agency.example",
    "GIT_COMMITTER_NAME": "An Peeters",
    "GIT_COMMITTER_EMAIL": "an@agency.example",
}


class Controller:
    """Runs the commands of one ansible-core in a folder of its own, and guards over each run.

    Every run fails the test if it was in check mode and sent a write, if Jinja of the API was executed, if
    a planted secret is to be found in anything that it left behind, if a task of the collection returned
    something else than it documents, or if it ends or warns otherwise than the test expects.

    :param programs: the folder with `ansible-playbook` and the others.
    :param collections: the folder with `ansible_collections` in it.
    :param folder: an empty folder; home, temporary files, caches and logs lie in it.
    """

    def __init__(
        self, programs: Path, collections: Path, folder: Path, simulator: Simulator
    ) -> None:
        self.folder = folder
        self.simulator = simulator
        self._programs = programs
        self._inputs: set[Path] = set()
        self._task_results = folder / "task-results.jsonl"
        for part in ("home", "tmp", "work"):
            (folder / part).mkdir()
        self._variables = {
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "LC_ALL": "C.UTF-8",
            # Modules run from the checkout, and it stays as it is.
            "PYTHONDONTWRITEBYTECODE": "1",
            "ANSIBLE_CONFIG": str(self.write("ansible.cfg", "")),
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_HOME": str(folder / "home" / ".ansible"),
            "ANSIBLE_LOG_PATH": str(folder / "ansible.log"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
            "ANSIBLE_CALLBACKS_ENABLED": "task_results",
            "E2E_TASK_RESULTS": str(self._task_results),
            "TURBOSTACK_API_URL": simulator.url,
            "TURBOSTACK_API_TOKEN": simulator.token,
        }
        local = {"ansible_connection": "local", "ansible_python_interpreter": programs / "python"}
        variables = {name: str(value) for name, value in local.items()}
        self.localhost = self.write("localhost.yml", {"all": {"hosts": {"localhost": variables}}})

    def write(self, name: str, content: Content) -> Path:
        """Write a file of the test's own, by its name in the working folder."""
        path = self.folder / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        self._inputs.add(path)
        return path

    def playbook(
        self,
        plays: Content,
        *arguments: str,
        inventory: Path | None = None,
        environment: Mapping[str, str | None] | None = None,
        fails: bool = False,
        warns: bool = False,
    ) -> Run:
        """Run a playbook; on `localhost` alone if no inventory is given. See `command`."""
        book = self.write("playbook.yml", plays)
        return self.command(
            "ansible-playbook",
            "-i",
            str(inventory or self.localhost),
            str(book),
            *arguments,
            environment=environment,
            fails=fails,
            warns=warns,
        )

    def tasks(self, *tasks: Mapping[str, Any], hosts: str = "localhost", **play: Any) -> list[Any]:
        """A play of these tasks for `playbook`, with further keywords of a play."""
        return [{"hosts": hosts, "gather_facts": False, **play, "tasks": list(tasks)}]

    def inventory(
        self,
        source: Path,
        *arguments: str,
        environment: Mapping[str, str | None] | None = None,
        fails: bool = False,
        warns: bool = False,
    ) -> Run:
        """Run ansible-inventory over a source, with `--list` if nothing else is asked for."""
        return self.command(
            "ansible-inventory",
            "-i",
            str(source),
            *(arguments or ("--list",)),
            environment=environment,
            fails=fails,
            warns=warns,
        )

    def command(
        self,
        program: str,
        *arguments: str,
        environment: Mapping[str, str | None] | None = None,
        fails: bool = False,
        warns: bool = False,
    ) -> Run:
        """Run a command of Ansible's in the working folder.

        :param environment: variables to add; those that are None are taken away.
        :param fails: whether a command is expected to fail; it may do nothing else then.
        :param warns: whether warnings are expected; without, one fails the test.
        """
        run = self._run((program, *arguments), str(self._programs / program), environment or {})
        self._judge(run, fails)
        assert warns or not run.warnings, f"nobody expected a warning\n{run}"
        return run

    def shell(self, line: str, *, answers: str = "", fails: bool = False) -> Run:
        """Have a line of a document executed by the shell; a C(cd) lasts, and warnings are the document's.

        :param answers: what a person types where the command asks.
        """
        words = tuple(shlex.split(line, comments=True))
        script = f'{line}\nended=$?; pwd >"$E2E_FOLDER"; exit $ended'
        kept = self.folder / "shell-folder"
        run = self._run(
            words,
            "/bin/bash",
            {"E2E_FOLDER": str(kept), **_PERSON},
            arguments=("-c", script),
            folder=Path(kept.read_text(encoding="utf-8").strip()) if kept.exists() else None,
            answers=answers,
        )
        self._judge(run, fails)
        return run

    def _run(
        self,
        command: tuple[str, ...],
        program: str,
        environment: Mapping[str, str | None],
        *,
        arguments: tuple[str, ...] | None = None,
        folder: Path | None = None,
        answers: str = "",
    ) -> Run:
        variables = self._variables | dict(environment)
        self._task_results.unlink(missing_ok=True)
        before = len(self.simulator.requests)
        ended = subprocess.run(
            [program, *(command[1:] if arguments is None else arguments)],
            cwd=folder or self.folder / "work",
            env={name: value for name, value in variables.items() if value is not None},
            input=answers,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        run = Run(
            command=command,
            returncode=ended.returncode,
            stdout=ended.stdout,
            stderr=ended.stderr,
            results=results.read(self._task_results),
            requests=tuple(self.simulator.requests[before:]),
        )
        self._guard(run)
        return run

    def _judge(self, run: Run, fails: bool) -> None:
        assert (run.returncode != 0) == fails, (
            f"this was expected to {'fail' if fails else 'work'}\n{run}"
        )

    def _guard(self, run: Run) -> None:
        # Secrets come first: the other guard shows what the run printed.
        secrets_guard.guard_text("standard output", run.stdout)
        secrets_guard.guard_text("standard error", run.stderr)
        self.guard_files()
        self._guard_execution(run)
        check_mode_guard.guard(run)
        return_guard.guard(run)

    def _guard_execution(self, run: Run) -> None:
        """Jinja in what the API says would leave a file `executed` wherever a command had its folder."""
        folders = (self.folder, ROOT / "playbooks", ROOT / "roles", ROOT / "docs")
        found = [path for folder in folders for path in folder.rglob("executed")]
        for path in found:
            path.unlink()
        assert not found, f"text of the API was executed, and left {found}\n{run}"

    def guard_files(self) -> None:
        """Look for secrets in all files; once more at the end, as tasks may outlive their run."""
        secrets_guard.guard_files(self.folder, self._inputs)
