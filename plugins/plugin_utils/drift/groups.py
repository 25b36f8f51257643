# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's groups against the files of a folder, which bear their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.vault import Vault, decryption
from ...module_utils.document.policy import Policy
from ...module_utils.operations.reading import told
from ...module_utils.plan.engine import plan
from ...module_utils.plan.origins import Layer, Origins
from ...module_utils.resources.configured import GROUPS, Configured
from ..desired_config.file import shown_path
from ..desired_config.group_files import group_files
from .comparison import DRIFTED, ERROR, IN_LINE, NO_FILE, Comparison, shown_changes


@dataclass(frozen=True)
class Groups:
    """What the groups are compared with, and how.

    :ivar folder: an absolute path.
    :ivar state: C(merged) or C(replaced).
    :ivar vault: decrypts files; None where there are no vault secrets.
    :ivar warn: told of what in a file probably means something else than the user thinks.
    """

    folder: str
    state: str
    policy: Policy
    workers: int
    vault: Vault | None
    warn: Callable[[str], None]

    def compared(self, api: Api) -> tuple[list[Comparison], list[str]]:
        """A comparison of each group, and the files that speak of none.

        :raises SettingsError: where there is no such folder, or two files speak of one group.
        """
        files = group_files(self.folder)
        groups = GROUPS.read_all(api, workers=self.workers)
        found = [self._compared(group, _file_of(group, groups, files), api) for group in groups]
        return found, sorted(files.values())

    def _compared(self, group: Configured, path: str | None, api: Api) -> Comparison:
        if path is None:
            return Comparison("group", group.name, group.id, NO_FILE)
        try:
            said = self._said(path)
            stored = GROUPS.complete(api, group)
            planned = plan(stored.document(), said.document, self.state, self.policy)
        except TurboStackError as error:
            return Comparison("group", group.name, group.id, ERROR, error=told(error)["msg"])
        origins = Origins((Layer(shown_path(path), said.document, said.lines),))
        changes = shown_changes(planned.changes, origins)
        outcome = DRIFTED if changes else IN_LINE
        return Comparison("group", group.name, group.id, outcome, changes)

    def _said(self, path: str) -> reading.Said:
        said = reading.said(text_file.read(path), path, decryption(self.vault))
        for remark in said.remarks:
            self.warn(str(remark))
        return said


def _file_of(group: Configured, groups: Sequence[Configured], files: dict[str, str]) -> str | None:
    """The file that speaks of a group, taken out of those that are left."""
    stems = [stem for stem in (group.name, str(group.id)) if stem in files]
    # A name that several groups bear speaks of none of them; the id does.
    if group.name in stems and sum(one.name == group.name for one in groups) > 1:
        stems.remove(group.name)
    if len(stems) > 1:
        raise SettingsError(
            f"{files[stems[0]]} and {files[stems[1]]} both speak of {group}.",
            "Make one file of the two.",
        )
    return files.pop(stems[0]) if stems else None
