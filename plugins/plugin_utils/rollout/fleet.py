# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variables of a play's hosts to the one job that rolls all of them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ...module_utils.client.errors import SettingsError
from ...module_utils.document.masking import find_secrets
from ...module_utils.plan.origins import Origins
from ...module_utils.text.escaping import escape
from ..action.text_values import settled
from ..desired_config.excepting import is_meant, unmatched
from ..desired_config.folder import DesiredFolder
from ..fleet.play import Play
from ..fleet.role_options import RoleOptions, declared
from ..inventory.inventory_host import inventory_host
from ..run_memory import MEMORY
from ..vaulted import vaulted_texts
from .job import until
from .job.job import Job
from .job.port import Wanted
from .job.words import listed
from .job_options import JobOptions
from .options import (
    CONFIG,
    DIRECTORY,
    PREFIX,
    HostOptions,
    host_options,
    is_given,
    pruning_of,
    refuse_pruning,
    same_for_all,
)

ID = "turbostack_id"
# What becomes of files that mean no host.
_FAIL, _ACCEPT = "fail", "accept"

display = Display()


def job_of(
    action: ActionBase, task_vars: Mapping[str, Any], censor: Callable[[set[str]], None]
) -> Job:
    """The job of the hosts that the play has at the role now.

    :param censor: told of the secrets in what is wanted.
    :raises AnsibleActionFail: for variables that make no sense.
    :raises TurboStackError: for a folder, or a file in it, that cannot be used.
    """
    play = Play(action, task_vars)
    _refuse_running_ahead(play)
    _refuse_unmatched(play)
    spec = declared(action._task._role._role_path)
    role = RoleOptions({name: one for name, one in spec.items() if name != CONFIG}, PREFIX)
    variables = dict(play.hosts())
    given = {name: role.of_host(play, known, name) for name, known in variables.items()}
    job = same_for_all(given)
    variables = _without(variables, job["except"], play)
    if bool(job["directory"]) is any(is_given(known.get(CONFIG)) for known in variables.values()):
        raise SettingsError(f"Set one of {DIRECTORY} and {CONFIG}, and not both.")
    folder = None
    if job["directory"]:
        all_known = job["unused_files"] == _FAIL
        folder = DesiredFolder(action._loader, job["directory"], all_known=all_known)
        if job["unused_files"] != _ACCEPT:
            _tell_unused(folder, task_vars, fails=job["unused_files"] == _FAIL)
    whole = JobOptions.of(job, task_vars)
    pruning = pruning_of(job, whole.folder, folder)
    options: dict[int, HostOptions] = {}
    censored: set[int] = set()
    members, chosen = [], {}
    for name, known in variables.items():
        if id(given[name]) not in options:
            options[id(given[name])] = host_options(given[name], action._loader)
        host = options[id(given[name])]
        number = _id_of(play, known, name)
        if folder is not None:
            said = folder.config(play.inventory.get_host(name), known, host.policy)
            config, origins = said.document, said.origins
        else:
            config, origins = _config(play, known, name, censor)
        if id(config) not in censored:
            censored.add(id(config))
            censor(find_secrets(config, host.policy))
        chosen[name] = host
        wanted = Wanted(config, host.state, host.policy, host.validation, origins)
        if pruning is not None:
            refuse_pruning(host.state)
        members.append(
            whole.member(name, number, wanted, host, inventory_host({**known, ID: number}), pruning)
        )
    return whole.job(
        members,
        chosen,
        at_once=play.has_batches,
        until=_until(job["until"], action) if is_given(job["until"]) else None,
        directory=folder.path if folder else None,
        pruning=pruning,
        later=play.later if play.has_batches else (),
    )


def _refuse_running_ahead(play: Play) -> None:
    if play.runs_ahead:
        raise AnsibleActionFail(
            f"A rollout is one job for all hosts of a play, and with strategy: {play.runs_ahead} they do not come to "
            "it together. Use strategy: linear for this play; rollout_parallel says how many hosts are under way at "
            "once."
        )


def _refuse_unmatched(play: Play) -> None:
    unmatched = play.unmatched
    if unmatched:
        raise SettingsError(
            f"Of the pattern of the play's hosts, {', '.join(map(escape, unmatched))} matches no host and no group of "
            "the inventory.",
            "Nothing was sent. Is a name mistyped, in rollout_hosts or in hosts of the play?",
        )


def _without(
    variables: Mapping[str, Mapping[str, Any]], names: Sequence[str], play: Play
) -> dict[str, Mapping[str, Any]]:
    """The hosts that nobody has left out."""
    unknown = unmatched(names, play.inventory.hosts)
    if unknown:
        raise SettingsError(
            f"rollout_except names {', '.join(map(escape, unknown))}, which the inventory does not have.",
            "Nothing was sent. Is a name mistyped? It takes names of hosts as the inventory has them, and patterns of "
            "names.",
        )
    left = {name: known for name, known in variables.items() if not is_meant(name, names)}
    if variables and not left:
        raise SettingsError("rollout_except leaves out every host that the rollout is about.")
    return left


def _tell_unused(folder: DesiredFolder, task_vars: Mapping[str, Any], *, fails: bool) -> None:
    unused = folder.unused(task_vars)
    if not unused:
        return
    told = f"No host of the inventory is meant by {listed([escape(name) for name in unused])}."
    if not fails:
        display.warning(f"{told} rollout_unused_files leaves them aside.")
        return
    raise SettingsError(
        told,
        "Is a name mistyped? A slice of a job has only a part of the fleet: do not slice it, rollout_parallel says "
        "how many hosts are under way at once. Where hosts are left out on purpose, as those that are disabled in "
        "AWX, rollout_unused_files: warn leaves their files aside.",
    )


def _config(
    play: Play, variables: Mapping[str, Any], name: str, censor: Callable[[set[str]], None]
) -> tuple[dict[str, Any], Origins]:
    if not is_given(variables.get(CONFIG)):
        raise AnsibleActionFail(f"{CONFIG} is not set for {escape(name)}, and is for others.")
    censor(vaulted_texts(variables[CONFIG]))
    value, origins = play.written(variables[CONFIG], variables, CONFIG, name)
    config = settled({CONFIG: value}, {CONFIG: {"type": "dict"}}).get(CONFIG)
    if not isinstance(config, dict):
        raise AnsibleActionFail(f"{CONFIG} of {escape(name)} is no map.")
    return config, origins


def _id_of(play: Play, variables: Mapping[str, Any], name: str) -> int:
    number = play.evaluated(variables.get(ID), variables, ID, name)
    if isinstance(number, str) and number.isascii() and number.isdecimal():
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        raise SettingsError(
            f"{escape(name)} has no {ID}.",
            "Take the hosts from the inventory hosted_power.turbostack.turbostack, which sets it, or leave others out.",
        )
    return number


def _until(text: str, action: ActionBase) -> datetime:
    """Until when batches are begun: for all batches of a play what it meant when the first of them came."""

    def found() -> bytes:
        return until.moment_of(text, datetime.now(timezone.utc)).isoformat().encode("ascii")

    known = MEMORY.once(f"rollout until {action._task._parent._uuid} {text}", found)
    return datetime.fromisoformat(known.decode("ascii"))
