# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role adopt: what the fleet holds, as a repository of desired configurations."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files import reading, text_file, writing
from ...module_utils.config_files.folder import Folder
from ...module_utils.config_files.vault import Vault, VaultError, label_for
from ...module_utils.config_files.yaml_file import VAULT_TAG
from ...module_utils.document.errors import PlanError
from ...module_utils.document.masking import find_secrets, redact_text
from ...module_utils.document.policy import MERGED, ListPolicy, Policy
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ...module_utils.operations.policy_options import SECRET_PATHS
from ...module_utils.operations.selection import WORKERS, workers_of
from ...module_utils.plan.engine import plan
from ...module_utils.plan.origins import Layer
from ...module_utils.text.escaping import escape
from ...module_utils.text.yaml_text import to_yaml
from ..desired_config.excepting import EXCEPT, is_meant
from ..desired_config.layering import layered
from . import readme
from .adopted import adopted, is_untouched
from .factoring import GROUP, Member, Scope, factored
from .fleet import Fleet, Host
from .inventory import FILE as INVENTORY, InventoryHost, hosts_in, hosts_of, inventory_text
from .leaving import LeftHost, told
from .repository import ALL, Decision, Path, about, decided, files_in, path_of, read_present
from .sayable import sayable

OMIT, VAULT = "omit", "vault"

OPTIONS: dict[str, dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    "groups": {"type": "list", "elements": "str", "default": ["turbostack_app_*"]},
    "secrets": {"type": "str", "choices": [OMIT, VAULT], "default": OMIT, "no_log": False},
    "vault_id": {"type": "str"},
    "lists": {"type": "dict", "default": {}},
    "allow_float_versions": {"type": "bool", "default": False},
    **SECRET_PATHS,
    "overwrite": {"type": "bool", "default": False},
    **WORKERS,
}

_NAMED = 10


@dataclass(frozen=True)
class Adopt:
    """Where the repository is, and what it may say.

    :ivar groups: patterns of names of the inventory's groups that may have a file.
    :ivar overwrite: whether files that somebody has changed by hand may be written over.
    """

    path: str
    groups: tuple[str, ...]
    secrets: str
    vault_id: str | None
    lists: Mapping[str, ListPolicy]
    allow_float_versions: bool
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None
    overwrite: bool
    workers: int

    @cached_property
    def policy(self) -> Policy:
        """How files are merged, and what is secret.

        :raises PlanError: for options that make no sense.
        """
        return Policy(
            lists=self.lists,
            secret_paths=self.secret_paths,
            allow_float_versions=self.allow_float_versions,
            schema=self.schema or {},
        )

    def may_have_a_file(self, scope: Scope) -> bool:
        kind, name = scope
        return kind != GROUP or any(fnmatchcase(name, pattern) for pattern in self.groups)


def adopt(wanted: Adopt, api: Api, context: TaskContext, loader: DataLoader) -> Result:
    """Write the files that do not say what the fleet holds, or say under C(refusal) why nothing was written.

    That is no failure yet, so that the role can show the difference before it fails.
    """
    return _Adoption(wanted, api, context, loader).run()


class _Adoption:
    def __init__(self, wanted: Adopt, api: Api, context: TaskContext, loader: DataLoader) -> None:
        self._wanted = wanted
        self._api = api
        self._context = context
        self._loader = loader
        self._policy = wanted.policy
        self._root = os.path.abspath(
            os.path.join(context.directory, os.path.expanduser(wanted.path))
        )
        self._folder = Folder(self._root)
        self._vault = self._vault_to_write_with()
        files = files_in(self._root)
        self._refuse_to_lose_secrets(files.values())
        self._present = read_present(files, context.vault, wanted.overwrite)
        for file in self._present.values():
            context.censor(find_secrets(file.content or {}, self._policy))
        self._texts: dict[str, str] = {}
        self._diffs: list[dict[str, str]] = []

    def run(self) -> Result:
        fleet = Fleet(self._api, self._sayable, workers_of(self._wanted.workers))
        known = self._known(fleet)
        everywhere, outside = fleet.hosts(known)
        spoken_of = {scope for host in everywhere for scope in host.scopes}
        unused = self._present.keys() - spoken_of - {ALL}
        hosts = [self._without_excepted(host) for host in everywhere]
        layers, kept = self._layers(hosts)
        for scope in self._excepting().keys() - layers.keys() - kept - unused:
            layers[scope] = {}
        decision = decided(layers, self._present, kept | unused)
        for scope in decision.write:
            self._write(scope, layers[scope])
        self._write_readme()
        for scope in decision.remove:
            file = self._present[scope]
            self._diffs.append(_diff(file.path, writing.shown(file.text), ""))
        result: Result = {
            "changed": bool(self._texts or decision.remove),
            "path": self._root,
            "hosts": len(hosts) - len(outside),
            "written": sorted(self._texts),
            "removed": sorted(self._present[scope].path for scope in decision.remove),
            "in_the_way": sorted(self._present[scope].path for scope in decision.in_the_way),
            "unused": sorted(self._present[scope].path for scope in unused),
            "refusal": "",
            "difference": [],
            "left_out": [one.shown() for one in fleet.left]
            + [one.shown() for one in fleet.left_parts],
            "diff": self._diffs,
        }
        self._tell(fleet, outside, result)
        if decision.in_the_way and not self._wanted.overwrite:
            return {
                **result,
                "changed": False,
                "written": [],
                "removed": [],
                "refusal": _refusal(result["in_the_way"]),
                "difference": _difference(self._diffs, result["in_the_way"]),
                "diff": [],
            }
        if not self._context.check_mode:
            self._put(decision)
        return result

    def _excepting(self) -> dict[Scope, tuple[str, ...]]:
        """The files that say for which hosts they do not count, which stays in them."""
        return {scope: file.excepted for scope, file in self._present.items() if file.excepted}

    def _without_excepted(self, host: Host) -> Host:
        """A host without the files that do not count for it."""
        excepting = self._excepting()
        counts = (one for one in host.scopes if not is_meant(host.name, excepting.get(one, ())))
        return replace(host, scopes=tuple(counts))

    def _vault_to_write_with(self) -> Vault | None:
        wanted = self._wanted
        if wanted.secrets == OMIT:
            if wanted.vault_id:
                raise SettingsError(
                    "A vault id is of no use where secrets are left out.",
                    "Set adopt_secrets: vault, or leave adopt_vault_id away.",
                )
            return None
        if self._context.vault is None:
            raise VaultError(
                "Secrets cannot be encrypted: Ansible was started without a vault password.",
                "Start it with --vault-id or --vault-password-file, or set adopt_secrets: omit.",
            )
        self._label = label_for(self._context.vault, wanted.vault_id)
        return self._context.vault

    def _refuse_to_lose_secrets(self, files: Iterable[Path]) -> None:
        if self._vault is not None or self._wanted.overwrite:
            return
        encrypted = [
            file.below
            for file in files
            if is_untouched(file.text) and reading.is_encrypted_in_part(file.text, file.path)
        ]
        if encrypted:
            raise VaultError(
                f"These files hold encrypted secrets, which would be thrown away: {_listed(encrypted)}.",
                "Set adopt_secrets: vault, or adopt_overwrite: true if that is meant.",
            )

    def _sayable(self, stored: dict[str, Any]) -> Any:
        keeps = _never if self._vault is None else writing.can_be_encrypted
        return sayable(stored, self._policy, keeps)

    def _known(self, fleet: Fleet) -> list[InventoryHost]:
        """The hosts of the inventory beside the files, which is written where nobody has written one of his own."""
        path = os.path.join(self._root, INVENTORY)
        before = text_file.read(path) if os.path.exists(path) else ""
        settings = self._api.settings
        if before and not is_untouched(before):
            known = hosts_of(path, self._loader, settings)
            fleet.leave_unfit(known)
            return known
        while True:
            text = inventory_text(fleet.left)
            known = hosts_in(text, self._loader, settings)
            if not fleet.leave_unfit(known):
                break
        if text != before:
            self._texts[INVENTORY] = text
            self._diffs.append(_diff(INVENTORY, before, text))
        return known

    def _layers(self, hosts: Sequence[Host]) -> tuple[dict[Scope, dict[str, Any]], set[Scope]]:
        """What the files are to say, and those that people have written and that say what is true."""
        true = set() if self._wanted.overwrite else self._true_by_hand(hosts)
        closed = true | {
            scope
            for host in hosts
            for scope in host.scopes
            if not self._wanted.may_have_a_file(scope)
        }
        members = [
            Member(host.name, host.scopes[:-1], host.document, self._said(host, true))
            for host in hosts
        ]
        layers: dict[Scope, dict[str, Any]] = {} if ALL in true else {ALL: {}}
        layers |= factored(members, self._policy, closed)
        for scope in layers.keys() & true:
            parts = [Layer(self._present[scope].path, self._present[scope].content)]
            layers[scope] = layered([*parts, Layer("", layers[scope])], self._policy).document
        return layers, true

    def _true_by_hand(self, hosts: Sequence[Host]) -> set[Scope]:
        """The files that somebody has changed by hand, and that say nothing which a host does not hold."""
        changed = {
            scope
            for scope, file in self._present.items()
            if not file.untouched and file.content is not None
        }
        spoken_of = {scope for host in hosts for scope in host.scopes}
        untrue = {
            scope
            for host in hosts
            for scope in host.scopes
            if scope in changed and not self._is_true(scope, host)
        }
        return (changed & spoken_of) - untrue

    def _is_true(self, scope: Scope, host: Host) -> bool:
        try:
            content = self._present[scope].content or {}
            return not plan(host.stored, content, MERGED, self._policy).changes
        except PlanError:
            return False

    def _said(self, host: Host, true: set[Scope]) -> dict[str, Any]:
        files = [self._present[scope] for scope in host.scopes if scope in true]
        return layered([Layer(file.path, file.content) for file in files], self._policy).document

    def _write(self, scope: Scope, content: dict[str, Any]) -> None:
        path = path_of(scope, self._present)
        before = self._present[scope].text if scope in self._present else ""
        excepted = self._excepting().get(scope)
        head = {EXCEPT: list(excepted)} if excepted else {}
        text = shown = adopted(escape(about(scope)), to_yaml({**head, **content}) or "{}\n")
        if self._vault is not None:
            former, _complete = (
                reading.secrets(before, path, self._vault.decrypt)
                if VAULT_TAG in before and self._present[scope].content is not None
                else ([], True)
            )
            encryption = writing.Encryption(self._vault, self._label, self._policy, former)
            sealed = {**head, **encryption.sealed(content)}
            text = adopted(escape(about(scope)), to_yaml(sealed) or "{}\n")
            shown = encryption.shown(text)
        self._texts[path] = text
        self._diffs.append(_diff(path, writing.shown(before), shown))

    def _write_readme(self) -> None:
        if not self._folder.holds(readme.FILE):
            self._texts[readme.FILE] = readme.TEXT
            self._diffs.append(_diff(readme.FILE, "", readme.TEXT))

    def _put(self, decision: Decision) -> None:
        for scope in decision.remove:
            self._folder.remove(self._present[scope].path)
        for path, text in self._texts.items():
            self._folder.write(path, text)

    def _tell(self, fleet: Fleet, outside: Sequence[LeftHost], result: Result) -> None:
        for sentence in told(fleet.left, fleet.left_parts):
            self._context.warn(sentence)
        if outside:
            names = ", ".join(escape(host.name) or f"host {host.id}" for host in outside[:_NAMED])
            self._context.warn(
                f"{INVENTORY} has {len(outside)} hosts that hold nothing which a file can say ({names}), so that "
                "no file says anything of them and of other hosts together. Leave them out there with filters, and "
                "adopt again."
            )
        if result["unused"]:
            self._context.warn(
                f"These files speak of no host, group or client that is there: {_listed(result['unused'])}. "
                "They are kept."
            )


def _refusal(paths: Sequence[str]) -> str:
    return (
        "These files were changed by hand, and say something else than the platform by now: "
        f"{_listed(paths)}. Nothing was written. Roll the files out, or mend them; adopt_overwrite: true writes "
        "them anew, without what was written by hand."
    )


def _difference(diffs: Iterable[Mapping[str, str]], paths: Sequence[str]) -> list[str]:
    """What would become of files, line by line; fit for a terminal."""
    lines: list[str] = []
    for diff in diffs:
        if diff["before_header"] in map(escape, paths):
            before, after = diff["before"].splitlines(), diff["after"].splitlines()
            names = (diff["before_header"], f"{diff['after_header']} (on the platform)")
            lines += map(escape, unified_diff(before, after, *names, lineterm=""))
    return lines


def _never(secret: str) -> bool:
    return False


def _listed(paths: Sequence[str]) -> str:
    shown = ", ".join(map(escape, paths[:_NAMED]))
    return shown if len(paths) <= _NAMED else f"{shown} and {len(paths) - _NAMED} more"


def _diff(path: str, before: str, after: str) -> dict[str, str]:
    return {
        "before": redact_text(before),
        "after": redact_text(after),
        "before_header": escape(path),
        "after_header": escape(path),
    }


def _alone(given: Adopt, api: Api, context: TaskContext) -> Result:
    return adopt(given, api, context, DataLoader())


OPERATION = Operation(name="_adopt", options=OPTIONS, takes=Adopt, run=_alone)
