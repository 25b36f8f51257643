# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role certificates: read a folder and a fleet, decide, and have the rollout's job do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.client.trust import usual_authorities
from ...module_utils.config_files.vault import decryption
from ...module_utils.document.certificates import READABLE, Certificate, issuers_in
from ...module_utils.document.policy import MERGED
from ...module_utils.operations.operation import Operation, OperationFailed, Result, TaskContext
from ...module_utils.text.escaping import escape
from ..inventory.known_host import KnownHost
from ..rollout.job import job
from ..rollout.job.planning import Member
from ..rollout.job_options import JobOptions
from ..rollout.options import HostOptions
from .deciding import Deciding
from .fleet import Fleet, Host, read_fleet
from .pairs import Pairs, pairs_in
from .pem_files import read_folder
from .renewal import Renewal
from .sites import CUSTOM, TYPES
from .telling import Telling, in_a_row

OPTIONS: dict[str, dict[str, Any]] = {
    "directory": {"type": "str"},
    "hosts": {"type": "list", "elements": "str", "default": ["*"]},
    "types": {"type": "list", "elements": "str", "choices": list(TYPES), "default": [CUSTOM]},
    "warn_days": {"type": "int", "default": 30},
}

_MOST_READERS = 16


@dataclass(frozen=True)
class Certificates:
    """Which certificates go where.

    :ivar directory: of PEM files; without one the role only looks at what expires.
    :ivar hosts: patterns of names of hosts whose certificates may be replaced.
    :ivar types: of vhosts whose certificates may be replaced.
    """

    directory: str | None
    hosts: tuple[str, ...]
    types: tuple[str, ...]
    warn_days: int


@dataclass(frozen=True)
class Manner:
    """How it is rolled out: what the variables of the role rollout say.

    :ivar until: when no further batch is begun; None where nobody says.
    """

    whole: JobOptions
    host: HostOptions
    until: datetime | None


def run(wanted: Certificates, manner: Manner, api: Api, context: TaskContext) -> Result:
    """What became of each pair and vhost.

    :raises SettingsError: for options that make no sense, and where cryptography is missing.
    :raises OperationFailed: where something is wrong with the folder (nothing is sent then), or a host failed.
    """
    if not READABLE:
        raise SettingsError(
            "The role certificates needs the Python library cryptography on the controller.",
            "Install it for the Python that runs Ansible: python3 -m pip install cryptography",
        )
    now = datetime.now(timezone.utc)
    pairs = _pairs(wanted, now, context)
    deciding = Deciding(pairs.usable, wanted.types)
    readers = max(1, min(_MOST_READERS, manner.whole.given["parallel"]))
    fleet = read_fleet(api, wanted.hosts, deciding, manner.host.policy, readers)
    before = Telling(pairs, fleet, now, wanted.warn_days, {})
    for line in before.opening():
        context.show(line)
    for text in before.warnings() if wanted.directory else ():
        context.warn(text)
    rolled = _rolled_out(fleet, deciding, manner, api, context)
    told = Telling(pairs, fleet, now, wanted.warn_days, rolled)
    for text in told.expiry():
        context.warn(text)
    return _concluded({**told.result(), **_of_hosts(rolled, context)}, rolled)


def _pairs(wanted: Certificates, now: datetime, context: TaskContext) -> Pairs:
    if not wanted.directory:
        return Pairs()
    files = read_folder(wanted.directory, decryption(context.vault), context.censor)
    pairs = pairs_in(files, _is_trusted, now)
    folder = escape(wanted.directory)
    if pairs.problems:
        raise OperationFailed(
            f"The certificates in {folder} are not as they should be, and nothing was sent. "
            f"{in_a_row(pairs.problems)}",
            {"changed": False, "problems": list(pairs.problems)},
            "Mend these files, or take them out of the folder.",
        )
    if not pairs.usable and not pairs.idle:
        raise SettingsError(
            f"There is no certificate in {folder}.",
            "certificates_directory takes a folder of PEM files: certificates, their chains, and their keys.",
        )
    return pairs


def _is_trusted(last: Certificate) -> bool:
    """Whether an authority that this machine trusts has issued it."""
    try:
        with open(usual_authorities(), encoding="utf-8") as file:
            return bool(issuers_in(file.read(), last))
    except (OSError, ValueError):
        # A bundle that cannot be read vouches for nobody.
        return False


def _rolled_out(
    fleet: Fleet, deciding: Deciding, manner: Manner, api: Api, context: TaskContext
) -> Result:
    hosts = [host for host in fleet.hosts if host.is_meant and host.is_concerned]
    if not hosts:
        return {}
    members = [_member(host, deciding, manner, api.settings.platform) for host in hosts]
    wanted = manner.whole.job(
        members,
        {host.name: manner.host for host in hosts},
        until=manner.until,
        read={host.row.id: host.row for host in hosts},
    )
    return job.run(wanted, api, context)


def _member(host: Host, deciding: Deciding, manner: Manner, platform: str) -> Member:
    how = manner.host
    wanted = Renewal(
        config={}, state=MERGED, policy=how.policy, validation=how.validation, deciding=deciding
    )
    known = KnownHost(host.row.id, host.row.name or None, platform)
    return manner.whole.member(host.name, host.row.id, wanted, how, known)


def _of_hosts(rolled: Mapping[str, Any], context: TaskContext) -> Result:
    entries: Mapping[str, Mapping[str, Any]] = rolled.get("hosts", {})
    shown: Result = {
        "changed": any(entry["changed"] for entry in entries.values()),
        "hosts": [
            {"name": escape(name), **{key: value for key, value in entry.items() if key != "diff"}}
            for name, entry in entries.items()
        ],
        "rollout": rolled.get("counts", {}),
        "standing": rolled.get("standing", []),
    }
    if context.diff_mode:
        shown["diff"] = [entry["diff"] for entry in entries.values() if entry.get("diff")]
    return shown


def _concluded(result: Result, rolled: Mapping[str, Any]) -> Result:
    failed = [one for one in result["hosts"] if one.get("failed")]
    if not failed:
        return result
    told = [f"{one['name']}: {' '.join(one['told']) or one['msg']}" for one in failed]
    raise OperationFailed(
        f"{len(failed)} of {len(result['hosts'])} hosts failed. {in_a_row(told)} "
        f"In all: {'; '.join(result['standing'])}.",
        result,
    )


def _no_result(given: Certificates, api: Api, context: TaskContext) -> Result:
    """How it is rolled out is known to the action alone, which calls C(run)."""
    return {"changed": False}


OPERATION = Operation(name="_certificates", options=OPTIONS, takes=Certificates, run=_no_result)
