# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The play that a job is a part of: which of its hosts are meant, and what the variables of each say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.inventory.manager import split_host_pattern
from ansible.plugins.action import ActionBase

from ...module_utils.document.walk import texts
from ...module_utils.plan.origins import Origins
from ..desired_config.written import origins_of
from ..plain import plain

# Under these, a host may be at the role while another one is not.
_RUNNING_AHEAD = ("free", "host_pinned")
# What Ansible makes anew for each host out of all of them, and is the same for each.
_OF_THE_PLAY = ("ansible_play_hosts_all", "ansible_play_hosts", "ansible_play_batch", "play_hosts")


class Play:
    """The play around an action, as seen from one of its hosts.

    :param task_vars: of that host.
    :ivar batch: the hosts that the play has at the task, by their names.
    :ivar everyone: those of the whole play, those that have failed among them.
    """

    def __init__(self, action: ActionBase, task_vars: Mapping[str, Any]) -> None:
        self._task = action._task
        self._templar = action._templar
        self._play = self._task.get_play()
        hostvars = task_vars["hostvars"]
        self.inventory = hostvars._inventory
        self._manager = hostvars._variable_manager
        self.batch = [str(name) for name in task_vars["ansible_play_batch"]]
        self.everyone = [str(name) for name in task_vars["ansible_play_hosts_all"]]
        self._running = [str(name) for name in task_vars["ansible_play_hosts"]]
        self._shared = _of_the_play(task_vars)
        self._shared_again = _of_the_play(task_vars.get("vars", {}))
        self._conditions = list(self._found_conditions())

    @property
    def runs_ahead(self) -> str | None:
        """The play's strategy, if with it the hosts do not come to a task together."""
        strategy = str(self._play.strategy)
        return strategy if strategy.rpartition(".")[2] in _RUNNING_AHEAD else None

    @property
    def unmatched(self) -> list[str]:
        """The parts of the play's pattern, exclusions among them, that name no host and no group of the inventory."""
        said = self._play.hosts
        patterns = [said] if isinstance(said, str) else list(said)
        parts = [str(part) for pattern in patterns for part in split_host_pattern(pattern)]
        return [part for part in parts if not self._means(part.lstrip("!&"))]

    def _means(self, pattern: str) -> bool:
        if pattern in self.inventory.groups:
            # That nobody is in it just now is no slip.
            return True
        found = self.inventory.get_hosts(pattern, ignore_limits=True, ignore_restrictions=True)
        return bool(found)

    @property
    def has_batches(self) -> bool:
        """Whether the play itself takes its hosts in batches."""
        return bool(self._play.serial)

    @property
    def is_in_parts(self) -> bool:
        """Whether the batch is not all of the play's hosts that have not failed."""
        return self.has_batches and set(self.batch) != set(self._running)

    @property
    def later(self) -> list[str]:
        """The hosts of its later batches."""
        places = {name: place for place, name in enumerate(self.everyone)}
        last = max((places[name] for name in self.batch if name in places), default=-1)
        return self.everyone[last + 1 :]

    def hosts(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The hosts of the batch that are meant, each with its variables, not evaluated yet."""
        for name in self.batch:
            variables = self.variables(name)
            if self.means(variables):
                yield name, variables

    def variables(self, name: str) -> Mapping[str, Any]:
        """What a host's variables say at the task, not evaluated yet."""
        # For each host, Ansible would copy the names of all of them several times over.
        found: dict[str, Any] = self._manager.get_vars(
            play=self._play,
            host=self.inventory.get_host(name),
            task=self._task,
            _hosts=[name],
            _hosts_all=[name],
        )
        found.update(self._shared)
        found["vars"].update(self._shared_again)
        return found

    def means(self, variables: Mapping[str, Any]) -> bool:
        """Whether no C(when) over the role leaves the host out whose variables these are."""
        return all(self._holds(one, variables) for one in self._conditions)

    def evaluated(self, value: Any, variables: Mapping[str, Any], name: str, host: str) -> Any:
        """A variable of a host as plain data.

        :raises AnsibleActionFail: where it cannot be evaluated.
        """
        return plain(self._value(value, variables, name, host))

    def written(
        self, value: Any, variables: Mapping[str, Any], name: str, host: str
    ) -> tuple[Any, Origins]:
        """A variable of a host as plain data, and where its parts are written.

        :raises AnsibleActionFail: where it cannot be evaluated.
        """
        value = self._value(value, variables, name, host)
        return plain(value), origins_of(value)

    def _value(self, value: Any, variables: Mapping[str, Any], name: str, host: str) -> Any:
        if not has_jinja(value):
            return value
        try:
            return self._templar_for(variables).template(value)
        except AnsibleError as error:
            raise AnsibleActionFail(f"{name} of {host} cannot be evaluated: {error}") from None

    def _templar_for(self, variables: Mapping[str, Any]) -> Any:
        return self._templar.copy_with_new_env(available_variables=variables)

    def _found_conditions(self) -> Iterator[Any]:
        """Whatever has a C(when) over the role: Ansible asks it for each host, and a job is for all of them."""
        seen = self._task
        while seen is not None:
            if getattr(seen, "when", None):
                yield seen
            seen = getattr(seen, "_parent", None)

    def _holds(self, conditional: Any, variables: Mapping[str, Any]) -> bool:
        templar = self._templar_for(variables)
        if hasattr(conditional, "evaluate_conditional"):
            # ansible-core 2.18 and older
            return bool(conditional.evaluate_conditional(templar, variables))
        return all(templar.evaluate_conditional(one) for one in conditional.when)


def _of_the_play(variables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: variables[name] for name in _OF_THE_PLAY if name in variables}


def has_jinja(value: Any) -> bool:
    """Whether something of a value may have to be evaluated."""
    return any(mark in text for text in texts(value) for mark in ("{{", "{%", "{#"))
