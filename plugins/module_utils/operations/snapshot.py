# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer without a request: nothing is to be done where a configuration that was read before shows it.

A snapshot may lack what the live configuration has: the inventory leaves secrets out, or masks them. So it is
believed only where what it lacks could make no difference.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ..client.errors import SettingsError, TurboStackError
from ..document.fingerprint import compare_fingerprint
from ..document.masking import MASK, redact_text
from ..document.place import Place
from ..document.policy import DELETED, REPLACED
from ..document.walk import visit
from ..plan.diff import diff
from ..plan.engine import plan
from ..validation.findings import refused, told_of
from .desired import Desired
from .operation import Result, TaskContext

OPTIONS: dict[str, dict[str, Any]] = {
    "snapshot": {"type": "dict"},
    "snapshot_time": {"type": "str"},
}


@dataclass(frozen=True)
class Snapshot:
    """A configuration that was read before, and when that was, as the task says it."""

    snapshot: dict[str, Any] | None
    snapshot_time: str | None

    @property
    def age(self) -> float | None:
        """Seconds since the snapshot was read; None where the task does not say when that was.

        :raises SettingsError: for a C(snapshot_time) that is no time.
        """
        text = self.snapshot_time
        if text is None or not text.strip():
            return None
        return round(max(0.0, time.time() - _seconds(text.strip())), 1)


def answer(kind: str, desired: Desired, given: Snapshot, context: TaskContext) -> Result | None:
    """The task's result where the snapshot shows that nothing is to be done; None where it does not.

    :raises SettingsError: for a C(snapshot_time) that is no time.
    """
    snapshot, target, policy = given.snapshot or {}, desired.target, desired.policy
    age = given.age
    try:
        planned = plan(snapshot, desired.config, desired.state, policy)
        if planned.changed or not _is_enough(desired):
            return None
        findings = desired.validation.findings(
            desired.config, snapshot, desired.state, policy, planned, context.origins
        )
        expected = desired.expected_fingerprint
        if expected and compare_fingerprint(expected, snapshot, policy, context.seal) is not None:
            return None
    except TurboStackError:
        # What is wrong is told about the live configuration, or is not wrong with that one.
        return None
    name = f"{kind} {target.name or target.id}"
    if findings and desired.validation.refuses:
        raise refused(findings, name)
    for warning in (*planned.warnings, *told_of(findings)):
        context.warn(f"{name}: {warning}")
    return {
        "changed": False,
        "id": target.id,
        "name": target.name,
        "changes": [],
        "deploy_required": False,
        "fingerprint": expected or None,
        "fingerprint_before": expected or None,
        "server_normalized": [],
        "findings": [finding.shown() for finding in findings],
        "snapshot": {"used": True, "age": age},
        "diff": diff(snapshot, planned.payload, name, policy),
    }


def _seconds(text: str) -> float:
    """Since the epoch, of such a number or of a date and time in ISO 8601 (UTC, where it names no zone)."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(f"{text[:-1]}+00:00" if text[-1:] in "Zz" else text)
    except ValueError:
        raise SettingsError(
            f"snapshot_time is no time: {text!r}.",
            "Give a date and time as in 2026-05-04T10:15:00Z, or seconds since the epoch.",
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.timestamp()


def _is_enough(desired: Desired) -> bool:
    """Whether an empty plan against a snapshot is one against the live configuration as well."""
    config, state, policy = desired.config, desired.state, desired.policy
    secrets = list(_secret_places(config, policy.root))
    if MASK in str(secrets):
        return False
    if state != DELETED and any(_is_value(secret) for secret in secrets):
        # The snapshot holds a secret that was compared, so nothing was taken out of it.
        return True
    # To remove a secret, or what is not named, is to speak of what a snapshot may lack.
    return not secrets and state != REPLACED and "replace" not in policy.lists.values()


def _secret_places(config: Any, root: Place) -> Iterator[Any]:
    """What stands at secret places, be it nothing, and the texts that hold a secret or a mask."""
    for place, value in visit(config, root):
        if isinstance(value, (dict, list)) and value:
            continue
        if place.secret or (
            isinstance(value, str) and (MASK in value or redact_text(value) != value)
        ):
            yield value


def _is_value(secret: Any) -> bool:
    if isinstance(secret, str):
        return bool(secret.strip())
    return isinstance(secret, (int, float)) and not isinstance(secret, bool)
