# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the role fleet_report as people have it: in a browser, with a mouse or without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from . import pages
from .chromium import Tab
from .conftest import EVIL, written

NAMES = """Array.from(document.querySelectorAll('#hosts-table tbody tr:not([hidden]) .name'),
    (name) => name.textContent)"""
SHOWN = "document.getElementById('shown').textContent"

#: Every piece of text that is to be seen, whose contrast to what is behind it is below what WCAG's level AA wants.
TOO_FAINT = """(() => {
  const channel = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const luminance = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = (text) => {
    const [r, g, b, a] = text.match(/[0-9.]+/g).map(Number);
    return [r, g, b, a === undefined ? 1 : a];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color[3] === 1) return color;
      if (color[3] > 0) throw new Error('translucent: ' + at.className);
    }
    throw new Error('nothing behind it');
  };
  const found = [];
  let looked = 0;
  for (const element of document.body.querySelectorAll('*')) {
    const own = Array.from(element.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || element.closest('.vh, .skip, script, option, [hidden], thead.vh')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'none' || !element.getClientRects().length) continue;
    looked += 1;
    const color = parse(element instanceof SVGElement ? style.fill : style.color);
    const [light, dark] = [luminance(color), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      found.push(`${ratio.toFixed(2)} ${element.tagName} ${element.className} ${element.textContent}`);
    }
  }
  return { looked, found };
})()"""


def click(tab: Tab, column: str) -> None:
    tab.run(f"document.querySelector('#hosts-table thead .c-{column} button').click()")


def cells(tab: Tab, column: str) -> list[str]:
    found: list[str] = tab.run(
        f"Array.from(document.querySelectorAll('#hosts-table tbody tr:not([hidden]) .c-{column}'),"
        " (cell) => cell.querySelector('.value, .none, .badge')?.textContent ?? cell.textContent)"
    )
    return found


def sorted_by(tab: Tab) -> list[list[str]]:
    found: list[list[str]] = tab.run(
        "Array.from(document.querySelectorAll('#hosts-table thead [aria-sort]'),"
        " (head) => [head.dataset.label, head.getAttribute('aria-sort')])"
    )
    return found


def choose(tab: Tab, field: str, value: str) -> None:
    tab.run(
        f"(() => {{ const field = document.getElementById({field!r}); field.value = {value!r};"
        " field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change')); })()"
    )


def settle(tab: Tab) -> None:
    """Until what was put off for a moment has happened."""
    tab.run("new Promise((done) => setTimeout(done, 30))")


def test_it_loads_nothing_and_breaks_no_rule(tab: Tab, small: Path) -> None:
    tab.open(small)
    for action in ("click", "focus"):
        tab.run(f"document.querySelectorAll('button, a').forEach((one) => one.{action}())")
    settle(tab)
    asked = {
        event["request"]["url"].partition("#")[0]
        for event in tab.events("Network.requestWillBeSent")
    }
    assert asked == {small.as_uri()}
    assert tab.events("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled") == []


def test_its_policy_forbids_every_load_and_every_other_script(tab: Tab, small: Path) -> None:
    tab.open(small)
    refused = tab.run(
        """new Promise((done) => {
          const seen = new Set();
          document.addEventListener('securitypolicyviolation', (event) => {
            seen.add(event.effectiveDirective);
            if (seen.size === 5) done([...seen].sort());
          });
          setTimeout(() => done([...seen].sort()), 3000);
          document.body.insertAdjacentHTML('beforeend',
            '<img src="https://elsewhere.example/a.png"><iframe src="https://elsewhere.example/"></iframe>'
            + '<p style="color: red">x</p>');
          const script = document.createElement('script');
          script.textContent = 'window.hit = 1';
          document.body.append(script);
          fetch('https://elsewhere.example/').catch(() => undefined);
        })"""
    )
    assert refused == ["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-attr"]
    assert tab.run("window.hit") is None


def test_text_that_means_harm_stays_text(tab: Tab, hostile: Path) -> None:
    tab.open(hostile)
    settle(tab)
    assert tab.run("window.hit") is None
    assert sorted(tab.run(NAMES)) == sorted(EVIL)
    assert tab.run("document.scripts.length") == 1
    assert tab.run("document.querySelectorAll('img, iframe, [onfocus], [onerror]').length") == 0
    choose(tab, "find", "</script>")
    assert len(tab.run(NAMES)) == 1
    choose(tab, "find", "")
    for index in range(len(EVIL)):
        option = tab.run(f"document.querySelectorAll('#version option')[{index + 1}].value")
        choose(tab, "version", option)
        assert len(tab.run(NAMES)) == 1
    assert tab.run("window.hit") is None
    assert tab.events("Log.entryAdded", "Runtime.exceptionThrown") == []


def test_sorting(tab: Tab, small: Path) -> None:
    """By number, by text as people sort it, by urgency; what is not said comes last either way."""
    tab.open(small)
    names = tab.run(NAMES)
    assert sorted_by(tab) == [["Status", "descending"]]
    assert cells(tab, "status")[0].endswith("critical")

    for direction in ("descending", "ascending"):
        click(tab, "disk")
        assert sorted_by(tab) == [["Disk", direction]]
        *figures, last = cells(tab, "disk")
        assert last == "not said"
        numbers = [float(figure.removesuffix(" %")) for figure in figures]
        assert numbers == sorted(numbers, reverse=direction == "descending")
        assert tab.run(SHOWN) == f"40 hosts, sorted by disk, {direction}"

    click(tab, "host")
    assert sorted_by(tab) == [["Host", "ascending"]]
    assert sorted(tab.run(NAMES)) == sorted(names)

    click(tab, "status")
    click(tab, "status")
    assert sorted_by(tab) == [["Status", "ascending"]]
    assert cells(tab, "status")[-1].endswith("critical")

    tab.run("document.querySelector('#clients-table thead button').click()")
    clients = tab.run(
        "Array.from(document.querySelectorAll('#clients-table tbody th'), (one) => one.textContent)"
    )
    assert clients == sorted(clients, key=lambda name: name.replace("É", "E"))
    assert sorted_by(tab) == [["Status", "ascending"]]


def test_names_sort_by_their_numbers(tab: Tab, tmp_path: Path) -> None:
    hosts, clients = pages.simulated(3)
    for host, name in zip(hosts, ("web10.example", "Web9.example", "web1.example"), strict=True):
        host["name"] = name
    tab.open(written(tmp_path, pages.made(hosts, clients)))
    click(tab, "host")
    assert tab.run(NAMES) == ["web1.example", "Web9.example", "web10.example"]


def test_finding(tab: Tab, small: Path) -> None:
    tab.open(small)
    choose(tab, "find", "MAGENTO2 staging")
    found = tab.run(NAMES)
    assert 0 < len(found) < 40
    assert all("magento2" in name and "staging" in name for name in found)
    assert tab.run(SHOWN) == f"{len(found)} of 40 hosts"

    click(tab, "disk")
    assert sorted(tab.run(NAMES)) == sorted(found)
    assert tab.run(SHOWN) == f"{len(found)} of 40 hosts, sorted by disk, descending"

    choose(tab, "find", "nobody is called so")
    assert tab.run("document.getElementById('nothing').innerText").startswith("No host fits.")
    assert tab.run("document.getElementById('hosts-table').getClientRects().length") == 0
    tab.run("document.getElementById('again').click()")
    settle(tab)
    assert len(tab.run(NAMES)) == 40
    assert tab.run("document.activeElement.id") == "find"
    assert sorted_by(tab) == [["Disk", "descending"]]


def test_choosing(tab: Tab, small: Path) -> None:
    tab.open(small)
    for show, fits in (
        ("critical", "critical"),
        ("inactive", "inactive"),
        ("unmeasured", "no data"),
    ):
        choose(tab, "show", show)
        assert tab.run(NAMES)
        assert all(text.endswith(fits) for text in cells(tab, "status")), show
    choose(tab, "show", "failed")
    assert tab.run(NAMES)
    assert all(text.endswith("failed") for text in cells(tab, "deployment"))
    choose(tab, "show", "unreadable")
    assert len(tab.run(NAMES)) == 1

    choose(tab, "show", "all")
    client, label = tab.run(
        "(() => { const one = document.getElementById('client').options[2]; return [one.value, one.text]; })()"
    )
    choose(tab, "client", client)
    assert label.endswith(f" ({len(tab.run(NAMES))})")
    assert set(cells(tab, "client")) == {label.rpartition(" (")[0]}

    tab.run("document.querySelector('#controls [type=reset]').click()")
    settle(tab)
    assert len(tab.run(NAMES)) == 40
    version, label = tab.run(
        "(() => { const one = document.querySelector('#version optgroup[label=PHP] option');"
        " return [one.value, one.text]; })()"
    )
    choose(tab, "version", version)
    assert label.endswith(f" ({len(tab.run(NAMES))})")
    chips = tab.run(
        "Array.from(document.querySelectorAll('#hosts-table tbody tr:not([hidden]) .c-versions'),"
        " (cell) => cell.textContent)"
    )
    assert all(label.rpartition(" (")[0] in text for text in chips)


def test_tiles_lead_to_their_hosts(tab: Tab, small: Path) -> None:
    tab.open(small)
    tiles = tab.run(
        "Array.from(document.querySelectorAll('.tile'),"
        " (tile) => [tile.dataset.show, tile.querySelector('.big').innerText])"
    )
    assert [show for show, _count in tiles] == [
        *("all", "active", "attention", "ended", "drifted", "failed", "unmeasured"),
    ]
    for show, count in tiles:
        tab.run(f"document.querySelector('.tile[data-show={show}]').click()")
        settle(tab)
        assert str(len(tab.run(NAMES))) == count, show
        assert tab.run("document.getElementById('show').value") == show
        assert tab.run("location.hash") == "#hosts"


def test_everything_by_keyboard(tab: Tab, small: Path) -> None:
    """Each stop is to be seen, and what can be clicked can be done with Enter or the space bar."""
    tab.media(reduced_motion="reduce")
    tab.open(small)
    stops: list[str] = []
    for _stop in range(60):
        tab.press("Tab")
        stop = tab.run(
            """(() => {
              const at = document.activeElement;
              if (at === document.body) return null;
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              const visible = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              return [at.id || at.dataset.show || (at.tabIndex === 0 && at.role) || at.innerText, visible && outlined];
            })()"""
        )
        if stop is None:
            break
        assert stop[1], f"{stop[0]} does not show that it has the focus"
        stops.append(stop[0].splitlines()[0].split("\u00a0")[0])
    assert stops[0] == "Skip to the hosts"
    assert {"attention", "find", "show", "client", "version", "Reset", "Disk", "region"} <= set(
        stops
    )
    # What is hidden is no stop.
    assert "order" not in stops

    tab.run("document.querySelector('.c-memory button').focus()")
    tab.press("Enter", "\r")
    assert sorted_by(tab) == [["Memory", "descending"]]
    tab.press(" ", " ")
    assert sorted_by(tab) == [["Memory", "ascending"]]
    tab.run("document.getElementById('find').focus()")
    tab.write("odoo")
    assert all("odoo" in name for name in tab.run(NAMES))


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("page", ["small", "hostile"])
def test_nothing_sticks_out(
    tab: Tab, request: pytest.FixtureRequest, page: str, scripts: bool
) -> None:
    if not scripts:
        tab.without_scripts()
    tab.open(request.getfixturevalue(page))
    for width in (320, 390, 600, 800, 801, 1024, 1216, 1217, 1366, 2560):
        tab.resize(width, 844)
        assert tab.run("document.documentElement.scrollWidth") == width
        outside = tab.run(
            """Array.from(document.querySelectorAll('#hosts-table tbody *')).filter((one) => {
                const box = one.getBoundingClientRect();
                const row = one.closest('tr').getBoundingClientRect();
                return box.width && !one.classList.contains('vh')
                  && (box.right > row.right + 1 || box.left < row.left - 1);
            }).map((one) => one.outerHTML.slice(0, 200))"""
        )
        assert outside == [], width


def test_on_a_phone_hosts_are_cards_that_can_be_put_in_order(tab: Tab, small: Path) -> None:
    tab.resize(390, 844)
    tab.open(small)
    box = tab.run("document.querySelector('#hosts-table tbody tr').getBoundingClientRect().width")
    assert 300 < box < 390
    label = tab.run("getComputedStyle(document.querySelector('td.c-disk'), '::before').content")
    assert label == '"Disk"'
    assert tab.run("document.getElementById('order').getClientRects().length") == 1
    choose(tab, "order", tab.run("document.getElementById('order').options[6].value"))
    assert sorted_by(tab)[0][1] == "descending"
    assert (
        tab.run("document.querySelectorAll('#hosts-table thead button:focus-visible').length") == 0
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_text_has_contrast(tab: Tab, small: Path, scheme: str, width: int) -> None:
    tab.resize(width, 900)
    tab.media(color_scheme=scheme)
    tab.open(small)
    seen: dict[str, Any] = tab.run(TOO_FAINT)
    assert seen["looked"] > 500
    assert seen["found"] == []


def test_light_and_dark(tab: Tab, small: Path) -> None:
    tab.open(small)
    light = tab.run("getComputedStyle(document.body).backgroundColor")
    tab.media(color_scheme="dark")
    dark = tab.run("getComputedStyle(document.body).backgroundColor")
    assert [light, dark] == ["rgb(244, 246, 249)", "rgb(15, 19, 26)"]


def test_who_wants_no_motion_gets_none(tab: Tab, small: Path) -> None:
    tab.open(small)
    moving = """[getComputedStyle(document.documentElement).scrollBehavior,
        getComputedStyle(document.querySelector('.tile')).transitionDuration]"""
    tab.media(reduced_motion="no-preference")
    assert tab.run(moving) == ["smooth", "0.15s"]
    tab.media(reduced_motion="reduce")
    assert tab.run(moving) == ["auto", "0s"]


@pytest.mark.parametrize("width", [390, 1366])
def test_what_a_screen_reader_is_told(tab: Tab, small: Path, width: int) -> None:
    tab.resize(width, 900)
    tab.open(small)
    nodes = tab.send("Accessibility.getFullAXTree")["nodes"]
    told = [
        (node["role"]["value"], node.get("name", {}).get("value", ""), node)
        for node in nodes
        if not node["ignored"]
    ]
    roles = [role for role, _name, _node in told]
    assert ("table", "Hosts") in [(role, name) for role, name, _node in told]
    assert roles.count("rowheader") >= 40
    assert roles.count("main") == roles.count("contentinfo") == roles.count("banner") == 1
    for role, name, _node in told:
        if role in ("button", "link", "combobox", "searchbox", "img", "image", "table", "region"):
            assert name, f"a {role} without a name"
    images = [node for role, _name, node in told if role in ("img", "image")]
    assert len(images) == 3
    assert tab.run("document.documentElement.lang") == "en"
    drawn = tab.run(
        "Array.from(document.querySelectorAll('figure'), (one) => [one.querySelector('.sentence').innerText,"
        " one.querySelectorAll('tbody tr').length])"
    )
    assert all(sentence.startswith("Median ") and rows == 10 for sentence, rows in drawn)
    levels = tab.run("Array.from(document.querySelectorAll('h1, h2, h3'), (one) => one.tagName)")
    assert levels[0] == "H1"
    assert levels.count("H1") == 1


def test_without_scripts_it_is_a_plain_page(tab: Tab, small: Path) -> None:
    tab.without_scripts()
    tab.open(small)
    assert len(tab.run(NAMES)) == 40
    assert tab.run("document.getElementById('controls').getClientRects().length") == 0
    assert tab.run("document.querySelectorAll('thead button').length") == 0
    assert tab.run(SHOWN) == "40 hosts"


def test_print(tab: Tab, small: Path, tmp_path: Path) -> None:
    tab.media("print", color_scheme="dark")
    tab.open(small)
    assert tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.run("document.getElementById('controls').getClientRects().length") == 0
    assert tab.run("getComputedStyle(document.querySelector('#hosts-table thead')).display") == (
        "table-header-group"
    )
    assert tab.run("getComputedStyle(document.querySelector('.scroll')).maxHeight") == "none"
    seen: dict[str, Any] = tab.run(TOO_FAINT)
    assert seen["found"] == []
    file = tmp_path / "fleet.pdf"
    tab.pdf(file)
    assert file.read_bytes().count(b"/Type /Page\n") > 2


def test_a_thousand_hosts(tab: Tab, tmp_path: Path) -> None:
    """Everything is there and works; how long it takes is for opening_time.py to say."""
    tab.open(written(tmp_path, pages.full(1000)))
    assert tab.run(SHOWN) == "1,000 hosts"
    click(tab, "load")
    assert len(tab.run(NAMES)) == 1000
    choose(tab, "show", "ended")
    found = len(tab.run(NAMES))
    assert tab.run(SHOWN) == f"{found} of 1,000 hosts, sorted by load per core, descending"
