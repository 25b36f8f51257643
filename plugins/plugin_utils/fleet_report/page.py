# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as HTML: a template, a style sheet and a script of the role, put together in one file.

The template is rendered with autoescape, which Ansible's own templates do not have, and its policy allows nothing
but its own style sheet and script, by their digests: whatever a host calls itself, it stays text.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from .fleet import Fleet, traits
from .hosts import decimal, percent
from .sites import SOON
from .thresholds import Level

# The page is English, whatever the locale of the controller is.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)

# Stands where the moment of making goes, until everything else is known.
_STAMP = "\ue000"
_MOMENT = re.compile(r'<time datetime="[0-9TZ:-]*" id="made">[^<>]*</time>')


@dataclass(frozen=True)
class Assets:
    """What the page is made of: the files of the role.

    :ivar role: its folder.
    """

    role: Path

    def text(self, name: str) -> str:
        """A file of the role, by its path in it."""
        return (self.role / name).read_text(encoding="utf-8")


def page(fleet: Fleet, now: datetime.datetime, assets: Assets, previous: str = "") -> str:
    """The whole page.

    :param previous: the page that is there already. Where nothing but the moment of making would differ, it is
        returned, so that an unchanged fleet is no change of the file.
    """
    content = _rendered(fleet, assets)
    found = _MOMENT.search(previous)
    if found and content.replace(_STAMP, found[0]) == previous:
        return previous
    return content.replace(_STAMP, _moment(now))


def _rendered(fleet: Fleet, assets: Assets) -> str:
    style = assets.text("files/page.css") + "".join(
        f".w{width}{{inline-size:{width}%}}" for width in range(101)
    )
    script = assets.text("files/page.js")
    return _template(assets.text("templates/page.html.j2")).render(
        fleet=fleet,
        stamp=_STAMP,
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
        traits=traits,
        levels=Level,
        soon=SOON,
    )


def _moment(now: datetime.datetime) -> str:
    now = now.astimezone(datetime.timezone.utc)
    shown = f"{_day(now)}, {now:%H:%M} UTC"
    return f'<time datetime="{now:%Y-%m-%dT%H:%M:%SZ}" id="made">{shown}</time>'


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _template(text: str) -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["percent"] = percent
    environment.filters["decimal"] = decimal
    environment.filters["day"] = _day
    environment.filters["meter"] = _meter
    environment.filters["breakable"] = _breakable
    return environment.from_string(text)


def _day(date: datetime.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _meter(value: float, end: float) -> int:
    """The width of a bar in whole percent."""
    return max(0, min(100, round(100 * value / end)))


def _breakable(name: str) -> Markup:
    """A name that may be broken into lines behind its dots."""
    return Markup(".<wbr>").join(name.split("."))
