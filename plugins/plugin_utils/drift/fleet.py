# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variables of a play's hosts to the one job that compares all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.action import ActionBase

from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.document.policy import Policy
from ...module_utils.operations.operation import TaskContext
from ...module_utils.plan.origins import NOWHERE, Origins
from ...module_utils.text.escaping import escape
from ...module_utils.validation.doubts import Validation
from ..action.text_values import settled
from ..desired_config.folder import DesiredFolder
from ..desired_config.schema_option import schema_of
from ..fleet.play import Play, has_jinja
from ..fleet.role_options import RoleOptions
from ..inventory.inventory_host import inventory_host
from ..inventory.known_host import KnownHost
from ..vaulted import vaulted_texts, vaulted_variables
from .groups import Groups
from .job import WORKERS, Job
from .look import reason
from .member import Member, Wanted
from .options import CONFIG, PREFIX, SPEC, DriftOptions, here

_ID = "turbostack_id"
_LOST = "It was not compared: it had failed before."


def job_of(action: ActionBase, task_vars: Mapping[str, Any], context: TaskContext) -> Job:
    """The job of all hosts of the play; what holds for all is what the host says that the task is run for.

    :raises AnsibleActionFail: for a play, or variables of that host, that make no sense.
    :raises TurboStackError: for a folder that cannot be used.
    """
    play = Play(action, task_vars)
    if play.is_in_parts:
        raise AnsibleActionFail(
            "A comparison is one job for all hosts of a play, and serial has this play take some of them at a time. "
            "Leave serial out of the play of the role drift."
        )
    fleet = _Fleet(play, action._loader, context.censor)
    name = str(task_vars["inventory_hostname"])
    options = fleet.options(task_vars, name)
    folder = fleet.folder(options, fleet.config(task_vars, name)[0])
    schema = schema_of(options.schema, action._loader)
    groups = None
    if where := here(options.groups_directory):
        groups = Groups(
            where,
            options.state,
            # Groups were never asked for their versions.
            options.policy(schema, floats=True),
            WORKERS,
            context.vault,
            context.warn,
        )
    return Job(
        members=list(fleet.members()),
        unused=folder.unused(task_vars) if folder else (),
        groups=groups,
        json_file=here(options.json_file),
        junit_file=here(options.junit_file),
        sync=options.sync,
        failing=options.failing,
    )


class _Fleet:
    """The hosts of a play, each with its own variables; what several share is made once."""

    def __init__(self, play: Play, loader: DataLoader, censor: Callable[[set[str]], None]) -> None:
        self._play = play
        self._loader = loader
        self._censor = censor
        self._role = RoleOptions(SPEC, PREFIX)
        self._said: dict[int, tuple[Any, Any, Origins]] = {}
        self._folders: dict[str, DesiredFolder] = {}
        self._options: dict[int, tuple[DriftOptions, Policy]] = {}
        self._wanted: dict[tuple[int, int], Wanted] = {}

    def members(self) -> Iterator[Member]:
        """The hosts of the play, in its order; without those that a C(when) leaves out."""
        running = set(self._play.batch)
        for name in self._play.everyone:
            if name not in running:
                yield Member(name, problem=_LOST)
                continue
            variables = self._play.variables(name)
            if self._play.means(variables):
                yield self._member(name, variables)

    def options(self, variables: Mapping[str, Any], name: str) -> DriftOptions:
        """What a host's variables say.

        :raises AnsibleActionFail: where they make no sense.
        """
        return self._with_policy(variables, name)[0]

    def folder(self, options: DriftOptions, config: Any) -> DesiredFolder | None:
        """The folder that says what is wanted; None where the variable does.

        :raises SettingsError: where both do or neither does, and for a folder that cannot be used.
        """
        if bool(options.directory) is (config is not None):
            raise SettingsError("Give drift_directory or drift_config, one of the two.")
        if not options.directory:
            return None
        if options.directory not in self._folders:
            self._folders[options.directory] = DesiredFolder(self._loader, options.directory)
        return self._folders[options.directory]

    def config(self, variables: Mapping[str, Any], name: str) -> tuple[Any, Origins]:
        """The variable that says what is wanted of a host, and where it is written.

        None where there is none, or an empty text.

        :raises AnsibleActionFail: where it cannot be evaluated, or is something else than a map.
        """
        said = variables.get(CONFIG)
        if said is None:
            return None, NOWHERE
        if id(said) in self._said:
            return self._said[id(said)][1:]
        self._censor(vaulted_texts(said) | vaulted_variables(said, variables))
        value, origins = self._play.written(said, variables, CONFIG, name)
        config = settled({CONFIG: value}, {CONFIG: {"type": "dict"}}).get(CONFIG)
        if config is not None and not isinstance(config, dict):
            raise AnsibleActionFail(f"{CONFIG} of {escape(name)} is no map.")
        if not has_jinja(said):
            # The same for every host that has it.
            self._said[id(said)] = (said, config, origins)
        return config, origins

    def _member(self, name: str, variables: Mapping[str, Any]) -> Member:
        known = None
        try:
            known = self._known(name, variables)
            options, policy = self._with_policy(variables, name)
            config, origins = self.config(variables, name)
            folder = self.folder(options, config)
            if folder is not None:
                said = folder.config(self._play.inventory.get_host(name), variables, policy)
                config, origins = said.document, said.origins
        # What cannot be compared is an error in the result, and keeps no other from being compared.
        except (AnsibleError, TurboStackError) as error:
            return Member(name, known, problem=reason(error))
        wanted = self._shared(config, options, policy, origins) if config else None
        return Member(name, known, wanted)

    def _known(self, name: str, variables: Mapping[str, Any]) -> KnownHost | None:
        """The host as the inventory knows it; None where that gives it no id.

        :raises AnsibleActionFail: for an id that is none.
        """
        said = variables.get(_ID)
        if said is None:
            return None
        number = self._play.evaluated(said, variables, _ID, name)
        known = inventory_host({**variables, _ID: number})
        if known is None:
            raise AnsibleActionFail(f"{_ID} of {escape(name)} is no id.")
        return known

    def _with_policy(self, variables: Mapping[str, Any], name: str) -> tuple[DriftOptions, Policy]:
        given = self._role.of_host(self._play, variables, name)
        if id(given) not in self._options:
            options = DriftOptions.of(given)
            self._options[id(given)] = (
                options,
                options.policy(schema_of(options.schema, self._loader)),
            )
        return self._options[id(given)]

    def _shared(
        self, config: dict[str, Any], options: DriftOptions, policy: Policy, origins: Origins
    ) -> Wanted:
        """What is wanted of a host; hosts of which the folder has the same share it."""
        key = (id(config), id(policy))
        if key not in self._wanted:
            validation = Validation(options.validate, options.validate_except)
            self._wanted[key] = Wanted(config, options.state, policy, origins, validation)
        return self._wanted[key]
