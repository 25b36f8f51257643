# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What to do next about a status that is not a success."""

from __future__ import annotations

from .settings import Settings

RATE_LIMIT = (
    "The platform's rate limit is used up, by this run or by others with the same token. Raise "
    "api_rate_limit_timeout, or let fewer runs go at once."
)

_BY_STATUS = {
    403: (
        "The token acts with its owner's rights: the owner has none here. "
        "Use a token of somebody who may manage this client."
    ),
    404: (
        "There is nothing under this id that the token may see. Check the id, and that api_url "
        "({url}) is the platform's address without /api/v1."
    ),
    405: "Check that api_url ({url}) is the platform's address without /api/v1.",
    413: "The configuration is larger than the server accepts.",
    419: "The server took the request for a browser's. Check that api_url ({url}) is right.",
    422: "The server refused the values sent; see its message.",
    429: RATE_LIMIT,
    503: "The platform is under maintenance or overloaded. Try again later, or raise api_retries.",
}


def hint_for(status: int, settings: Settings) -> str | None:
    """The hint for a status, or None where the server's message says all there is to say."""
    if status == 401:
        return (
            f"The token came from {settings.token_source}; it is wrong, expired or revoked. A new one "
            "is made in the platform under Profile settings > Personal Access Token (API)."
        )
    if 300 <= status < 400:
        return (
            f"The token is never sent on to another address. Check api_url ({settings.url}): "
            "is it https, the right host, without a path?"
        )
    hint = _BY_STATUS.get(status)
    if hint is None and status >= 500:
        hint = "The fault is on the server's side, or of a proxy before it. Try again later."
    return hint.format(url=settings.url) if hint else None
