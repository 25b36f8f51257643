# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong in a folder of desired configurations: in each file, and in what files say of a host together.

What a platform holds is not known here. So what it may hold already is not asked for: a vhost without a domain may be
one that has its domain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.config_files.reading import Said
from ...module_utils.document.errors import PlanError
from ...module_utils.document.paths import Pattern
from ...module_utils.document.place import Place
from ...module_utils.document.policy import MERGED, Policy
from ...module_utils.document.walk import visit
from ...module_utils.plan.admission import damaged_versions
from ...module_utils.plan.engine import Plan, plan
from ...module_utils.plan.origins import Layer, Origin, Origins
from ...module_utils.validation.certificates import CODES as CERTIFICATE
from ...module_utils.validation.doubts import NO_DOMAIN, SIMILAR_NAME, doubts, named
from ...module_utils.validation.findings import Finding
from ..desired_config.layering import Layered, layered
from ..fleet.shared_domains import Side, shared_domains
from .notice import (
    ERROR,
    FLOAT_VERSION,
    MIXED,
    REFUSED,
    WARNING,
    YAML_WORD,
    Notice,
    in_order,
)

# A key that so many files use is one that the fleet uses.
_USUAL = 3


@dataclass(frozen=True)
class FleetFile:
    """A file of the folder, as it was read.

    :ivar name: its path, fit for a terminal.
    """

    name: str
    said: Said = field(repr=False)

    @property
    def layer(self) -> Layer:
        """The file as a part of what is said of a host."""
        return Layer(self.name, self.said.document, self.said.lines)


@dataclass(frozen=True)
class FleetHost:
    """A host, and the files that speak of it, from the most general to the most exact."""

    name: str
    files: tuple[FleetFile, ...]


def checked(
    files: Sequence[FleetFile],
    hosts: Sequence[FleetHost],
    policy: Policy,
    strict_versions: bool = True,
    but: Sequence[Pattern] = (),
) -> list[Notice]:
    """Everything that is wrong, by file and line.

    :param policy: one that accepts versions that are numbers; every one is told here, not the first.
    :param strict_versions: whether these are told.
    :param but: places about which nothing is doubted.
    """
    check = _Check(policy, strict_versions, but, _usual_keys(files, policy.root))
    spoken_of = {file.name for host in hosts for file in host.files}
    for file in files:
        check.alone(file, whole=file.name not in spoken_of)
    check.beside_one_another(hosts)
    return in_order(check.found)


class _Check:
    """
    :ivar found: in no order, and some of it more than once.
    """

    def __init__(
        self,
        policy: Policy,
        strict_versions: bool,
        but: Sequence[Pattern],
        usual: Mapping[str, Collection[str]],
    ) -> None:
        self.found: list[Notice] = []
        self._policy = policy
        self._strict_versions = strict_versions
        self._but = but
        self._usual = usual
        self._broken: set[str] = set()
        self._remarked: dict[str, set[str]] = {}
        self._merged: dict[tuple[str, ...], Layered | None] = {}

    def alone(self, file: FleetFile, whole: bool) -> None:
        """What one file says.

        :param whole: whether no host has it as a part of what is said of it.
        """
        for remark in file.said.remarks:
            told = f"{remark.among}, {remark.said}"
            self.found.append(Notice(file.name, remark.line, WARNING, YAML_WORD, told))
        document, made = file.said.document, None
        try:
            made = plan({}, document, MERGED, self._policy)
        except PlanError as error:
            self._refuse(error, file)
            if not _is_json(document, self._policy.root):
                return
        if made is not None:
            self._remarked[file.name] = set(made.warnings)
            for change in made.changes if self._strict_versions else ():
                for damaged in damaged_versions(change):
                    self._refuse(damaged, file, FLOAT_VERSION)
        for finding in self._doubts(document, {}, Origins((file.layer,)), made):
            if finding.code != NO_DOMAIN and (whole or finding.code not in CERTIFICATE):
                self._doubt(finding, file.name)

    def beside_one_another(self, hosts: Sequence[FleetHost]) -> None:
        """What the files say of each host together, and of hosts beside one another."""
        merged = [(host, self._together(host)) for host in hosts]
        known = [(host, made) for host, made in merged if made is not None]
        sides = [Side(host.name, {}, made.document, self._policy.root) for host, made in known]
        for (host, made), found in zip(known, shared_domains(sides), strict=True):
            for finding in named(found, self._but, made.origins):
                self._doubt(finding, host.files[-1].name)

    def _together(self, host: FleetHost) -> Layered | None:
        """What the files say of a host; None where there are none, or one of them says what cannot be stored."""
        names = tuple(file.name for file in host.files)
        if not names or self._broken.intersection(names):
            return None
        if names not in self._merged:
            self._merged[names] = self._layered([file.layer for file in host.files])
        return self._merged[names]

    def _layered(self, layers: Sequence[Layer]) -> Layered | None:
        try:
            made = layered(layers, self._policy)
        except PlanError as error:
            self._contradiction(error, layers)
            return None
        for source, remark in made.remarks:
            # What a file says by itself is doubted already, with its line.
            if remark not in self._remarked[source]:
                self.found.append(Notice(source, None, WARNING, MIXED, remark))
        planned = plan({}, made.document, MERGED, self._policy)
        for finding in self._doubts(made.document, {}, made.origins, planned):
            if finding.code in CERTIFICATE:
                self._doubt(finding, layers[-1].source)
        for count, layer in enumerate(layers[1:], 1):
            above = layered(layers[:count], self._policy).document
            for finding in self._doubts(layer.content, above, Origins((layer,))):
                if finding.code == SIMILAR_NAME:
                    self._doubt(finding, layer.source)
        return made

    def _doubts(
        self,
        wanted: dict[str, Any],
        stored: dict[str, Any],
        origins: Origins,
        made: Plan | None = None,
    ) -> list[Finding]:
        root = self._policy.root
        return doubts(wanted, stored, MERGED, root, self._but, made, origins, usual=self._usual)

    def _doubt(self, finding: Finding, file: str) -> None:
        """
        :param file: the one that it is about, where nobody knows which one says it.
        """
        origin = finding.origin or Origin(file)
        told = f"{finding.path} {finding.message}. {finding.hint}"
        self.found.append(
            Notice(origin.file, origin.line, WARNING, finding.code, told, finding.path)
        )

    def _refuse(self, error: PlanError, file: FleetFile, code: str = REFUSED) -> None:
        self._broken.add(file.name)
        place = _place_of(error)
        line = file.said.lines(place.steps) if place else None
        path = str(place or "")
        self.found.append(Notice(file.name, line, ERROR, code, str(error), path))

    def _contradiction(self, error: PlanError, layers: Sequence[Layer]) -> None:
        """The refusal of what a file says beside more general ones."""
        file = next(one for one in layers if error.message.startswith(f"{one.source}: "))
        place = _place_of(error)
        origin = (Origins((file,)).of(place) if place else None) or Origin(file.source)
        told = PlanError(error.message.removeprefix(f"{file.source}: "), error.hint)
        path = str(place or "")
        self.found.append(Notice(origin.file, origin.line, ERROR, REFUSED, str(told), path))


def _place_of(error: PlanError) -> Place | None:
    return error.place if isinstance(error.place, Place) else None


def _is_json(document: dict[str, Any], root: Place) -> bool:
    """Whether a document holds nothing but what JSON knows, so that it can be doubted."""
    return all(
        all(isinstance(key, str) for key in value)
        if isinstance(value, dict)
        else value is None or isinstance(value, (list, str, int, float))
        for _place, value in visit(document, root)
    )


def _usual_keys(files: Sequence[FleetFile], root: Place) -> dict[str, set[str]]:
    """The keys that the fleet uses, by the key that they lie under."""
    used: Counter[tuple[str, str]] = Counter()
    for file in files:
        in_file = {
            (place.key, key)
            for place, value in visit(file.said.document, root)
            if isinstance(value, dict)
            for key in value
            if isinstance(key, str)
        }
        used.update(in_file)
    usual: defaultdict[str, set[str]] = defaultdict(set)
    for (within, key), count in used.items():
        if count >= _USUAL:
            usual[within].add(key)
    return usual
