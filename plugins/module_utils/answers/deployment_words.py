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
        State.QUEUED: """
            queued pending waiting scheduled requested accepted created new
            delayed released
        """,
        State.RUNNING: """
            running started starting in_progress inprogress processing executing
            deploying publishing deployment_running deploy_running busy working
            reserved
        """,
        State.SUCCEEDED: """
            success successful succeeded finished completed complete done processed
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
# These say that it is over, and good only where nothing beside them says otherwise.
OVER = frozenset("finished completed complete done processed".split())
# An envelope says these of the request that it answers.
OF_THE_REQUEST = frozenset("ok success successful succeeded accepted created done".split())


class Key(enum.Enum):
    """What a value under a key says of a deployment."""

    OWN_WORD = "own_word"
    WORD = "word"
    WORD_TEXT = "word_text"
    OUTCOME = "outcome"
    ACTIVE = "active"
    SUCCESS = "success"
    FAILURE = "failure"
    OVER = "over"
    EXIT_CODE = "exit_code"
    ERRORS = "errors"
    REASON = "reason"
    ID = "id"
    TYPE = "type"
    REQUESTED = "requested"
    STARTED = "started"
    ENDED = "ended"
    FAILED_AT = "failed_at"
    CANCELLED_AT = "cancelled_at"
    UPDATED = "updated"


KEYS = Vocabulary(
    {
        # The word for a deployment, in whichever object it stands.
        Key.OWN_WORD: """
            deploy_status deployment_status deploy_state deployment_state publish_status
            last_deploy_status last_deployment_status latest_deployment_status
            deploy deployment
        """,
        Key.WORD: "status state phase",
        # The word beside a number.
        Key.WORD_TEXT: """
            status_text status_name status_label status_title status_description
            state_text state_name state_label
        """,
        Key.OUTCOME: "result outcome conclusion",
        Key.ACTIVE: """
            running is_running in_progress deploying is_deploying publishing busy
            pending_jobs
        """,
        Key.SUCCESS: "success succeeded successful is_successful",
        Key.FAILURE: "failed has_failed is_failed failed_jobs",
        # A flag, or the time of its end.
        Key.OVER: "finished is_finished completed done",
        Key.EXIT_CODE: "exit_code exitcode exit_status return_code rc",
        Key.ERRORS: "errors",
        Key.REASON: "failure_reason reason error error_message message detail",
        Key.ID: "id uuid deployment_id deploy_id job_id run_id",
        Key.TYPE: "type deploy_type deployment_type",
        Key.REQUESTED: "created_at queued_at requested_at created",
        Key.STARTED: "started_at start_time started",
        Key.ENDED: "finished_at ended_at completed_at end_time",
        Key.FAILED_AT: "failed_at",
        Key.CANCELLED_AT: "cancelled_at canceled_at",
        Key.UPDATED: "updated_at",
    }
)
# Where a word's key holds an object, the word stands under one of these.
WORD_WITHIN = ("name", "label", "text", "value", "status", "state")
# What only a deployment is of.
TYPES = frozenset("deploy full_deploy full_reset_deploy".split())


class Container(enum.Enum):
    """What an object or list under a key is to the object around it, the most telling first."""

    # The answer itself, or the deployment that it is about.
    CURRENT = "current"
    # One that may be over while the object around it speaks of a newer one.
    LAST = "last"
    # Several of them; or the parts of the deployment around them.
    LIST = "list"


CONTAINERS = Vocabulary(
    {
        Container.CURRENT: """
            data attributes pivot deployment deploy current_deployment current_deploy
            active_deployment current job task run result response payload
        """,
        Container.LAST: """
            last_deployment latest_deployment last_deploy latest_deploy
            last_job latest_job last_run latest_run last latest
        """,
        Container.LIST: "deployments deploys jobs tasks runs history results items",
    }
)
# What of a host's row speaks of its latest deployment, in an object with times of its own or in a word.
IN_A_ROW = frozenset(
    """
    deployment deploy current_deployment current_deploy active_deployment deployments deploys
    last_deployment latest_deployment last_deploy latest_deploy
    deploying is_deploying publishing
    """.split()
)
# The object around these holds the id and the times of what is in them.
HALVES = ("attributes", "pivot")
