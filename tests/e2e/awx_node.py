# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as a node of AWX runs them: by ansible-runner, in a private data folder of the shape that AWX makes.

Beside the kit's repository, a job has its inventory as a script that prints what the last update of it found, its
variables, and the environment that credentials and AWX itself bring. It has no home, and keeps nothing but its events.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from workshop import environments
from workshop.places import ROOT

from . import secrets_guard
from .controller import Controller

KIT = ROOT / "extensions" / "awx"
TIME_LIMIT = 120

Inventory = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads what Ansible reads."""


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    return loader.construct_scalar(node)


_Loader.add_constructor("!unsafe", _text)


def configuration() -> dict[str, Any]:
    """The kit's objects, as they are written down."""
    text = (KIT / "configuration.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506
    return found


def launch_variables(playbook: str, volume: Path) -> dict[str, Any]:
    """What the template of a playbook hands to a job whose survey nobody has changed."""
    (template,) = (
        one
        for one in configuration()["turbostack_awx_templates"]
        if one["playbook"] == f"playbooks/{playbook}.yml"
    )
    own = {
        "turbostack_awx_volume": str(volume),
        "turbostack_awx_commit_author": "Fleet <fleet@ts.example>",
        "turbostack_awx_backup_push": "false",
    }
    text = json.dumps(template["extra_vars"])
    for name, value in own.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    questions = template.get("survey_spec", {}).get("spec", [])
    return {**json.loads(text), **{one["variable"]: one["default"] for one in questions}}


@dataclass(frozen=True)
class Ended:
    """A job that is over, as AWX knows it."""

    status: str
    output: str
    events: tuple[dict[str, Any], ...]

    @cached_property
    def summary(self) -> dict[str, Any]:
        """What its last event says of its hosts; nothing of a job that was cancelled."""
        found = [one for one in self.events if one["event"] == "playbook_on_stats"]
        return dict(found[-1]["event_data"]) if found else {}

    @property
    def failed_hosts(self) -> list[str]:
        """Those that a relaunch on failed hosts is limited to."""
        return sorted({**self.summary.get("failures", {}), **self.summary.get("dark", {})})

    @property
    def artifacts(self) -> dict[str, Any]:
        """What it hands on, to the next job of a workflow for instance."""
        return dict(self.summary.get("artifact_data", {}))


class Job:
    """A job that was started."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def cancel(self) -> None:
        """As AWX does: a signal to the runner, which then kills everything that belongs to the job."""
        self._process.send_signal(signal.SIGTERM)

    def ended(self) -> Ended:
        """Wait for its end."""
        said, _nothing = self._process.communicate(timeout=TIME_LIMIT)
        (artifacts,) = (self._folder / "artifacts").iterdir()
        output = (artifacts / "stdout").read_text(encoding="utf-8")
        events = [
            json.loads(path.read_text(encoding="utf-8"))
            for path in (artifacts / "job_events").glob("*.json")
        ]
        secrets_guard.guard_text("the job's output", said + output)
        secrets_guard.guard_files(artifacts / "job_events", ())
        return Ended(
            (artifacts / "status").read_text(encoding="utf-8"),
            output,
            tuple(sorted(events, key=lambda one: int(one["counter"]))),
        )


class Node:
    """A node with a volume, and the kit's repository.

    :param folder: where private data folders are made, which hold the token.
    """

    def __init__(self, ansible: Controller, folder: Path) -> None:
        self._ansible = ansible
        self._folder = folder
        self._launched = 0
        self.volume = folder / "volume"
        (self.volume / "rollout").mkdir(parents=True)
        self.repository = folder / "repository"
        shutil.copytree(KIT / "project", self.repository)

    def commit(self, name: str, content: Any) -> None:
        """A file of the repository."""
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")

    def synced(self, *sources: str) -> Inventory:
        """What an update of the inventory finds; with further sources, such as a constructed one's."""
        found = self._ansible.command(
            "ansible-inventory",
            *("--list", "--export", "--playbook-dir", str(self.repository)),
            *(part for name in sources for part in ("-i", str(self.repository / name))),
            environment={"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True"},
        )
        inventory: Inventory = found.json()
        return inventory

    def launched(
        self,
        playbook: str,
        inventory: Inventory,
        *,
        limit: Iterable[str] = (),
        credential: Mapping[str, str] | None = None,
        **variables: Any,
    ) -> Job:
        """Start a template's job, as a launch with these answers does."""
        self._launched += 1
        number = self._launched
        folder = self._folder / f"job-{number}"
        shutil.copytree(self.repository, folder / "project")
        (folder / "env").mkdir()
        script = folder / "inventory" / "hosts"
        script.parent.mkdir()
        script.write_text(f"#!/usr/bin/env python3\nprint({json.dumps(inventory)!r})\n")
        script.chmod(0o700)
        environment = {
            "JOB_ID": str(number),
            "AWX_PRIVATE_DATA_DIR": str(folder),
            "PROJECT_REVISION": "0" * 40,
            "ANSIBLE_CONFIG": str(folder / "project" / "ansible.cfg"),
            **(credential or {}),
        }
        (folder / "env" / "envvars").write_text(json.dumps(environment))
        (folder / "env" / "extravars").write_text(
            json.dumps({**launch_variables(playbook, self.volume), **_marks(number), **variables})
        )
        chosen = ",".join(limit)
        process = subprocess.Popen(
            [
                str(environments.ensure("runner") / "ansible-runner"),
                *("run", str(folder), "-p", f"playbooks/{playbook}.yml", "--ident", str(number)),
                *(("--limit", chosen) if chosen else ()),
                "--quiet",
            ],
            env={name: str(value) for name, value in self._ansible._variables.items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Job(process, folder)

    def run(self, playbook: str, inventory: Inventory, **launch: Any) -> Ended:
        """Launch a job, and wait for its end."""
        return self.launched(playbook, inventory, **launch).ended()


def _marks(number: int) -> dict[str, Any]:
    """What AWX tells every job of itself."""
    about = {"job_id": number, "job_launch_type": "manual"}
    return {f"{it}_{name}": value for it in ("awx", "tower") for name, value in about.items()}


def without(inventory: Inventory, left_out: Callable[[str], bool]) -> Inventory:
    """A job's inventory without the hosts that are disabled, or of another slice: they are nowhere in it."""
    kept: Inventory = {}
    for name, group in inventory.items():
        if name == "_meta":
            hosts = {host: one for host, one in group["hostvars"].items() if not left_out(host)}
            kept[name] = {"hostvars": hosts}
        elif "hosts" in group:
            kept[name] = {**group, "hosts": [one for one in group["hosts"] if not left_out(one)]}
        else:
            kept[name] = group
    return kept
