# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words by which platforms speak of a deployment, and the keys under which they do.

The words are those in use among comparable platforms; a word that is not among them is C(unknown), never taken for
its neighbour.
"""

from __future__ import annotations

import enum

from .vocabulary import Vocabulary


class State(str, enum.Enum):
    """The normalised vocabulary."""

    NONE = "none"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def active(self) -> bool:
        """Whether the deployment is still under way."""
        return self in (State.QUEUED, State.RUNNING)

    @property
    def ended(self) -> bool:
        """Whether there was a deployment, and how it ended is known."""
        return self in (State.SUCCEEDED, State.FAILED, State.CANCELLED)


WORDS = Vocabulary(
    {
        State.NONE: "none idle never never_deployed not_deployed no_deployment",
        State.QUEUED: "queued pending waiting scheduled requested accepted created new",
        State.RUNNING: """
            running started starting in_progress inprogress processing executing
            deploying publishing deployment_running deploy_running busy working
        """,
        State.SUCCEEDED: """
            success successful succeeded finished completed complete done
            deployed published passed
            finished_with_warnings completed_with_warnings success_with_warnings
            succeeded_with_warnings deployed_with_warnings done_with_warnings
            warning warnings
        """,
        State.FAILED: """
            failed failure fail error errored crashed timeout timed_out
            deploy_failed deployment_failed publish_failed
            finished_with_errors completed_with_errors
        """,
        State.CANCELLED: "cancelled canceled aborted stopped killed terminated",
    }
)
# These say that there never was one; the others of C(State.NONE), that there is none just now.
NEVER = frozenset("never never_deployed not_deployed no_deployment".split())


class Key(enum.Enum):
    """What a value under a key says of a deployment."""

    WORD = "word"
    ACTIVE = "active"
    SUCCESS = "success"
    FAILURE = "failure"
    OVER = "over"
    EXIT_CODE = "exit_code"
    REASON = "reason"
    ID = "id"
    BEGAN = "began"
    ENDED = "ended"


KEYS = Vocabulary(
    {
        Key.WORD: "deploy_status deployment_status status state phase deploy deployment",
        Key.ACTIVE: "running is_running in_progress deploying is_deploying publishing busy",
        Key.SUCCESS: "success succeeded successful is_successful",
        Key.FAILURE: "failed has_failed is_failed",
        Key.OVER: "finished is_finished completed done",
        Key.EXIT_CODE: "exit_code exitcode return_code rc",
        Key.REASON: "failure_reason reason error error_message message detail",
        Key.ID: "id uuid deployment_id deploy_id job_id run_id",
        Key.BEGAN: "created_at queued_at requested_at started_at",
        Key.ENDED: "finished_at ended_at completed_at",
    }
)
# Beside a word that says that a deployment is over, these say how it ended.
OUTCOME_KEYS = ("result", "outcome", "conclusion")
# Where a word's key holds an object, the word stands under one of these.
WORD_WITHIN = ("name", "value", "label", "status", "state")
# What the deployment itself may stand under.
CONTAINERS = (
    "data",
    "deployment",
    "deploy",
    "last_deployment",
    "latest_deployment",
    "current_deployment",
    "deployments",
    "job",
    "jobs",
    "result",
    "results",
)
