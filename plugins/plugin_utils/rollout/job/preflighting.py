# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before anything is written: whether the names of the hosts that are written to can get their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....module_utils.client.api import Api
from ....module_utils.validation.findings import Finding as Doubt
from ...preflight.judging import Finding
from ...preflight.names import names_in
from ...preflight.preflight import Lookups, Target, addresses_in_credentials, preflight
from .planning import Planned

OFF, WARN, FAIL = "off", "warn", "fail"

_MENDED = "Mend it; or set rollout_preflight to warn or off."


@dataclass(frozen=True)
class Preflight:
    """What becomes of names that would get no certificate.

    :ivar level: C(warn) or C(fail).
    """

    level: str
    lookups: Lookups


def looked_over(plans: Sequence[Planned], wanted: Preflight | None, api: Api) -> list[Planned]:
    """The plans with what was found: a problem where names would get no certificate for certain, else a doubt.

    :raises SettingsError: for options that make no sense, and where dnspython is missing.
    """
    if wanted is None:
        return list(plans)
    targets = [_target(one) for one in plans if one.changes and not one.problem]
    found = preflight(targets, wanted.lookups, lambda number: addresses_in_credentials(api, number))
    return [_with(one, found.get(one.member.id, []), wanted.level) for one in plans]


def _target(one: Planned) -> Target:
    member, plan = one.member, one.plan
    names = tuple(names_in(plan.payload, member.wanted.policy)) if plan else ()
    known = member.known.name if member.known else None
    return Target(member.id, known or member.name, names)


def _with(one: Planned, found: Sequence[Finding], level: str) -> Planned:
    if not found or one.problem:
        return one
    certain = [finding for finding in found if not finding.is_doubt]
    if certain and level == FAIL:
        told = "\n".join(f"- {finding}" for finding in certain)
        return replace(
            one, problem=f"Names would get no certificate from Let's Encrypt:\n{told}\n{_MENDED}"
        )
    doubts = [Doubt(each.path, each.code, f"names {each.message}", each.hint) for each in found]
    return replace(one, doubts=(*one.doubts, *doubts))
