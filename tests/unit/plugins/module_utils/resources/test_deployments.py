# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A status that comes as plain text, over real connections."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    State,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    ForeignBody,
    NoAnswer,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources import deployments

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that answers one request and closes the connection; yields its URL."""

    def serve() -> None:
        connection, _address = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            thread.join()


def status(answer: bytes, connect: Callable[..., Api], **more: Any) -> State:
    with answering(answer) as url:
        return deployments.status(connect(api_url=url, api_retries=0), 7, **more).state


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (HEAD + b"Content-Length: 7\r\n\r\nsuccess", State.SUCCEEDED),
        (HEAD + b"Content-Length: 9\r\n\r\nRunning\r\n", State.RUNNING),
        (HEAD + b"Content-Length: 8\r\n\r\nsideways", State.UNKNOWN),
        (CHUNKED + b"7\r\nsuccess\r\n0\r\n\r\n", State.SUCCEEDED),
        # What a route of Laravel returns as a text.
        (HEAD.replace(b"plain", b"html") + b"Content-Length: 6\r\n\r\nfailed", State.FAILED),
    ],
)
def test_a_bare_word(answer: bytes, state: State, connect: Callable[..., Api]) -> None:
    assert status(answer, connect) is state


def test_a_bare_word_of_the_users_own(connect: Callable[..., Api]) -> None:
    answer = HEAD + b"Content-Length: 12\r\n\r\nall is well!"
    assert status(answer, connect, words={"all is well": "succeeded"}) is State.SUCCEEDED
    with pytest.raises(ForeignBody, match="not JSON"):
        status(answer, connect)


@pytest.mark.parametrize(
    "answer",
    [
        # Cut, or perhaps cut: "success" may be the beginning of "success_with_warnings".
        HEAD + b"Content-Length: 21\r\n\r\nsuccess",
        CHUNKED + b"15\r\nsuccess",
        CHUNKED + b"7\r\nsuccess\r\n",
        HEAD + b"Connection: close\r\n\r\nsuccess",
    ],
)
def test_a_word_that_may_be_cut_is_no_answer(answer: bytes, connect: Callable[..., Api]) -> None:
    with pytest.raises(NoAnswer):
        status(answer, connect)


@pytest.mark.parametrize("text", ["<html><body>Login</body></html>", "Be right back.", "{broken"])
def test_what_is_no_word_is_no_status(text: str, connect: Callable[..., Api]) -> None:
    body = text.encode()
    with pytest.raises(ForeignBody):
        status(HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(body), body), connect)
