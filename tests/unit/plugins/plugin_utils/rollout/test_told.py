# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told after a failure: the reason, the host, and the others of the play."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.reasons import reason
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.standing import (
    outcome_of,
    standing,
    told,
)

ORDER = ["a", "b", "c", "d", "e"]


def test_how_the_others_stand() -> None:
    outcomes = {"a": "done", "b": "unchanged", "c": "returned"}
    assert standing(outcomes, ORDER, "d") == [
        "rolled out: 1 (a)",
        "unchanged, nothing was to be done: 1 (b)",
        "failed, and put back to what it was: 1 (c)",
        "under way: 1 (d)",
        "not begun: 1 (e)",
    ]


def test_what_an_earlier_play_left_says_nothing_of_a_host_that_is_not_begun() -> None:
    assert standing(dict.fromkeys(ORDER, "done"), ORDER, "b")[-1] == "not begun: 3 (c, d, e)"


def test_a_host_that_failed_before_is_no_longer_in_its_batch() -> None:
    assert "failed before anything was written: 1 (c)" in standing({"c": "untouched"}, ORDER, "b")


def test_every_host_is_on_one_line_and_many_are_counted() -> None:
    many = [f"h{number}" for number in range(40)]
    assert standing({}, many, None) == [
        "under way: 40 (h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, h11 and 28 more)"
    ]


@pytest.mark.parametrize(
    ("variables", "outcome"),
    [
        ({}, None),
        ({"__rollout_plan": {"deploy_required": False}}, "unchanged"),
        ({"__rollout_plan": {"deploy_required": True}}, None),
        ({"__rollout_plan": {"failed": True}}, "untouched"),
        ({"__rollout_outcome": "done", "__rollout_plan": {"deploy_required": True}}, "done"),
    ],
)
def test_what_the_variables_of_a_host_say(variables: Any, outcome: str | None) -> None:
    assert outcome_of(variables) == outcome


def host(**others: Any) -> str:
    known: dict[str, Any] = {
        "outcome": "returned",
        "why": "It failed.",
        "stage": "gate",
        "changes": 2,
        "way_why": "",
        "redeployed": True,
        "removed": ["users[a]"],
        "added": ["users[b]"],
        "type": "deploy",
        "after": [],
        "backup": "/archive/b.json",
        "journal": "/j.json",
    }
    return "\n".join(told({**known, **others}))


def test_a_host_that_was_put_back() -> None:
    text = host()
    assert "What failed: It failed." in text
    assert "The configuration was written (2 changes) and deployed." in text
    assert "back in the platform, deployed, and verified" in text
    assert "A copy of it is kept in /archive/b.json." in text
    assert "may still be on the host" in text
    assert "users[b]" in text
    assert "fullResetDeploy. What it deleted" not in text


def test_what_a_reset_deleted_is_gone() -> None:
    text = host(type="fullResetDeploy")
    assert "is not back: users[a]" in text


def test_a_host_that_could_not_be_put_back() -> None:
    text = host(outcome="stuck", way_why="No answer.", stage="deploying")
    assert "THE PREVIOUS CONFIGURATION IS NOT BACK ON THE HOST. No answer." in text
    assert "(2 changes); its deployment did not succeed" in text
    assert "/j.json" in text
    assert "/archive/b.json" in text


def test_a_host_that_was_not_touched() -> None:
    assert host(outcome="untouched", stage="before").splitlines() == [
        "What failed: It failed.",
        "Nothing was written and nothing was deployed.",
    ]


def test_a_host_that_was_not_deployed_does_not_hold_what_was_added() -> None:
    text = host(stage="writing", redeployed=False)
    assert "a deployment was not needed" in text
    assert "users[b]" not in text


LIMITS = {"disk_percent": 90}


@pytest.mark.parametrize(
    ("failed", "text"),
    [
        ({"msg": "403 Forbidden"}, "403 Forbidden"),
        ({}, "The task failed without a message."),
        (
            {"msg": "Unknown error.", "hosts": [{"monitoring": {"disk": {"used_percent": 99}}}]},
            "The host is not healthy: disk in use, in percent: 99, the limit is 90",
        ),
        (
            {"deployments": [{"status": "failed", "reason": "certbot"}]},
            "The deployment that was waited for has the status failed: certbot",
        ),
        (
            {
                "msg": "One or more items failed",
                "results": [
                    {"item": "https://a/", "failed": False},
                    {"item": "https://b/", "failed": True, "msg": "timed out", "status": -1},
                    {
                        "item": "https://c/",
                        "failed": True,
                        "failed_when_result": True,
                        "status": 500,
                        "msg": "OK",
                    },
                    {
                        "item": "https://d/",
                        "failed": True,
                        "failed_when_result": True,
                        "status": 200,
                        "content": "x",
                    },
                ],
            },
            (
                "https://b/: timed out; https://c/: answered 500, without the text 'shop'; "
                "https://d/: answered 200, without the text 'shop'"
            ),
        ),
    ],
)
def test_why_a_task_failed(failed: dict[str, Any], text: str) -> None:
    assert reason(failed, LIMITS, "accept", "shop") == text


def test_a_reason_is_one_line_without_secrets() -> None:
    text = reason({"msg": "a\n\x1b[31m DB_PASSWORD=hunter2 b"}, {}, "accept")
    assert "hunter2" not in text
    assert "\n" not in text
    assert "\x1b" not in text
