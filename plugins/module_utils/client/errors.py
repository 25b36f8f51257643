# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that the collection raises on purpose: one family, each with a hint at what to do next."""

from __future__ import annotations

from typing import Any


class TurboStackError(Exception):
    """A failure told to the user as it stands; never shown with a traceback.

    :param message: what failed, in one sentence, without any secret.
    :param hint: what to do next, or nothing where there is nothing useful to say.
    """

    kind = "error"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def details(self) -> dict[str, Any]:
        """The failure as a task returns it under C(error): always C(kind), further keys by kind."""
        return {"kind": self.kind}


class SettingsError(TurboStackError):
    """The connection options, or what the environment says in their place, cannot be used."""

    kind = "settings"


class TargetError(TurboStackError):
    """The host, group or client that the user named does not exist, or several of that name do."""

    kind = "target"


class RequestError(TurboStackError):
    """A request that did not bring what it was sent for.

    :param method: the HTTP method.
    :param path: the path below C(api_url), with its query.
    :param message: what happened, without the request's name (it is put in front).
    :param server_message: the server's own words, already scrubbed of the token.
    :ivar outcome: the message without the server's words, which may quote what was sent.
    """

    kind = "request"

    def __init__(
        self,
        method: str,
        path: str,
        message: str,
        *,
        hint: str | None = None,
        status: int | None = None,
        server_message: str | None = None,
    ) -> None:
        text = f"{method} {path}: {message}"
        self.outcome = text
        if server_message:
            text += f' The server says: "{server_message}"'
        super().__init__(text if text.endswith((".", '"')) else f"{text}.", hint)
        self.method = method
        self.path = path
        self.status = status
        self.server_message = server_message

    def details(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "server_message": self.server_message,
        }


class NoAnswer(RequestError):
    """The request brought no complete answer.

    :param sent: whether the request may have reached the server, and so may have had its effect.
    :param passing: whether the same request may fare better in a moment.
    """

    kind = "no_answer"

    def __init__(
        self,
        method: str,
        path: str,
        message: str,
        *,
        sent: bool,
        passing: bool = True,
        hint: str | None = None,
    ) -> None:
        super().__init__(method, path, message, hint=hint)
        self.sent = sent
        self.passing = passing


class StatusError(RequestError):
    """The server answered with a status that is not a success (4xx, 5xx, or a redirect).

    :param retry_after: seconds after which the server wants to be asked again, where it said so.
    """

    kind = "status"
    status: int

    def __init__(
        self,
        method: str,
        path: str,
        status: int,
        reason: str,
        *,
        hint: str | None = None,
        server_message: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(
            method,
            path,
            f"{status} {reason}".strip(),
            hint=hint,
            status=status,
            server_message=server_message,
        )
        self.retry_after = retry_after


class BodyError(RequestError):
    """The server answered with success, and with a body that is not what the API promises."""

    kind = "body"


class ForeignBody(BodyError):
    """The body is no JSON at all: something between here and the API answered in its place.

    :ivar text: a short text that came instead, for whoever knows of an answer that is one.
    """

    text = ""
