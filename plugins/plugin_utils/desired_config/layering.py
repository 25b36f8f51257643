# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One desired configuration out of several that say more and more exactly what a host should hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.errors import PlanError
from ...module_utils.document.policy import DEFAULT, MERGED, Policy
from ...module_utils.plan.engine import plan
from ...module_utils.plan.origins import Layer, Origins


@dataclass(frozen=True)
class Layered:
    """What the layers say together.

    :ivar remarks: what the user should look at, one sentence each, without secrets, with the layer it is about.
    :ivar origins: which of the layers says what.
    """

    document: dict[str, Any] = field(repr=False)
    remarks: tuple[tuple[str, str], ...]
    origins: Origins = field(repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks as they are shown."""
        return tuple(f"{source}: {remark}" for source, remark in self.remarks)


def layered(layers: Sequence[Layer], policy: Policy | None = None) -> Layered:
    """Each layer merged over those before it, as C(state: merged) merges a task's C(config) over what is stored.

    :param layers: from the most general to the most exact.
    :raises PlanError: with the source of the layer that is no map, or that cannot be merged.
    """
    policy = (policy or DEFAULT).of_layers
    document: dict[str, Any] = {}
    remarks: list[tuple[str, str]] = []
    for layer in layers:
        if not isinstance(layer.content, dict):
            raise PlanError(
                f"{layer.source} holds no map.",
                "Give keys and values; {} where it is to say nothing.",
            )
        try:
            merged = plan(document, layer.content, MERGED, policy)
        except PlanError as error:
            raise PlanError(f"{layer.source}: {error.message}", error.hint, error.place) from None
        document = merged.payload
        remarks += [(layer.source, warning) for warning in merged.warnings]
    return Layered(document, tuple(remarks), Origins(tuple(layers)))
