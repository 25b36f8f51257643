# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout without Ansible around it: of the hosts that a test names, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    TurboStackError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    TaskContext,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    Validation,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.findings import (
    OFF,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job import job
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.journal import (
    Journal,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.owning import (
    Pruning,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.pages_asking import (
    Expected,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.planning import (
    Member,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.port import Wanted
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import (
    Doubt,
    Gate,
    Patience,
    Recovery,
    Terms,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.ownership.record import (
    Records,
)


@dataclass(frozen=True)
class OneRun:
    """What is rolled out, as JSON can hold it.

    :ivar hosts: their names by id, which JSON makes a text.
    :ivar prunes: whether what the configuration named before goes once it does not any more.
    """

    url: str
    token: str
    folder: str
    hosts: Mapping[str, str]
    config: dict[str, Any]
    state: str = "merged"
    timeout: float = 60
    limits: Mapping[str, float] = field(default_factory=dict)
    serial: tuple[str, ...] = ("100%",)
    max_fail: float = 0
    doubt: str = "deploy"
    allow_empty: bool = False
    prunes: bool = False
    conflicts: str = "fail"
    limit: int = 50
    recover: str = "continue"
    until: str = ""

    def run(self, *, check_mode: bool = False, shown: list[str] | None = None) -> dict[str, Any]:
        """The job's result.

        :raises TurboStackError: as the job does.
        """
        given = {"api_url": self.url, "api_token": self.token, "api_retry_max_delay": 0.05}
        api = Api(Settings.resolve(given, {}))
        policy = Policy(allow_empty=self.allow_empty)
        records = Records.of(f"{self.folder}/ownership", "fleet")
        pruning = Pruning(records, self.limit, self.conflicts) if self.prunes else None
        members = [
            Member(
                name,
                int(number),
                Wanted(self.config, self.state, policy, Validation(OFF, ())),
                Terms(
                    f"host {name}",
                    doubt=Doubt(self.doubt),
                    timeout=self.timeout,
                    interval=0.2,
                    recovery=Recovery(self.recover),
                    gate=Gate(limits=self.limits, health=Patience(0, 0)),
                    policy=policy,
                ),
                journal := Journal(self.folder, name, int(number)),
                owning=pruning and pruning.of_host(journal.stem, name, int(number)),
            )
            for number, name in self.hosts.items()
        ]
        wanted = job.Job(
            members=members,
            serial=self.serial,
            parallel=50,
            max_fail=self.max_fail,
            folder=self.folder,
            words={},
            expected=dict.fromkeys(self.hosts.values(), Expected()),
            pages_of=dict.fromkeys(self.hosts.values(), lambda document: ((), ())),
            owner=job.this_run("7"),
            pruning=pruning,
            until=datetime.fromisoformat(self.until) if self.until else None,
        )
        lines = [] if shown is None else shown
        context = TaskContext(check_mode=check_mode, show=lines.append)
        result: dict[str, Any] = job.run(wanted, api, context)
        return result

    def started(self) -> subprocess.Popen[str]:
        """The same in a process of its own, which writes the result as JSON."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return subprocess.Popen(
            [sys.executable, __file__, json.dumps(asdict(self))],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a process of its own wrote, and nothing where it was killed."""
    said, _nothing = process.communicate(timeout=300)
    result: dict[str, Any] = json.loads(said) if process.returncode == 0 else {}
    return result


if __name__ == "__main__":
    try:
        print(json.dumps(OneRun(**json.loads(sys.argv[1])).run()))
    except TurboStackError as error:
        print(json.dumps({"error": error.kind, "msg": str(error)}))
