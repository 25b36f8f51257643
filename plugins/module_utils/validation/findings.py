# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What validation finds: doubts about a configuration that the platform would store without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..document.errors import PlanError
from ..plan.origins import Origin

OFF, WARN, STRICT = "off", "warn", "strict"
LEVELS = (OFF, WARN, STRICT)


@dataclass(frozen=True)
class Finding:
    """One doubt.

    :ivar path: the place, as people read it, without secrets.
    :ivar code: what kind of doubt it is: one of the words that C(docs/validation.md) lists.
    :ivar message: what is found, as a sentence without its subject.
    :ivar hint: what was probably meant, or what is expected.
    :ivar origin: the file that says it; None where nobody knows.
    """

    path: str
    code: str
    message: str
    hint: str
    origin: Origin | None = None

    def __str__(self) -> str:
        where = f"{self.origin}: " if self.origin else ""
        return f"{where}{self.said()}"

    def said(self) -> str:
        """The finding without the file that it is in."""
        return f"{self.path} {self.message}. {self.hint} [{self.code}]"

    def shown(self) -> dict[str, Any]:
        """As a task returns it."""
        return {
            "path": self.path,
            "code": self.code,
            "message": f"{self.path} {self.message}.",
            "hint": self.hint,
            "source": str(self.origin) if self.origin else None,
        }


def silencing(prefix: str = "") -> str:
    """How a user says that what is doubted is meant.

    :param prefix: what the names of the options begin with where the user sets them.
    """
    return (
        f"Where it is meant: say what the key is with {prefix}schema, name the place in {prefix}validate_except, "
        f"or set {prefix}validate"
    )


def told_of(findings: Sequence[Finding], prefix: str = "") -> list[str]:
    """Everything that was found, a text each, and how to say that it is meant.

    :param prefix: as of C(silencing).
    """
    return [*map(str, findings), f"{silencing(prefix)} to off."] if findings else []


def refused(findings: Sequence[Finding], what: str, prefix: str = "") -> PlanError:
    """The refusal of C(validate=strict), with everything that was found.

    :param prefix: what the names of the options begin with where the user sets them.
    """
    told = "\n".join(f"- {finding}" for finding in findings)
    number = "is one doubt" if len(findings) == 1 else f"are {len(findings)} doubts"
    return PlanError(
        f"There {number} about the configuration of {what}:\n{told}",
        f"Mend it. {silencing(prefix)} to warn or off.",
    )
