# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures: one browser for all tests, a tab for each, and pages of a small and of a hostile fleet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workshop.chromium import find

from . import pages
from .chromium import Chromium, Tab

SCRIPT = "</td></script><script>window.hit = 1</script>"
EVIL = (
    SCRIPT,
    "<img src='https://elsewhere.example/a.png' onerror='window.hit = 1'>",
    "javascript:window.hit=1",
    '"onfocus="window.hit=1" autofocus="',
    "{{ 7 * 7 }} ${7 * 7} </style><style>*{display:none}</style>",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    program = find()
    if program is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    with Chromium(program) as started:
        yield started


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    with browser.tab() as opened:
        opened.media(color_scheme="light")
        yield opened


def written(folder: Path, text: str) -> Path:
    file = folder / "fleet.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 40 hosts with all that there is, one of which says nothing of itself."""
    hosts, clients = pages.simulated(40)
    hosts[5]["monitoring"] = None
    hosts[6].update(config=None, error={"kind": "document", "msg": "x"})
    drift, deployments = pages.compared(hosts), pages.deployed(hosts)
    return written(tmp_path_factory.mktemp("small"), pages.made(hosts, clients, drift, deployments))


@pytest.fixture(scope="session")
def customer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page for one client, with sites."""
    return written(tmp_path_factory.mktemp("customer"), pages.of_a_customer(25))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of hosts and clients that mean harm."""
    hosts: list[dict[str, Any]] = [
        {
            "id": number,
            "name": text,
            "client_id": number,
            "active": None,
            "monitoring": {"load": text, "disk": {"used": text}},
            "config": {
                f"{text}_version": text,
                "php_version": text,
                "system_users": [{"vhosts": [{"cert_type": text, "app_type": text}]}],
            },
            "error": None,
        }
        for number, text in enumerate(EVIL)
    ]
    clients = [{"id": number, "name": text} for number, text in enumerate(EVIL)]
    drift = {"hosts": [{"id": 0, "outcome": SCRIPT}]}
    deployments = [{"id": 0, "status": SCRIPT, "marks": {"finished_at": SCRIPT}}]
    return written(
        tmp_path_factory.mktemp("hostile"), pages.made(hosts, clients, drift, deployments)
    )
