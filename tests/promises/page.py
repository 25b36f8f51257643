# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/promises.md out of the table of promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from workshop.places import ROOT

from .promise import Mistake, Promise
from .table import PROMISES

PAGE = ROOT / "docs" / "promises.md"

HEAD = """# Promises, and what proves them

What the README and the roles promise, in their own words; a mistake that would break it; and the tests that fail then.
It is one table (`tests/promises/`), from which this page is made (`make keys`).

```console
$ make promises
```

makes each of these mistakes in a copy of the sources, runs the tests that are named beside it, and fails unless every
one of them fails, while all of them pass where there is no mistake. That takes a few minutes on two cores. A test by
itself: `.venvs/tools/bin/python -m pytest ID`, and `--core 2.21` behind it for those in `tests/e2e`.

These tests are not all that looks after a promise, but enough to notice that it does not hold any more. How the plan
engine's tests do beside mistakes that nobody chose is in [testing the tests](mutation-testing.md).
"""

#: A link leads from where the promise is made; the page shows its words alone.
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def page() -> str:
    """The page's text."""
    return HEAD + "".join(
        "".join(_of(document, list(some)))
        for document, some in groupby(PROMISES, lambda promise: promise.document)
    )


def _of(document: str, promises: list[Promise]) -> Iterator[str]:
    yield f"\n## [{_title(document)}](../{document})\n"
    for promise in promises:
        words = LINK.sub(r"\1", promise.words)
        yield f"\n> {words}\n\n"
        yield "| what would be wrong | where | what fails |\n| --- | --- | --- |\n"
        yield from map(_row, promise.mistakes)


def _row(mistake: Mistake) -> str:
    tests = "<br>".join(
        f"[`{_name(test)}`](../{test.partition('::')[0]})" for test in mistake.tests
    )
    file = mistake.file.rpartition("/")[2]
    return f"| {mistake.told} | [`{file}`](../{mistake.file}) | {tests} |\n"


def _title(document: str) -> str:
    folder = document.rpartition("/")[0]
    return folder.rpartition("/")[2] or "The README"


def _name(test: str) -> str:
    return test.rpartition("::")[2]
