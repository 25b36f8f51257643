# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    State,
    read_status,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import BodyError


def read(body: Any, **more: Any) -> State:
    return read_status(body, "/x", **more).state


@pytest.mark.parametrize(
    ("body", "state"),
    [
        # Where the word may stand.
        ("running", State.RUNNING),
        ({"status": "running"}, State.RUNNING),
        ({"state": "queued"}, State.QUEUED),
        ({"data": {"status": "failed"}}, State.FAILED),
        ({"data": {"deployment": {"state": "success"}}}, State.SUCCEEDED),
        ({"deploy": {"status": "pending"}}, State.QUEUED),
        ({"deploy": "running"}, State.RUNNING),
        ({"deploy_status": "deployed", "status": "active"}, State.SUCCEEDED),
        ({"status": {"name": "Running"}}, State.RUNNING),
        # How it may be written.
        ({"status": "inProgress"}, State.RUNNING),
        ({"status": "In progress"}, State.RUNNING),
        ({"status": "IN-PROGRESS"}, State.RUNNING),
        ({"status": " Success "}, State.SUCCEEDED),
        ({"status": "finished_with_warnings"}, State.SUCCEEDED),
        ({"status": "finished with errors"}, State.FAILED),
        # An envelope speaks of the request, not of the deployment.
        ({"status": "success", "data": {"status": "running"}}, State.RUNNING),
        ({"success": True, "data": {"status": "failed"}}, State.FAILED),
        ({"status": "success", "data": None}, State.NONE),
        ({"status": "running", "data": None}, State.RUNNING),
        ({"message": "ok", "deployment": None}, State.NONE),
        # There never was one.
        (None, State.NONE),
        ({}, State.NONE),
        ([], State.NONE),
        ({"data": []}, State.NONE),
        ({"status": None}, State.NONE),
        ({"status": ""}, State.NONE),
        ({"status": "idle"}, State.NONE),
        # The latest of several.
        ([{"id": 1, "status": "failed"}, {"id": 2, "status": "running"}], State.RUNNING),
        ([{"id": 2, "status": "running"}, {"id": 1, "status": "failed"}], State.RUNNING),
        (
            [
                {"id": 9, "created_at": "2026-01-01 10:00", "status": "failed"},
                {"id": 3, "created_at": "2026-02-01 10:00", "status": "queued"},
            ],
            State.QUEUED,
        ),
        ([{"status": "failed"}], State.FAILED),
        # Booleans and exit codes.
        ({"running": True}, State.RUNNING),
        ({"running": False}, State.NONE),
        ({"running": False, "success": True}, State.SUCCEEDED),
        ({"running": False, "success": False}, State.FAILED),
        ({"running": False, "finished": True, "failed": False}, State.SUCCEEDED),
        ({"running": False, "finished": True, "failed": True}, State.FAILED),
        ({"running": False, "finished": True}, State.NONE),
        ({"status": "success", "is_running": True}, State.RUNNING),
        ({"status": "finished", "exit_code": 2}, State.FAILED),
        ({"status": "finished", "exit_code": 0}, State.SUCCEEDED),
        ({"status": "completed", "success": False}, State.FAILED),
        # Flags as databases, PHP and forms write them.
        ({"status": "finished", "is_running": 1}, State.RUNNING),
        ({"status": "finished", "success": 0}, State.FAILED),
        ({"status": "finished", "success": "false"}, State.FAILED),
        ({"status": "finished", "exit_code": "1"}, State.FAILED),
        ({"status": "finished", "failed": 2}, State.FAILED),
        ({"status": "finished", "errors": ["cert failed"]}, State.FAILED),
        ({"status": "finished", "errors": []}, State.SUCCEEDED),
        ({"status": "finished", "conclusion": "failure"}, State.FAILED),
        # An envelope's success beside the deployment's own word.
        ({"status": "success", "data": "running"}, State.RUNNING),
        ({"status": "success", "deploy": "running"}, State.RUNNING),
        ({"status": "success", "result": {"status": "running"}}, State.RUNNING),
        ({"status": "success", "jobs": [{"status": "running"}]}, State.RUNNING),
        ({"status": "running", "data": {"output": "…"}}, State.RUNNING),
        ({"deployment": None, "last_deployment": {"status": "failed"}}, State.FAILED),
        ([{"id": "9", "status": "success"}, {"id": "10", "status": "running"}], State.RUNNING),
        # Nothing is guessed.
        ({"status": "sideways"}, State.UNKNOWN),
        ({"status": 3}, State.UNKNOWN),
        ({"status": "ok"}, State.UNKNOWN),
        ("sideways", State.UNKNOWN),
    ],
)
def test_a_body_is_read(body: Any, state: State) -> None:
    assert read(body) is state


@pytest.mark.parametrize(
    "body",
    [
        7,
        True,
        {"host": 7},
        {"data": 7},
        ["running", "failed"],
        [{"status": "failed"}, {"status": "running"}],
        [
            {"created_at": "30/04/2026 10:00", "status": "success"},
            {"created_at": "01/05/2026 10:00", "status": "running"},
        ],
        {"data": [{"id": 1, "status": "success"}], "last_page": 3},
        {"status": "success", "data": {"host": 7}},
        {"data": {"data": {"data": {"data": {"data": {"status": "running"}}}}}},
    ],
)
def test_a_body_without_a_status_is_refused_with_its_outline(body: Any) -> None:
    with pytest.raises(BodyError, match="deployment"):
        read(body)


def test_the_reason_is_found() -> None:
    assert read_status({"status": "failed", "message": "No\nDNS"}, "/x").reason == "No DNS"
    assert (
        read_status({"status": "failed", "error": {"message": "No DNS"}}, "/x").reason == "No DNS"
    )
    assert read_status({"status": "failed", "message": None}, "/x").reason == ""


def test_words_of_the_users_own() -> None:
    assert read({"status": "Sideways"}, words={"sideways": "running"}) is State.RUNNING
    assert read({"status": "done"}, words={"done": "running"}) is State.RUNNING
    # YAML makes a number of a word that looks like one.
    numbers: Any = {3: "running"}
    assert read({"status": 3}, words=numbers) is State.RUNNING


def test_which_deployment_it_is() -> None:
    before = read_status({"id": 1, "status": "success", "started_at": "1"}, "/x")
    again = read_status({"id": 1, "status": "success", "started_at": "1"}, "/x")
    other = read_status({"id": 2, "status": "success", "started_at": "1"}, "/x")
    later = read_status({"id": 1, "status": "success", "started_at": "1", "finished_at": "2"}, "/x")
    failed = read_status({"id": 1, "status": "failed", "started_at": "1"}, "/x")
    assert not again.is_another_than(before)
    assert other.is_another_than(before)
    # An id outweighs everything: what else differs is progress of the one deployment.
    assert not later.is_another_than(before)
    assert not failed.is_another_than(before)
    assert again.is_surely(before)
    assert not other.is_surely(before)


def test_which_deployment_it_is_without_ids() -> None:
    before = read_status({"status": "success", "finished_at": "2026-01-01T10:00:00Z"}, "/x")
    other = read_status({"status": "success", "finished_at": "2026-01-02T10:00:00Z"}, "/x")
    ago = read_status({"status": "success", "finished_at": "59 seconds ago"}, "/x")
    later = read_status({"status": "success", "finished_at": "1 minute ago"}, "/x")
    never = read_status(None, "/x")
    assert other.is_another_than(before)
    # A text that changes with the clock marks nothing.
    assert not later.is_another_than(ago)
    assert not later.is_surely(ago)
    # That nothing is shown just now is no sign of anything; that something is shown at last is one.
    assert not never.is_another_than(before)
    assert before.is_another_than(never)


def test_a_host_with_a_status_beside_its_name_marks_no_deployment() -> None:
    body = {"id": 7, "name": "shop", "created_at": "2020-01-01T10:00", "deploy_status": "success"}
    assert read_status(body, "/x", host_id=7).marks == {}
    assert read_status(body, "/x", host_id=8).marks != {}
