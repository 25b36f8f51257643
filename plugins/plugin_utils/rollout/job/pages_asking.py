# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages asked for from here: whether they answer as they should."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ....module_utils.document.masking import redact_text
from ....module_utils.text.escaping import one_line

# A page is read this far for the text that it has to hold: bytes.
_MOST = 8 << 20
_AT_ONCE = 8


@dataclass(frozen=True)
class Expected:
    """What is good.

    :ivar content: a text that every page has to hold; empty for none.
    :ivar timeout: seconds that one answer may take.
    """

    status: tuple[int, ...] = (200,)
    content: str = ""
    timeout: float = 10
    validate_certs: bool = True


def ask(urls: Sequence[str], expected: Expected) -> Mapping[str, str]:
    """What is wrong with which page; those that are good are not among them."""
    with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(urls)))) as pool:
        found = list(pool.map(lambda url: _problem(url, expected), urls))
    return {url: said for url, said in zip(urls, found, strict=True) if said}


def _problem(url: str, expected: Expected) -> str:
    import requests

    try:
        with warnings.catch_warnings(), requests.Session() as session:
            warnings.simplefilter("ignore")
            # What stands in ~/.netrc is nobody's business.
            session.auth = _no_credentials
            with session.get(
                url, timeout=expected.timeout, verify=expected.validate_certs or False, stream=True
            ) as answer:
                content = next(answer.iter_content(_MOST), b"") if expected.content else b""
                said, encoding = answer.status_code, answer.encoding or "utf-8"
    except (requests.RequestException, ValueError, OSError) as error:
        return one_line(redact_text(str(error)), 200) or type(error).__name__
    if said not in expected.status:
        return f"answered {said}"
    if expected.content and expected.content not in _decoded(content, encoding):
        return f"answered {said}, without the text {expected.content!r}"
    return ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding, errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")


def _no_credentials(request: Any) -> Any:
    return request
