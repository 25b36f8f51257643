# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the package `turbostack-simulator` with the standard library alone, so that pip needs no network (PEP 517).

The modules of this folder's parent become the package `turbostack_simulator`; what is said of it stands in
pyproject.toml, its version in version.py. Two builds of the same files are the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parents[1]
PACKAGE = "turbostack_simulator"
_SHIPPED = ("*.py", "*.html", "scenarios/*.json")
_BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "packaging/*.py")


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Write the wheel into a folder; its file name."""
    project, version = _project()
    information = f"{PACKAGE}-{version}.dist-info"
    (entry,) = project["scripts"].items()
    files = {f"{PACKAGE}/{name}": content for name, content in _files(*_SHIPPED)}
    files |= {
        f"{information}/{name}": text.encode()
        for name, text in (
            ("METADATA", _metadata(project, version)),
            ("WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ("entry_points.txt", f"[console_scripts]\n{entry[0]} = {entry[1]}\n"),
        )
    }
    for name in project["license-files"]:
        files[f"{information}/licenses/{name}"] = (HERE / name).read_bytes()
    record = "".join(f"{name},{_digest(content)}\n" for name, content in files.items())
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n".encode()
    wheel = f"{PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return wheel


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Write the source archive into a folder; its file name."""
    project, version = _project()
    top = f"{PACKAGE}-{version}"
    files = {f"{top}/{name}": content for name, content in _files(*_SHIPPED, *_BUILT_FROM)}
    files[f"{top}/PKG-INFO"] = _metadata(project, version).encode()
    sdist = f"{top}.tar.gz"
    with tarfile.open(Path(sdist_directory) / sdist, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return sdist


def _files(*patterns: str) -> Iterator[tuple[str, bytes]]:
    for pattern in patterns:
        for path in sorted(HERE.glob(pattern)):
            yield path.relative_to(HERE).as_posix(), path.read_bytes()


def _project() -> tuple[dict[str, Any], str]:
    with (HERE / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    source = (HERE / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^VERSION = "([^"]+)"$', source, re.MULTILINE)
    if found is None:
        raise ValueError("version.py says no VERSION")
    return project, found[1]


def _metadata(project: dict[str, Any], version: str) -> str:
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", version),
        ("Summary", project["description"]),
        ("Author", ", ".join(author["name"] for author in project["authors"])),
        ("License-Expression", project["license"]),
        *(("License-File", name) for name in project["license-files"]),
        ("Keywords", ",".join(project["keywords"])),
        *(("Classifier", classifier) for classifier in project["classifiers"]),
        *(("Project-URL", f"{name}, {url}") for name, url in project["urls"].items()),
        ("Requires-Python", project["requires-python"]),
        ("Description-Content-Type", "text/markdown"),
    ]
    readme = (HERE / project["readme"]).read_text(encoding="utf-8")
    return "".join(f"{name}: {value}\n" for name, value in fields) + f"\n{readme}"


def _digest(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(content)}"
