# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices as lines: as compilers write them, which editors understand, or as annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .notice import Notice

TEXT, GITHUB = "text", "github"


def in_text(one: Notice) -> str:
    """C(fleet/all.yml:3: warning: …)."""
    line = "" if one.line is None else f":{one.line}"
    return f"{one.file}{line}: {one.level}: {one.message} [{one.code}]"


def in_github(one: Notice) -> str:
    """A workflow command, which GitHub shows beside the line in a pull request."""
    line = "" if one.line is None else f",line={one.line}"
    where = f"file={_property(one.file)}{line},title={_property(one.code)}"
    return f"::{one.level} {where}::{_data(one.message)}"


FORMATS: Mapping[str, Callable[[Notice], str]] = {TEXT: in_text, GITHUB: in_github}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
