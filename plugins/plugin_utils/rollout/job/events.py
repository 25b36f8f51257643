# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host's machine asks for, and what it is told: all that passes between decisions and I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ....module_utils.answers.deployment_status import Deployment
from ....module_utils.plan.engine import Plan
from ..ownership.claim import Keys

# What a machine asks for


@dataclass(frozen=True)
class ReadHost:
    """Read the host, and plan over what it holds."""


@dataclass(frozen=True)
class ReadStatus:
    """Read the host's latest deployment.

    :ivar patient: whether a failure is worth repetitions, as no other look follows it.
    """

    patient: bool = False


@dataclass(frozen=True)
class Write:
    """Store a configuration, and read it back.

    :ivar over: what the host held when it was last read.
    """

    document: dict[str, Any] = field(repr=False)
    over: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Start:
    """Start a deployment, once."""

    type: str


@dataclass(frozen=True)
class AskPages:
    """Ask for pages from here."""

    urls: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """Nothing more; put the journal away, or leave it where there still is a record."""


Command: TypeAlias = "ReadHost | ReadStatus | Write | Start | AskPages | Stop"

# What a machine is told


@dataclass(frozen=True)
class HostRead:
    """The host as it is now.

    :ivar plan: what is left to do to bring it to its desired configuration.
    :ivar figures: of its monitoring, as C(read_monitoring) gives them.
    :ivar urls: where its vhosts should answer.
    :ivar skipped: the vhosts that cannot be asked.
    :ivar touched: when the platform says that the host was last changed, as it says it.
    :ivar owned: what of the host is the repository's once the plan is carried out; None where nobody keeps that.
    """

    document: dict[str, Any] = field(repr=False)
    plan: Plan = field(repr=False)
    figures: Mapping[str, Any] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    touched: Any = None
    owned: Keys | None = field(default=None, repr=False)


@dataclass(frozen=True)
class StatusRead:
    """The host's latest deployment as it is now."""

    deployment: Deployment


@dataclass(frozen=True)
class NotRead:
    """A reading failed.

    :ivar passing: whether it may fare better in a moment.
    """

    why: str
    passing: bool


@dataclass(frozen=True)
class Stored:
    """What was sent is stored: it was read back."""


@dataclass(frozen=True)
class NotStored:
    """Nothing was stored.

    :ivar refused: whether the platform refused what was sent.
    """

    why: str
    refused: bool = False


@dataclass(frozen=True)
class Unclear:
    """What was sent may be stored, or a part of it."""

    why: str


@dataclass(frozen=True)
class Begun:
    """The platform has started the deployment."""


@dataclass(frozen=True)
class NotBegun:
    """Nothing was started, perhaps as another deployment of the host is running."""

    why: str


@dataclass(frozen=True)
class MaybeBegun:
    """The answer was lost or unclear."""

    why: str


@dataclass(frozen=True)
class PagesAsked:
    """What was wrong with which page; nothing where all were good."""

    problems: Mapping[str, str]


@dataclass(frozen=True)
class NotKept:
    """The journal could not be written, and so nothing else was done."""

    why: str


@dataclass(frozen=True)
class Stopped:
    """All is put away.

    :ivar backup: the file with the configuration from before; empty where there is none.
    """

    backup: str = ""


Event: TypeAlias = (
    "HostRead | StatusRead | NotRead | Stored | NotStored | Unclear | Begun | NotBegun | MaybeBegun "
    "| PagesAsked | NotKept | Stopped"
)
