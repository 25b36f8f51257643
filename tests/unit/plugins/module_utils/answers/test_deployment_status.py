# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    State,
    read_row,
    read_status,
    read_word,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_words import (
    CONTAINERS,
    IN_A_ROW,
    KEYS,
    WORDS,
    Container,
    Key,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import BodyError

DOCUMENT = Path(__file__).parents[5] / "docs" / "deployment-status.md"


def read(body: Any, **more: Any) -> State:
    return read_status(body, "/x", **more).state


#: The lines of the document's tables: a body, and what it is read as.
SHAPES: list[tuple[str, str]] = re.findall(
    r"^\| `(.*?)` \| (\w+) \| (?:.* )?\|$", DOCUMENT.read_text("utf-8"), re.M
)


def read_as(text: str) -> str:
    """What a body becomes on its way from the client."""
    body: Any = None
    if not text.startswith("text"):
        body = json.loads(text)
    elif plain := text.removeprefix("text ").removeprefix("text"):
        body = read_word(plain)
        if body is None:
            return "refused"
    try:
        return read(body).value
    except BodyError:
        return "refused"


def test_the_document_is_read_whole() -> None:
    tables = DOCUMENT.read_text("utf-8").partition("## ")[2]
    assert len(SHAPES) == tables.count("\n| `") > 100
    assert {status for _text, status in SHAPES} == {*(state.value for state in State), "refused"}


@pytest.mark.parametrize(("text", "status"), SHAPES)
def test_a_documented_shape_is_read_as_the_document_says(text: str, status: str) -> None:
    assert read_as(text) == status


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("running", State.RUNNING),
        ({"data": {"deployment": {"state": "success"}}}, State.SUCCEEDED),
        ({"deploy": {"status": "pending"}}, State.QUEUED),
        ({"status": "inProgress"}, State.RUNNING),
        ({"status": "IN-PROGRESS"}, State.RUNNING),
        ({"status": " Success "}, State.SUCCEEDED),
        ({"message": "ok", "deployment": None}, State.NONE),
        ([{"id": 1, "status": "failed"}, {"id": 2, "status": "running"}], State.RUNNING),
        ([{"status": "failed"}], State.FAILED),
        ({"running": False}, State.NONE),
        ({"running": False, "finished": True, "failed": True}, State.FAILED),
        ({"status": "finished", "exit_code": 2}, State.FAILED),
        ({"status": "completed", "success": False}, State.FAILED),
        ({"status": "finished", "is_running": 1}, State.RUNNING),
        ({"status": "finished", "success": 0}, State.FAILED),
        ({"status": "finished", "success": "false"}, State.FAILED),
        ({"status": "finished", "exit_code": "1"}, State.FAILED),
        ({"status": "finished", "failed": 2}, State.FAILED),
        ({"status": "finished", "errors": ["cert failed"]}, State.FAILED),
        ({"status": "finished", "errors": []}, State.SUCCEEDED),
        ({"status": "finished", "conclusion": "failure"}, State.FAILED),
        ({"status": "success", "deploy": "running"}, State.RUNNING),
        ({"status": "success", "result": {"status": "running"}}, State.RUNNING),
        ({"status": "running", "data": {"output": "…"}}, State.RUNNING),
        ({"deployment": None, "last_deployment": {"status": "failed"}}, State.FAILED),
        ([{"id": "9", "status": "success"}, {"id": "10", "status": "running"}], State.RUNNING),
        ({"status": "sideways"}, State.UNKNOWN),
        ({"status": 3}, State.UNKNOWN),
        ("sideways", State.UNKNOWN),
    ],
)
def test_further_spellings(body: Any, state: State) -> None:
    assert read(body) is state


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


def test_a_contradiction_is_told_with_its_keys_and_the_outline() -> None:
    with pytest.raises(BodyError) as refused:
        read({"status": "success", "exit_code": 2, "log": "token-1"})
    assert "contradicts itself (status and exit_code): {status: string, exit_code: number" in str(
        refused.value
    )
    assert "token-1" not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "began", "ended"),
    [
        (
            {
                "created_at": "2026-06-01T10:00:05Z",
                "started_at": "2026-06-01T10:00:07Z",
                "finished_at": "2026-06-01T10:00:09Z",
            },
            5,
            9,
        ),
        ({"started_at": 1780308007, "ended_at": 1780308009000}, 7, 9),
        ({"createdAt": "1780308005", "completedAt": "2026-06-01T12:00:09+02:00"}, 5, 9),
        # A model without a time for its end was changed for the last time when it ended, or later.
        ({"created_at": 1780308005, "updated_at": 1780308009}, 5, 9),
        ({"created_at": 1780308005, "updated_at": 1780308011, "finished_at": 1780308009}, 5, 9),
        ({"started": "2026-06-01T10:00:07Z", "finished": "2026-06-01T10:00:09Z"}, 7, 9),
        ({"started_at": "2 minutes ago", "finished_at": None}, None, None),
        # Readings of two clocks.
        (
            {"created_at": "2026-06-01T10:00:05Z", "started_at": "2026-06-01 12:00:07"},
            None,
            None,
        ),
        # The host's own times.
        ({"id": 3, "created_at": 1780308005, "updated_at": 1780308009}, None, None),
    ],
)
def test_when_it_ran(body: dict[str, Any], began: int | None, ended: int | None) -> None:
    times = read_status({"status": "success", **body}, "/x", host_id=3).times
    assert (times.began and times.began.at.second) == began
    assert (times.ended and times.ended.at.second) == ended


def test_a_half_has_the_id_and_the_times_around_it() -> None:
    body = {"data": {"id": "7", "created_at": 1780308005, "attributes": {"status": "success"}}}
    found = read_status(body, "/x")
    assert found.marks == {"id": "7", "created_at": "1780308005"}
    assert found.times.began


KEY_NAMES = [key for meaning in Key for key in KEYS[meaning]]
WORD_LIST = [word for state in State if state is not State.UNKNOWN for word in WORDS[state]]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 3),
    st.sampled_from([*WORD_LIST, "ok", "wobbly", "", "1780308005", "2026-06-01T10:00:05Z", "{"]),
    st.integers(1780308005, 1780308009),
    st.floats(allow_nan=False, allow_infinity=False),
)
BODIES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*KEY_NAMES, *(key for role in Container for key in CONTAINERS[role])]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(BODIES)
def test_any_body_is_read_or_refused(body: Any) -> None:
    with suppress(BodyError):
        read(body, host_id=3)


@given(st.dictionaries(st.sampled_from(KEY_NAMES), SCALARS, max_size=6))
def test_a_failure_that_is_told_is_never_a_success(parts: dict[str, Any]) -> None:
    told = [
        parts.get(key)
        for meaning in (Key.OWN_WORD, Key.WORD, Key.WORD_TEXT)
        for key in KEYS[meaning]
    ]
    bad = {*WORDS[State.FAILED], *WORDS[State.CANCELLED]}
    own = [parts.get(key) for key in KEYS[Key.OWN_WORD]]
    if any(word in WORD_LIST for word in own):
        told = own
    with suppress(BodyError):
        assert read(parts) is not State.SUCCEEDED or not any(
            isinstance(word, str) and word in bad for word in told
        )


@given(st.dictionaries(st.sampled_from(KEY_NAMES), SCALARS, max_size=6))
def test_an_envelope_changes_nothing(parts: dict[str, Any]) -> None:
    def outcome(body: Any) -> Any:
        try:
            return read(body)
        except BodyError:
            return "refused"

    alone = outcome(parts)
    assert outcome({"data": parts}) == alone
    if alone not in ("refused", State.UNKNOWN):
        assert outcome({"status": "success", "data": parts}) == alone
    assert outcome({"message": "OK", "deployments": [parts]}) == alone
    assert outcome(json.dumps(parts)) == alone


def test_nesting_without_end_is_refused() -> None:
    deep: Any = {"status": "running"}
    for _level in range(900):
        deep = [deep]
    with pytest.raises(BodyError, match="deployment"):
        read(deep)


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"deploy_status": "running"}, State.RUNNING),
        ({"isDeploying": True}, State.RUNNING),
        ({"last_deployment": {"id": 7, "status": "failed"}}, State.FAILED),
        ({"last_deployment": None}, State.NONE),
        (
            {"deployments": [{"id": 8, "status": "success"}, {"id": 7, "status": "failed"}]},
            State.SUCCEEDED,
        ),
        # What is the host's own says nothing of a deployment, and what is not clear is left to the answer that is.
        ({"status": "success"}, None),
        ({"data": {"status": "success"}}, None),
        ({"deployments": [{"status": "success"}, {"status": "failed"}]}, None),
        ({}, None),
    ],
)
def test_what_a_row_says(row: dict[str, Any], state: State | None) -> None:
    host = {
        "id": 3,
        "name": "web1",
        "active": 1,
        "created_at": 1780308005,
        "updated_at": 1780308009,
    }
    found = read_row({**host, **row}, host_id=3)
    assert (found and found.state) == state
    assert found is None or not found.times.began


def test_a_row_has_the_times_of_its_deployment_and_not_its_own() -> None:
    row = {
        "id": 3,
        "updated_at": 1780308001,
        "last_deployment": {"id": 7, "status": "success", "created_at": 1780308005},
    }
    found = read_row(row, host_id=3)
    assert found
    assert found.times.began
    assert found.times.began.at.second == 5
    assert found.times.ended is None


@given(st.dictionaries(st.sampled_from(sorted({*KEY_NAMES, *IN_A_ROW})), BODIES, max_size=5))
def test_any_row_is_read(row: dict[str, Any]) -> None:
    read_row(row, host_id=3)


@given(st.text())
def test_any_text_is_a_word_or_none(text: str) -> None:
    word = read_word(text)
    if word is not None:
        assert word == text.strip()
        assert len(word) <= 60
        assert "<" not in word
