# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain is served by one vhost, in the whole document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..document.errors import PlanError
from ..document.identity import DOMAINS, VHOSTS, ListRules, domains
from ..document.masking import Masking
from ..document.paths import Path, render

# A vhost that answers for whatever no other one serves.
_CATCH_ALL = "_"


def check_domains(before: dict[str, Any], after: dict[str, Any], masking: Masking) -> None:
    """Refuse a plan that gives a domain to a second vhost.

    What was stored like that before the plan is no business of the plan. Domains written in Jinja are
    unknown before the platform renders them, and so are not looked at.

    :raises PlanError: naming both vhosts.
    """
    served = _served(after, masking.lists)
    if all(len(vhosts) == 1 for vhosts in served.values()):
        return
    stored = _served(before, masking.lists)
    for domain, vhosts in served.items():
        if len(vhosts) > 1 and len(vhosts) > len(stored.get(domain, ())):
            one, other = (render(path) for path in vhosts[:2])
            shown = masking.redact(domain, (*vhosts[0], DOMAINS))
            raise PlanError(
                f"{one} and {other} would both serve {shown}.",
                "A domain is served by one vhost: leave it out of one of the two, or remove the old one "
                "first with state: deleted. To store it all the same, declare replace for the list of vhosts.",
            )


def _served(document: dict[str, Any], lists: ListRules) -> dict[str, list[Path]]:
    served: defaultdict[str, list[Path]] = defaultdict(list)
    for path, vhost in _vhosts(document, (), lists):
        for domain in domains(vhost):
            if domain != _CATCH_ALL and "{" not in domain:
                served[domain].append(path)
    return served


def _vhosts(value: Any, path: Path, lists: ListRules) -> Iterator[tuple[Path, dict[str, Any]]]:
    if lists.replaces(path):
        return
    if isinstance(value, dict):
        for key, child in value.items():
            if isinstance(child, (dict, list)):
                yield from _vhosts(child, (*path, key), lists)
    elif isinstance(value, list) and any(isinstance(entry, (dict, list)) for entry in value):
        rule = lists.rule(path, value)
        for item, entry in zip(lists.items(path, value, rule), value, strict=True):
            if rule == VHOSTS and isinstance(entry, dict):
                yield (*path, item), entry
            yield from _vhosts(entry, (*path, item), lists)
