# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An entry of a desired configuration that says of itself that it is for one which is there.

``$create: false`` in an entry of a list of named things does for that entry what the option C(create) does for all of
them. It is no key of the platform's: admission takes it out, so that nothing beyond it ever sees one.
"""

from __future__ import annotations

from typing import Any

from ..document.errors import PlanError
from ..document.place import Place
from ..document.policy import REPLACED, Policy

#: What an entry says; its one value is false.
CREATE = "$create"


class Existing(dict[str, Any]):
    """Such an entry, without what it says of itself."""


def existing(said: dict[str, Any], place: Place, state: str, policy: Policy) -> Existing:
    """A map that says C($create), without it.

    :raises PlanError: where it means nothing, and so would be sent.
    """
    if policy.layers:
        raise PlanError(
            f"{place} says {CREATE}, which is for the config of a task and not for files.",
            f"Leave it out. {policy.prefix}create: false holds for everything that files say.",
            place,
        )
    if state == REPLACED:
        raise PlanError(
            f"{place} says {CREATE}, so that this is a part of a configuration, and state: replaced would make it the "
            "whole.",
            "Set state: merged.",
            place,
        )
    if not place.is_entry or not place.rule_of_list.is_named:
        raise PlanError(
            f"{place} says {CREATE}, and is no entry of a list of named things.",
            "Say it in an entry, such as a user or a vhost.",
            place,
        )
    content = Existing(said)
    if content.pop(CREATE) is not False:
        raise PlanError(
            f"{place} says {CREATE}, whose one value is false.",
            "Leave it out where the entry may be added.",
            place,
        )
    return content
