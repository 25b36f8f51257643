# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout's job, out of the options that hold for all of it and of what is wanted of each host."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from ...module_utils.resources.configured import Configured
from ...module_utils.text.escaping import escape
from ..inventory.known_host import KnownHost
from ..plain import plain
from ..record.recorder import this_command
from .job.claims import Owner
from .job.job import Job, this_run
from .job.journal import Journal
from .job.morning import ReportFile
from .job.owning import Pruning
from .job.planning import Member
from .job.port import Wanted
from .options import HostOptions, is_given, preflight_of
from .vhost_urls import vhost_urls

# A host, a tenth of those that change, and then a quarter of them at a time.
_CAREFUL = (1, "10%", "25%")
_ALL_AT_ONCE = ("100%",)


@dataclass(frozen=True)
class JobOptions:
    """What holds for the whole job.

    :ivar given: as C(same_for_all) gives it.
    """

    given: Mapping[str, Any]
    owner: Owner

    @classmethod
    def of(cls, given: Mapping[str, Any], task_vars: Mapping[str, Any]) -> JobOptions:
        """With who runs the job, as far as a task's variables tell."""
        return cls(given, this_run(_job_number(task_vars)))

    @cached_property
    def folder(self) -> str:
        """Of the journal."""
        return os.path.realpath(os.path.expanduser(str(self.given["journal"])))

    def member(
        self,
        name: str,
        number: int,
        wanted: Wanted,
        host: HostOptions,
        known: KnownHost | None,
        pruning: Pruning | None = None,
    ) -> Member:
        """A host of the job.

        :param name: how it is called in all that is said; its journal bears it as well.
        :param pruning: what goes because no file names it any more; None where nothing does.
        """
        journal = Journal(self.folder, name, number, {"owner": str(self.owner)})
        return Member(
            name,
            number,
            wanted,
            replace(host.terms, host=f"host {escape(name)} (id {number})"),
            journal,
            known,
            pruning.of_host(journal.stem, name, number) if pruning else None,
        )

    def job(
        self,
        members: Sequence[Member],
        options: Mapping[str, HostOptions],
        *,
        at_once: bool = False,
        until: datetime | None = None,
        directory: str | None = None,
        later: Sequence[str] = (),
        read: Mapping[int, Configured] | None = None,
        pruning: Pruning | None = None,
    ) -> Job:
        """The job.

        :param options: of each host, by its name.
        :param at_once: whether it is one batch where nothing is said of batches.
        :param until: when no further batch is begun.
        :param directory: where the desired configurations lie; None where they are variables.
        :param later: hosts that are not this job's.
        :param read: hosts that were read already, by their ids.
        :param pruning: what goes because no file names it any more; None where nothing does.
        """
        given = self.given
        return Job(
            members=members,
            serial=given["serial"] or (_ALL_AT_ONCE if at_once else _CAREFUL),
            parallel=given["parallel"],
            max_fail=given["max_fail_percentage"],
            folder=self.folder,
            makes_folder=given["journal_create"],
            preflight=preflight_of(given),
            words=given["status_words"],
            expected={name: host.expected for name, host in options.items()},
            pages_of={name: _pages_of(host) for name, host in options.items()},
            owner=self.owner,
            until=until,
            directory=directory,
            later=later,
            report=self._report,
            pruning=pruning,
            read=read or {},
        )

    @property
    def _report(self) -> ReportFile | None:
        path = self.given["report_file"]
        if not is_given(path):
            return None
        return ReportFile(os.path.realpath(os.path.expanduser(path)), this_command())


def _pages_of(host: HostOptions) -> Callable[[dict[str, Any]], Any]:
    def pages(config: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = vhost_urls(config, host.scheme, host.path)
        return tuple(found["urls"]), tuple(found["skipped"])

    return pages


def _job_number(variables: Mapping[str, Any]) -> str:
    """The job of AWX that this is."""
    for name in ("awx_job_id", "tower_job_id"):
        if variables.get(name) is not None:
            return str(plain(variables[name]))
    return ""
