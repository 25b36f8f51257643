# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role's variables say of the rollout of each host, typed, and what holds for the whole job."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.errors import SettingsError
from ...module_utils.document.policy import MERGED, Policy
from ...module_utils.operations.options import taken
from ...module_utils.operations.status_words import checked_words
from ...module_utils.text.escaping import escape
from ...module_utils.validation.doubts import Validation
from ..desired_config.folder import DesiredFolder
from ..desired_config.schema_option import schema_of
from ..preflight.preflight import LOOKUPS, Lookups
from .job.owning import Pruning
from .job.pages_asking import Expected
from .job.preflighting import OFF, Preflight
from .job.terms import Doubt, Gate, Patience, Recovery, Terms
from .ownership.record import Records

PREFIX = "rollout_"
CONFIG, DIRECTORY = f"{PREFIX}config", f"{PREFIX}directory"

# What one value holds for the whole job.
OF_THE_JOB = (
    *("except", "directory", "unused_files", "serial", "max_fail_percentage", "parallel", "until"),
    "report_file",
    *("journal", "journal_create", "status_words"),
    *("preflight", "preflight_resolver", "preflight_stand_ins"),
    *("prune", "prune_limit", "conflicts", "ownership"),
)


def is_given(value: Any) -> bool:
    """Whether a variable says something; an empty text is a field that nobody filled in."""
    return value is not None and not (isinstance(value, str) and not value.strip())


@dataclass(frozen=True)
class HostOptions:
    """What a host's variables say of its rollout.

    :ivar terms: but for what only its plan can tell.
    """

    state: str
    policy: Policy
    validation: Validation
    terms: Terms
    expected: Expected
    scheme: str
    path: str


def host_options(given: Mapping[str, Any], loader: DataLoader) -> HostOptions:
    """The options of one host.

    :raises PlanError: for a policy that makes no sense.
    """
    policy = Policy(
        lists=given["lists"],
        create=given["create"],
        domain_order=given["domain_order"],
        allow_other_domains=given["allow_other_domains"],
        allow_float_versions=given["allow_float_versions"],
        secret_paths=tuple(given["secret_paths"]),
        allow_empty=given["allow_empty"],
        schema=schema_of(given["schema"], loader),
        prefix=PREFIX,
    )
    gate = Gate(
        limits=given["health_limits"] or {},
        unknown=given["health_unknown"],
        health=Patience(given["health_retries"], given["health_delay"]),
        pages=given["http"],
        urls=tuple(given["http_urls"]),
        asking=Patience(given["http_retries"], given["http_delay"]),
    )
    terms = Terms(
        host="",
        doubt=Doubt(given["in_doubt"]),
        deploy_type=given["deploy_type"],
        confirm=given["confirm_delete"],
        timeout=given["deploy_timeout"],
        interval=given["deploy_poll_interval"],
        gate=gate,
        recovery=Recovery(given["recover"]),
        policy=policy,
    )
    expected = Expected(
        tuple(given["http_status"]),
        given["http_content"],
        given["http_timeout"],
        given["http_validate_certs"],
    )
    return HostOptions(
        given["state"],
        policy,
        Validation(given["validate"], tuple(given["validate_except"])),
        terms,
        expected,
        given["http_scheme"],
        given["http_path"],
    )


def same_for_all(options: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """What holds for the whole job, out of the options of each host.

    :raises AnsibleActionFail: where hosts do not agree on it.
    """
    first, *others = options.items()
    for name in OF_THE_JOB:
        for host, given in others:
            if given.get(name) != first[1].get(name):
                raise AnsibleActionFail(
                    f"{PREFIX}{name} holds for the whole rollout, and is one thing for {escape(first[0])} and another "
                    f"for {escape(host)}. Set it for all hosts, or limit the run to those that agree."
                )
    words = checked_words(first[1]["status_words"], f"{PREFIX}status_words")
    return {**first[1], "status_words": words}


def pruning_of(
    job: Mapping[str, Any], journal: str, wanted: DesiredFolder | None
) -> Pruning | None:
    """What goes because no file names it any more; None where nothing does.

    :param journal: its folder, in which the records are kept where no other one is named.
    :param wanted: the folder with the files; None where there are none.
    :raises SettingsError: for options that do not go together.
    """
    if not job["prune"]:
        return None
    if wanted is None:
        raise SettingsError(
            f"{PREFIX}prune removes what the files of {DIRECTORY} name no longer, and there are none.",
            f"Set {DIRECTORY}, or leave {PREFIX}prune out.",
        )
    folder = os.path.realpath(
        os.path.expanduser(job["ownership"] or os.path.join(journal, "ownership"))
    )
    records = Records.of(folder, os.path.basename(wanted.path))
    return Pruning(records, job["prune_limit"], job["conflicts"], wanted.vaulted)


def refuse_pruning(state: str) -> None:
    """See that a state lets the files alone say what goes.

    :raises SettingsError: where it does not.
    """
    if state != MERGED:
        raise SettingsError(
            f"{PREFIX}prune goes with {PREFIX}state merged, and not with {state}.",
            "With replaced, everything goes that the files do not name; with deleted, what they name.",
        )


def preflight_of(job: Mapping[str, Any]) -> Preflight | None:
    """What becomes of names that would get no certificate; None where nobody looks."""
    if job["preflight"] == OFF:
        return None
    defaults = {name: one["default"] for name, one in LOOKUPS.items()}
    given = {
        **defaults,
        "resolver": job["preflight_resolver"],
        "stand_ins": job["preflight_stand_ins"],
    }
    return Preflight(job["preflight"], taken(Lookups, given))
