# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal: runs the commands of a story, and draws what they say as SVG."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from workshop import build_tree, environments, simulated_platform, surroundings
from workshop.places import ROOT

from .stories import Story

COLUMNS = 128
_PATIENCE = 120

#: As rich draws a terminal, without the fonts that it would fetch from elsewhere.
_SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<!-- Made by `make pictures`.
     Copyright (c) 2026, TurboStack collection authors
     GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
     SPDX-License-Identifier: GPL-3.0-or-later -->
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
}}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

#: What is another time each time: how long it took, and in which order hosts got where.
_PROGRESS = re.compile(r": [^:]+ \(\d+:\d\d\)$")
_TIME = re.compile(r"\d+:\d\d")
_PIECE = re.compile(r'<text class="\S+-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>')


def drawn(story: Story) -> str:
    """The picture, out of a run against a platform of its own."""
    programs = environments.ensure("tools")
    with (
        tempfile.TemporaryDirectory() as folder,
        simulated_platform.started(programs, *story.platform) as platform,
    ):
        work = Path(folder)
        for file in story.files:
            shutil.copy(ROOT / file, work)
        variables = surroundings.variables(programs) | {
            "HOME": folder,
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "ANSIBLE_FORCE_COLOR": "1",
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "TURBOSTACK_API_URL": platform.url,
            "TURBOSTACK_API_TOKEN": platform.token,
        }
        variables.pop("NO_COLOR", None)
        outputs = [(command, _said(command, work, variables)) for command in story.commands]
    return _svg(story, outputs)


def lines(svg: str) -> set[str]:
    """What a picture says, line by line, but for what is another time each time."""
    rows: dict[str, list[tuple[float, str]]] = {}
    for x, y, text in _PIECE.findall(svg):
        rows.setdefault(y, []).append((float(x), html.unescape(text).replace("\xa0", " ")))
    said = {"".join(text for _x, text in sorted(row)).rstrip() for row in rows.values()}
    return {_TIME.sub("0:00", line) for line in said if line and not _PROGRESS.search(line)}


def _said(command: str, work: Path, variables: dict[str, str]) -> str:
    ended = subprocess.run(
        ["sh", "-c", command],
        cwd=work,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(f"{ended.stdout}\nThis failed: {command}")
    return ended.stdout


def _svg(story: Story, outputs: list[tuple[str, str]]) -> str:
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    for command, output in outputs:
        console.print(Text(f"$ {command}", style="bold"))
        for line in output.rstrip().splitlines():
            plain = Text.from_ansi(line)
            if story.until and plain.plain.startswith(story.until):
                break
            console.print(plain)
        console.print()
    template = _SVG.replace("TITLE", html.escape(story.title))
    return console.export_svg(title=story.title, code_format=template, unique_id=story.name)
