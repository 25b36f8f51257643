# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of a desired configuration through the code is the one that docs/architecture.md writes down."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import host
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.desired import (
    Desired,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.admission import Admitted
from simulator import Simulator

ROOT = Path(__file__).parents[5]
# The floors that know no configuration as a whole, but places in one.
_ASKED = ("document/", "text/")
_ROOMS = "/hosted_power/turbostack/plugins/module_utils/"


@contextmanager
def followed(config: dict[str, Any]) -> Iterator[list[str]]:
    """The files whose functions are handed the configuration as a whole, in the order in which it comes to them.

    Followed are the configuration, the value that the operation holds it in, and the copy that is planned for.
    """
    way: list[str] = []
    documents: list[Any] = [config]

    def look(frame: FrameType, event: str, value: Any) -> None:
        _before, found, file = frame.f_code.co_filename.partition(_ROOMS)
        if not found:
            return
        if event == "return" and isinstance(value, Admitted):
            documents.append(value.document)
        if event != "call" or file.startswith(_ASKED):
            return
        given = frame.f_code.co_varnames[: frame.f_code.co_argcount]
        if any(
            isinstance(one, Desired) or any(one is document for document in documents)
            for one in map(frame.f_locals.get, given)
        ) and way[-1:] != [file]:
            way.append(file)

    sys.setprofile(look)
    try:
        yield way
    finally:
        sys.setprofile(None)


def test_the_way_that_is_written_down(task: Any, simulator: Simulator) -> None:
    stored = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    stored.document = {"webserver": "nginx", "system_users": [{"username": "prod", "vhosts": []}]}
    run = task(host.OPERATION)
    config = {"webserver": "apache", "system_users": [{"username": "prod", "php_version": "8.3"}]}
    with followed(config) as way:
        assert run(id=stored.id, config=config)["changed"]
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = text.partition("A **desired configuration**")[2].partition("\n## ")[0]
    written = re.findall(r"^\| \d+ \| `([\w/]+\.py)`", table, re.MULTILINE)
    assert sorted(set(way)) == sorted(written)
    assert len(written) <= 8
    returns = len(way) - len(set(way))
    assert returns <= 10
    assert f"It comes back {returns} times" in " ".join(table.split())
