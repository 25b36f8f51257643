# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout that was interrupted: what its journal says, and how to go on from what is there now.

The journal of a host is written before its configuration is, and put away when the host is done. So whatever
the moment of an interruption, what the platform holds is one of four: the configuration from before, one that
the rollout has written, one that somebody else has written since, or (where there is no journal) untouched.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ...module_utils.answers.deployment_status import Deployment, State
from ...module_utils.client.errors import SettingsError

VERSION = 1

# How far a rollout was: on its way; putting the previous configuration back; about to deploy that.
FORWARD, RETURNING, REDEPLOYING = "forward", "returning", "redeploying"
STAGES = (FORWARD, RETURNING, REDEPLOYING)

# What the user wants of an interrupted rollout.
CONTINUE, RETURN, KEEP = "continue", "return", "keep"
RECOVERIES = (CONTINUE, RETURN, KEEP)


@dataclass(frozen=True)
class Journal:
    """What a rollout wrote down about a host.

    :ivar previous: fingerprint of the configuration from before.
    :ivar written: fingerprints of what the rollout wrote, or was about to.
    :ivar deploy_type: the type of the deployment that belongs to it.
    :ivar removed: paths of what the rollout took out of the configuration.
    :ivar redeploy: on the way back: whether the host may have been deployed with what was written.
    :ivar why: on the way back: the reason.
    :ivar deployment: the latest deployment of the host before the one of C(stage).
    """

    stage: str
    previous: str
    written: tuple[str, ...]
    deploy_type: str
    removed: tuple[str, ...]
    redeploy: bool
    why: str
    deployment: Deployment


@dataclass(frozen=True)
class Step:
    """What to do with a host.

    :ivar action: C(begin), C(continue), C(return) (put the previous configuration back) or C(refuse).
    :ivar deploy: C(needed) where the plan changes something; C(start) in any case; C(wait) for the one that
        is running, which is ours; C(done), C(failed) as ours has ended.
    :ivar stale: whether there is a journal that has to be put away first.
    :ivar message: what to tell the user; why it refuses.
    """

    action: str
    deploy: str
    stale: bool
    message: str
    previous: str
    written: tuple[str, ...] = ()
    deploy_type: str = ""
    removed: tuple[str, ...] = ()
    redeploy: bool = False
    why: str = ""

    def facts(self) -> dict[str, Any]:
        """As variables of a play."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }


@dataclass(frozen=True)
class Seen:
    """What is there now.

    :ivar live: fingerprint of the stored configuration.
    :ivar backup: whether the file with the previous configuration is there.
    """

    live: str
    backup: bool
    deployment: Deployment = field(repr=False)


def read_journal(text: str, path: str) -> Journal:
    """A journal as it stands in its file.

    :raises SettingsError: for one that cannot be understood.
    """
    try:
        content = json.loads(text)
        if content["version"] != VERSION or content["stage"] not in STAGES:
            raise ValueError("another version")
        return Journal(
            stage=content["stage"],
            previous=str(content["previous"]),
            written=tuple(str(one) for one in content["written"]),
            deploy_type=str(content["deploy_type"]),
            removed=tuple(str(one) for one in content["removed"]),
            redeploy=bool(content["redeploy"]),
            why=str(content["why"]),
            deployment=Deployment(
                State(content["deployment"]["status"]), marks=dict(content["deployment"]["marks"])
            ),
        )
    except (ValueError, KeyError, TypeError):
        raise SettingsError(
            f"The rollout's journal {path} cannot be understood.",
            "Look at the host and its deployments in the platform. When all is as it should be there, move the "
            "file away, and the .backup.json beside it, which is the configuration from before.",
        ) from None


def next_step(journal: Journal | None, seen: Seen, recover: str, path: str) -> Step:
    """How to go on with a host.

    :param path: where the journal is, for messages.
    :raises SettingsError: for a C(recover) that there is not.
    """
    if recover not in RECOVERIES:
        raise SettingsError(
            f"rollout_recover is {recover!r}.", f"It is one of {', '.join(RECOVERIES)}."
        )
    if journal is None:
        return Step("begin", "needed", False, "", seen.live)
    if recover == KEEP:
        message = (
            f"An earlier rollout was interrupted. Its journal is put away as rollout_recover says; what the platform "
            f"holds now is kept, and deployed. ({path})"
        )
        return Step("begin", "start", True, message, seen.live)
    if recover == RETURN:
        return _back(journal, seen, "rollout_recover asks for the previous configuration.", path)
    ours = seen.live in journal.written
    if journal.stage == FORWARD:
        if ours:
            return _onwards(journal, seen)
        if seen.live == journal.previous:
            return _begun_anew(journal, seen)
        if not seen.backup:
            # The backup is made before the first write. Without one there was none, and nothing to go back to.
            return _begun_anew(journal, seen, changed=True)
        return _refused(journal, path)
    if ours or seen.live == journal.previous:
        return _back(journal, seen, journal.why, path)
    return _refused(journal, path)


def _begun_anew(journal: Journal, seen: Seen, changed: bool = False) -> Step:
    """Nothing of the rollout is there: it wrote nothing, or somebody took it back.

    :param changed: whether somebody has changed the configuration meanwhile.
    """
    untouched = _of_ours(journal, seen) == "start" and not changed
    message = (
        "" if untouched else "An earlier rollout was interrupted; the host is deployed in any case."
    )
    return Step("begin", "needed" if untouched else "start", True, message, seen.live)


def _onwards(journal: Journal, seen: Seen) -> Step:
    deploy = _of_ours(journal, seen)
    told = {
        "start": "it was not deployed yet",
        "wait": "its deployment is running and is waited for",
        "done": "it was deployed already",
        "failed": "its deployment has failed meanwhile",
    }
    return Step(
        "continue",
        deploy,
        False,
        f"An earlier rollout was interrupted after it had written the configuration; {told[deploy]}.",
        journal.previous,
        journal.written,
        journal.deploy_type,
        journal.removed,
    )


def _back(journal: Journal, seen: Seen, why: str, path: str) -> Step:
    if not seen.backup and seen.live != journal.previous:
        return Step(
            "refuse",
            "needed",
            False,
            f"The previous configuration is to be put back, but the backup beside {path} is missing.",
            journal.previous,
            journal.written,
        )
    deploy = "start"
    if journal.stage == REDEPLOYING and seen.live == journal.previous:
        deploy = _of_ours(journal, seen)
    return Step(
        "return",
        deploy,
        False,
        f"An earlier rollout was interrupted; the previous configuration is put back: {why}",
        journal.previous,
        # What is there may be overwritten where the user asks for that, and only then.
        (*journal.written, seen.live),
        journal.deploy_type,
        journal.removed,
        # On the way there, a deployment may have begun at any time.
        journal.redeploy if journal.stage != FORWARD else True,
        why,
    )


def _refused(journal: Journal, path: str) -> Step:
    return Step(
        "refuse",
        "needed",
        False,
        "An earlier rollout of this host was interrupted, and somebody else has changed its configuration since. "
        "Nothing was overwritten. Look at what the platform holds, then choose: rollout_recover: keep goes on from "
        "what is there now; rollout_recover: return puts the configuration from before the rollout back. "
        f"The journal is {path}, that configuration lies beside it.",
        journal.previous,
        journal.written,
    )


def _of_ours(journal: Journal, seen: Seen) -> str:
    """What became of the deployment that the journal was about to start."""
    now = seen.deployment
    if not now.is_another_than(journal.deployment):
        return "start"
    if now.state.active:
        # One that was seen waiting or running before ours, and bears no mark, is not taken for ours.
        return "start" if journal.deployment.state.active and not now.marks else "wait"
    if now.state is State.SUCCEEDED:
        return "start" if journal.deployment.state.active and not now.marks else "done"
    return "failed" if now.state.ended else "start"
