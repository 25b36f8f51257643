# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that a customer is shown: its sites are found, sorted and printed, with a mouse or without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import pages
from .chromium import Tab
from .conftest import EVIL, written
from .test_page import settle

SITES = """Array.from(document.querySelectorAll('#sites-table tbody tr:not([hidden])'),
    (row) => Array.from(row.cells, (cell) => cell.innerText))"""
TOLD = "document.getElementById('sites-shown').textContent"


def sites(tab: Tab) -> list[list[str]]:
    found: list[list[str]] = tab.run(SITES)
    return found


def find(tab: Tab, words: str) -> None:
    tab.run(
        f"(() => {{ const field = document.getElementById('find-site'); field.value = {words!r};"
        " field.dispatchEvent(new Event('input')); })()"
    )


def test_sites_are_found(tab: Tab, customer: Path) -> None:
    tab.open(customer)
    every = sites(tab)
    assert tab.run(TOLD) == f"{len(every)} sites"
    names = [row[0].splitlines()[0] for row in every]
    assert names == sorted(names)
    find(tab, "MAGENTO2 host-")
    some = sites(tab)
    assert 0 < len(some) < len(every)
    assert {row[1] for row in some} == {"magento2"}
    assert tab.run(TOLD) == f"{len(some)} of {len(every)} sites"
    # The hosts are another matter.
    assert tab.run("document.querySelectorAll('#hosts-table tbody tr[hidden]').length") == 0
    find(tab, "nobody has this")
    assert sites(tab) == []
    find(tab, "")
    assert len(sites(tab)) == len(every)


def test_sites_are_sorted_by_the_end_of_their_certificates(tab: Tab, customer: Path) -> None:
    tab.open(customer)
    tab.run("document.querySelectorAll('#sites-table thead button')[3].click()")
    states = [row[3].split()[0].lstrip("■▲●") for row in sites(tab)]
    dated = [state for state in states if state in ("ended", "ends", "until")]
    assert {"ended", "ends", "until"} <= set(dated)
    # What nobody says comes last.
    assert states[: len(dated)] == dated
    ends = tab.run(
        "Array.from(document.querySelectorAll('#sites-table td[data-s]'), (cell) => cell.dataset.s)"
    )
    known = [end for end in ends if end]
    assert known == sorted(known)


def test_the_tile_leads_to_the_sites(tab: Tab, customer: Path) -> None:
    tab.open(customer)
    tile = "document.querySelector('.tile[href=\"#sites\"]')"
    assert tab.run(f"{tile}.querySelector('.big').innerText") == str(len(sites(tab)))
    assert "ended" in tab.run(f"{tile}.innerText")
    tab.run(f"{tile}.click()")
    settle(tab)
    assert tab.run("location.hash") == "#sites"


def test_what_is_not_in_effect_is_found(tab: Tab, customer: Path) -> None:
    tab.open(customer)
    tab.run(
        "(() => { const show = document.getElementById('show'); show.value = 'ineffective';"
        " show.dispatchEvent(new Event('change')); })()"
    )
    said = tab.run(
        "Array.from(document.querySelectorAll('#hosts-table tbody tr:not([hidden]) .c-deployment'),"
        " (cell) => cell.textContent)"
    )
    assert {text.rpartition(": ")[2].strip() for text in said} == {"not deployed", "not in effect"}


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_sticks_out(tab: Tab, customer: Path, scripts: bool) -> None:
    if not scripts:
        tab.without_scripts()
    tab.open(customer)
    assert len(sites(tab)) > 25
    for width in (320, 390, 800, 1024, 1366):
        tab.resize(width, 844)
        assert tab.run("document.documentElement.scrollWidth") == width


def test_sites_are_printed_as_a_whole(tab: Tab, customer: Path) -> None:
    tab.media("print")
    # As wide as a sheet of A4 across, without its margins.
    tab.resize(1030, 720)
    tab.open(customer)
    box = "document.querySelector('.scroll-x')"
    assert tab.run(f"getComputedStyle({box}).overflow") == "visible"
    assert tab.run(f"{box}.scrollWidth <= {box}.clientWidth + 1")
    assert tab.run("document.getElementById('site-controls').getClientRects().length") == 0
    assert tab.run("getComputedStyle(document.querySelector('#sites-table thead')).display") == (
        "table-header-group"
    )


def test_domains_that_mean_harm_stay_text(tab: Tab, tmp_path: Path) -> None:
    vhosts = [
        {"server_name": text.replace(" ", "\u00a0"), "app_type": text, "cert_type": text}
        for text in EVIL
    ]
    host = {
        "id": 1,
        "name": "web.example",
        "client_id": 1,
        "active": True,
        "monitoring": None,
        "config": {"system_users": [{"vhosts": vhosts}]},
        "error": None,
    }
    client = {"id": 1, "name": EVIL[0]}
    tab.open(written(tmp_path, pages.made([host], [client], for_clients=True)))
    assert len(sites(tab)) == len(EVIL)
    assert "<img" in tab.run("document.getElementById('sites-table').innerText")
    assert tab.run("window.hit") is None
    assert tab.run("document.scripts.length") == 1
    assert tab.run("document.querySelectorAll('img, iframe, [onfocus], [onerror]').length") == 0
    assert tab.events("Log.entryAdded", "Runtime.exceptionThrown") == []
