# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
from unit.plugins.module_utils.text.secrets.corpus import Text, texts

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.server_message import (
    looks_like_html,
    server_message,
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"message": "Unauthenticated."}, "Unauthenticated."),
        (
            {"message": "The json field is required.", "errors": {"json": ["It is missing."]}},
            "The json field is required. json: It is missing.",
        ),
        ({"message": "No.", "errors": {"a": ["x", "y"], "b": "z"}}, "No. a: x; y. b: z."),
        ({"errors": ["one", {"detail": "two"}]}, "one; two."),
        ({"errors": {"json": {"a": ["x"], "b": {"c": "y"}}, "d": {}}}, "json.a: x. json.b.c: y."),
        ({"error": "forbidden"}, "forbidden."),
        ({"error": {"code": 3, "message": "No quota"}}, "No quota."),
        ({"title": "Conflict", "detail": "Deploying"}, "Conflict. Deploying."),
        ({"data": {"message": "Deep"}}, "Deep."),
        ("<html><head><title>502 Bad&nbsp;Gateway</title></head>", "502 Bad Gateway"),
        ("<!DOCTYPE html><body><h1>Be right <b>back</b></h1>", "Be right back"),
        ("plain text", "plain text"),
        ({"message": "bad token t0k3n"}, "bad token ********."),
        ({"message": "clear\x1b[2Jed\u202e"}, "clear\\x1b[2Jed\\u202e."),
        ({}, None),
        ({"message": ""}, None),
        ({"message": None, "errors": {}}, None),
        ("<html></html>", None),
        (None, None),
        (7, None),
    ],
)
def test_the_servers_words_are_found(body: Any, said: str | None) -> None:
    assert server_message(body, "t0k3n") == said


def test_a_long_message_is_cut() -> None:
    message = server_message({"message": "word " * 2_000}, "t0k3n")
    assert message is not None
    assert message.endswith("word…")
    assert len(message) < 600


def test_a_word_is_never_cut_in_two() -> None:
    said = server_message({"message": f"Refused: {'x' * 5_000} is not known."}, "t0k3n")
    assert said == "Refused:…"
    assert server_message("x" * 5_000, "t0k3n") == "(5000 characters without a blank)"


def test_pages_for_people_are_told_from_text() -> None:
    assert looks_like_html("\n <!doctype HTML>")
    assert not looks_like_html('{"message": "<html>"}')


@pytest.mark.parametrize("text", texts(), ids=lambda text: text.title)
def test_a_server_that_repeats_what_it_was_sent_gives_no_secret_away(text: Text) -> None:
    echo = f"Refused:\n{text.plain}\n"
    for body in (
        {"message": echo},
        {"errors": {"json": [echo]}},
        {"error": {"detail": echo}},
        echo,
    ):
        said = server_message(body, "t0k3n") or ""
        assert not [secret for secret in text.secrets if " ".join(secret.split()) in said]
