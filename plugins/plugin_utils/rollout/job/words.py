# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout says of a host: why it failed, and what the user may do, in the words of the role's options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.answers.sync_status import Sync
from ....module_utils.document.masking import redact_text
from ....module_utils.document.paths import render
from ....module_utils.operations.deployment.machine import SETTLE
from ....module_utils.plan.changes import Change
from ....module_utils.text.escaping import escape
from .edits import Edit
from .terms import Terms

KEEPING = "An earlier rollout was interrupted. As rollout_recover says, what is there now is kept, and deployed."
ANEW = "An earlier rollout was interrupted; the host is deployed in any case."
_STANDS = {
    Sync.IN_EFFECT: "It is in effect through the deployment of this rollout.",
    Sync.STORED_NOT_DEPLOYED: "It is stored, not in effect, until the host is deployed again.",
    Sync.UNKNOWN: "It is stored; whether it is in effect is not known before the host is deployed again.",
}
EMPTY = "The platform does not store an empty configuration."
_SHOWN = 12
_TOOK = re.compile(r" after \d+ s(?=[:;])")


def interrupted(how: str) -> str:
    """What goes on."""
    return f"An earlier rollout was interrupted after it had written the configuration; {how}."


def going_back(why: str) -> str:
    """What goes on, the other way."""
    return f"An earlier rollout was interrupted; the previous configuration is put back: {why}"


def refused(edits: Sequence[str], journal: str) -> str:
    """Why an interrupted rollout does not go on, and what there is to choose from."""
    return (
        "An earlier rollout of this host was interrupted, and somebody else has changed its configuration since "
        f"({listed(edits)}). Nothing was overwritten. Look at what the platform holds, then choose: rollout_recover: "
        "keep goes on from what is there now; rollout_recover: return puts the configuration from before the rollout "
        f"back. The journal is {journal}, that configuration lies beside it."
    )


def not_overwritten(edits: Sequence[str]) -> str:
    """Why the way back was not gone."""
    return (
        f"Somebody else has changed the configuration since the rollout wrote it ({listed(edits)}), and that was not "
        "overwritten. Look at what the platform holds. With rollout_recover set to return, the next rollout puts the "
        "previous configuration back over it; with keep, it goes on from what is there."
    )


def overtaken(edit: Edit) -> str:
    """Why a host is no success although its deployment was one."""
    return (
        f"Somebody else has changed the configuration while it was deployed ({listed(edit.paths)}), and it is not the "
        f"desired one any more. That was not overwritten. {stands(edit)} Find out who it was, and run the rollout "
        "again."
    )


def not_previous(edit: Edit) -> str:
    """Why a host is not back although the way there was gone to its end."""
    return (
        "The previous configuration was put back and deployed, and somebody else has changed it since "
        f"({listed(edit.paths)}). That was not overwritten. {stands(edit)}"
    )


def edited(edit: Edit) -> str:
    """What somebody else has changed in a host that is well all the same."""
    return (
        f"SOMEBODY ELSE changed the configuration while this was deployed: {listed(edit.paths)}. "
        f"{stands(edit)}"
    )


def stands(edit: Edit) -> str:
    """Whether what somebody else has changed is in effect, and why that is said."""
    return f"{_STANDS[edit.sync]} {edit.reason}"


def planned_otherwise(changes: Sequence[Change]) -> str:
    """Why a host is left alone whose plan is another one by now."""
    paths = list(dict.fromkeys(render(change.path) for change in changes))
    return (
        "Its configuration was changed by somebody else since the plan was made, and the plan is another one now "
        f"({listed(paths)}). Look at it with --check, and run the rollout again."
    )


def not_well(problems: Sequence[str]) -> str:
    """What is beyond its limits."""
    return f"The host is not healthy: {'; '.join(problems)}"


def empty_refused(why: str) -> str:
    """Why nothing is put back where there was nothing."""
    return (
        f"Before the rollout the host had no configuration, and an empty one cannot be stored: {why} What the rollout "
        "wrote is kept. Set the host right in the platform, or with another rollout."
    )


def unknown_word(seen: Deployment) -> str:
    """A status that cannot be followed."""
    return (
        f"The platform gives the latest deployment of the host the status {escape(seen.word)}, which is not known. "
        "Say what it means with rollout_status_words."
    )


def in_doubt(reason: str) -> str:
    """Why an unchanged host is no success."""
    return (
        f"Nothing is to be written, but whether it is in effect is not known: {reason} Choose: rollout_in_doubt: "
        "deploy deploys it; accept takes it as it is."
    )


def not_clear(terms: Terms, latest: Deployment) -> str:
    """Another deployment that does not end."""
    return (
        f"Another deployment of {terms.host} is {latest.state.value}, and did not end within {terms.timeout:g} s "
        "(rollout_deploy_timeout). Look at it in the platform, then run the rollout again."
    )


def too_slow(terms: Terms, shows: State) -> str:
    """Our own that does not end."""
    return (
        f"The deployment of {terms.host} did not end within {terms.timeout:g} s (rollout_deploy_timeout); its last "
        f"status was {shows.value}. It goes on in the platform, and while it does nothing is put back. The next "
        "rollout goes on from there; raise rollout_deploy_timeout if deployments take that long."
    )


def ended(terms: Terms, seen: Deployment, waited: float | None = None) -> str:
    """A deployment that did not succeed."""
    verb = "was cancelled" if seen.state is State.CANCELLED else "failed"
    when = "" if waited is None else f" after {waited:.0f} s"
    said = f': "{redact_text(seen.reason)}"' if seen.reason else "; the platform gives no reason."
    return f"The deployment of {terms.host} {verb}{when}{said}"


def are_alike(one: str, other: str) -> bool:
    """Whether two failures have one reason, however long each took."""
    return bool(one) and _TOOK.sub("", one) == _TOOK.sub("", other)


def no_end(terms: Terms) -> str:
    """A deployment of which the platform does not tell."""
    return (
        f"The deployment of {terms.host} was started, and it cannot be told how it ended: the status names no end, or "
        "bears no id or time that would tell it from the one before."
    )


def maybe_begun(terms: Terms, why: str) -> str:
    """A start without an answer."""
    return (
        f"Whether the deployment of {terms.host} started is not known: {why} Since then the status has shown nothing "
        f"new for {SETTLE:g} s."
    )


def with_warnings(seen: Deployment) -> str:
    """A deployment that succeeded with a complaint."""
    said = f": {redact_text(seen.reason)}" if seen.reason else "."
    return f"The deployment ended with the status {escape(seen.word)}{said}"


def listed(names: Sequence[str]) -> str:
    """The first of them."""
    shown = ", ".join(str(name) for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
