# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout writes down about a host, so that after an interruption at any moment the next one goes on.

A record holds configurations whole, secrets and all: it lies beside the backup, which does as well, in files
that their owner alone can read. So what the platform holds can be compared with them as with any document.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.client.errors import SettingsError
from ....module_utils.text import json_text
from ..ownership.claim import Keys, decoded, encoded

VERSION = 2


class Stage(str, enum.Enum):
    """How far a rollout was; each is written down before what it names is done."""

    WRITING = "writing"
    STARTING = "starting"
    DEPLOYED = "deployed"
    RETURNING = "returning"
    RESTARTING = "restarting"


BACK = (Stage.RETURNING, Stage.RESTARTING)


@dataclass(frozen=True)
class Record:
    """What is known of a rollout that is under way.

    :ivar previous: the configuration from before.
    :ivar written: what the rollout wrote, or was about to; what it may therefore take back.
    :ivar owned: of each of what was written: what of it is the repository's; None where nobody keeps that.
    :ivar deploy_type: the type of the deployment that goes, or went, forth.
    :ivar removed, added: paths of what the rollout took out of the configuration, and put into it.
    :ivar redeploy: on the way back: whether the host may have been deployed with what was written.
    :ivar why: on the way back: the reason.
    :ivar deployment: the latest deployment of the host before the one that the stage is about to start.
    """

    stage: Stage
    previous: dict[str, Any] = field(repr=False)
    written: tuple[dict[str, Any], ...] = field(repr=False)
    deploy_type: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    redeploy: bool = False
    why: str = ""
    deployment: Deployment = field(default_factory=lambda: Deployment(State.NONE))
    owned: tuple[Keys | None, ...] = field(default=(), repr=False)


def encode(record: Record, about: Mapping[str, Any]) -> str:
    """The record as text.

    :param about: what people want to know of it: the host, the run.
    """
    return json_text.encode(
        {
            "version": VERSION,
            **about,
            "stage": record.stage.value,
            "why": record.why,
            "deploy_type": record.deploy_type,
            "redeploy": record.redeploy,
            "removed": list(record.removed),
            "added": list(record.added),
            "deployment": {
                "status": record.deployment.state.value,
                "marks": dict(record.deployment.marks),
            },
            "previous": record.previous,
            "written": list(record.written),
            "owned": [one and encoded(one) for one in record.owned],
        }
    )


def decode(text: str, path: str) -> Record:
    """A record as it stands in its file.

    :raises SettingsError: for one that cannot be understood.
    """
    try:
        content = json_text.decode(text)
        if content["version"] != VERSION:
            raise ValueError("another version")
        written = tuple(map(_document, content["written"]))
        return Record(
            stage=Stage(content["stage"]),
            previous=_document(content["previous"]),
            written=written,
            deploy_type=str(content["deploy_type"]),
            removed=tuple(str(one) for one in content["removed"]),
            added=tuple(str(one) for one in content["added"]),
            redeploy=bool(content["redeploy"]),
            why=str(content["why"]),
            deployment=Deployment(
                State(content["deployment"]["status"]), marks=dict(content["deployment"]["marks"])
            ),
            owned=tuple(map(_owned, content.get("owned", [None] * len(written)))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SettingsError(
            f"The rollout's journal {path} cannot be understood.",
            "Look at the host and its deployments in the platform. When all is as it should be there, move the "
            "file away, and the .backup.json beside it, which is the configuration from before.",
        ) from None


def _owned(content: Any) -> Keys | None:
    claim = None if content is None else decoded(content)
    if not isinstance(claim, Keys | None):
        raise TypeError("no claim on a host")
    return claim


def _document(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no configuration")
    return value
