# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which request may be sent again after which failure, and after how long."""

from __future__ import annotations

import enum
import random
from collections.abc import Mapping
from typing import TypeGuard

from .errors import NoAnswer, RequestError, StatusError

try:
    from urllib3.exceptions import InvalidHeader
    from urllib3.util.retry import Retry
except ImportError:  # said by requests_import_error in api.py, which every adapter asks first
    pass

_FIRST_DELAY = 0.5
_RATE_LIMITED = 429
_REQUEST_TIMEOUT = 408


class Repeat(enum.Enum):
    """What a second sending would do."""

    IDEMPOTENT = "the same as one: repeat it whenever the answer may be better next time"
    ONLY_WITHOUT_EFFECT = "its work twice: repeat it only where the first surely did nothing"


def may_repeat(failure: RequestError, repeat: Repeat) -> bool:
    """Whether the failure may pass, and sending again is safe.

    A 503 may come from a proxy whose upstream had begun to work, so it says nothing of the effect.
    """
    if isinstance(failure, NoAnswer):
        return failure.passing and (repeat is Repeat.IDEMPOTENT or not failure.sent)
    if isinstance(failure, StatusError):
        if is_rate_limit(failure):
            return True
        return repeat is Repeat.IDEMPOTENT and (
            failure.status >= 500 or failure.status == _REQUEST_TIMEOUT
        )
    return False


def is_rate_limit(failure: RequestError) -> TypeGuard[StatusError]:
    """Whether the server refused the request because there were too many before it."""
    return isinstance(failure, StatusError) and failure.status == _RATE_LIMITED


def delay_before(attempt: int, failure: RequestError, longest: float) -> float:
    """Seconds to wait before repetition number C(attempt) (1 is the first).

    What the server asked for, else a delay that doubles; spread out, so that a hundred hosts that were
    refused together do not come back together; never more than C(longest).
    """
    asked = failure.retry_after if isinstance(failure, StatusError) else None
    if asked is not None:
        return min(asked + random.uniform(0, 0.1 * asked), longest)
    doubled = _FIRST_DELAY * 2 ** min(attempt - 1, 16)
    return min(random.uniform(doubled / 2, doubled), longest)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from a C(Retry-After) header, which holds seconds or an HTTP date; None without one."""
    value = headers.get("Retry-After")
    if value is None:
        return None
    try:
        return float(Retry().parse_retry_after(value))
    except (InvalidHeader, ValueError, OverflowError):
        return None
