# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the site of the documentation, without a network; a warning is an error.

python3 -m workshop.site        # leaves it in build/site/html
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Container, Iterator
from pathlib import Path

from . import build_tree, environments, surroundings
from .places import BUILD, ROOT

NAME = "hosted_power.turbostack"
SITE = BUILD / "site"
SOURCE = SITE / "source"
HTML = SITE / "html"

#: What is the site's own.
OWN = Path("docs/site")

#: Documents, and what they show or give.
SHOWN = (".md", ".png", ".svg", ".json", ".yml", ".j2")

#: A link from a document to another file.
LINK = re.compile(r"\]\((?P<path>(?![a-z]+:)[^)#\s]+)(?P<anchor>#[^)\s]+)?\)")

#: A table of contents within a page, which the theme shows beside each.
CONTENTS = re.compile(r"(?m)^\.\. contents::\n(?: +\S.*\n)+")

#: What the plugins' pages mention of Ansible's own documentation, and its page there.
LABELS = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}


def main() -> int:
    programs = environments.ensure("site")
    variables = surroundings.variables(programs)
    shutil.rmtree(SITE, ignore_errors=True)
    lay_out()
    explain_plugins(programs, variables)
    (SOURCE / "playbooks.md").write_text("\n".join(playbooks()), encoding="utf-8")
    command = ["sphinx-build", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html"]
    answer = subprocess.run(
        [str(programs / command[0]), *command[1:], str(SOURCE), str(HTML)],
        env=variables | {"COLLECTION_VERSION": galaxy("version")},
        check=False,
    )
    if answer.returncode == 0:
        print(f"{len(list(HTML.rglob('*.html')))} pages: {os.path.relpath(HTML, ROOT)}/index.html")
    return answer.returncode


def lay_out() -> None:
    """The documents, where they stand in the project, so that a link from one to another holds."""
    sources = [source for source in build_tree.sources() if source.parent != OWN]
    shown = {source for source in sources if source.suffix in SHOWN}
    for source in shown:
        target = SOURCE / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            text = (ROOT / source).read_text(encoding="utf-8")
            target.write_text(with_sources(text, source, shown), encoding="utf-8")
        else:
            shutil.copyfile(ROOT / source, target)
    for name in ("conf.py", "index.md"):
        shutil.copyfile(ROOT / OWN / name, SOURCE / name)
    (SITE / "ansible.inv").write_bytes(inventory_of_labels())


def with_sources(text: str, document: Path, shown: Container[Path]) -> str:
    """A document, in which links to what the site does not show lead to the repository.

    A link to what does not exist is left as it is, so that Sphinx refuses it.
    """

    def linked(match: re.Match[str]) -> str:
        path = os.path.normpath(document.parent / match["path"])
        if Path(path) in shown or not (ROOT / path).exists():
            return match[0]
        return f"]({galaxy('repository')}/blob/main/{path}{match['anchor'] or ''})"

    return LINK.sub(linked, text)


def inventory_of_labels() -> bytes:
    """Where the labels stand that antsibull-docs mentions, as Sphinx reads it from other sites."""
    head = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: \n"
    head += "# The remainder of this file is compressed using zlib.\n"
    rows = [
        f"{label} std:label -1 {page}#{label.replace('_', '-')} {label}"
        for label, page in LABELS.items()
    ]
    return head.encode() + zlib.compress("\n".join([*rows, ""]).encode())


def explain_plugins(programs: Path, variables: dict[str, str]) -> None:
    """A page for each plugin and each role's variables."""
    build_tree.link()
    folder = SOURCE / "collection"
    folder.mkdir()
    command = [str(programs / "antsibull-docs"), "collection", "--use-current"]
    command += ["--squash-hierarchy", "--fail-on-error", "--dest-dir", str(folder), NAME]
    subprocess.run(command, env=variables, check=True)
    for page in folder.glob("*.rst"):
        text = page.read_text(encoding="utf-8")
        page.write_text(CONTENTS.sub("", text), encoding="utf-8")


def playbooks() -> Iterator[str]:
    """The page of the playbooks: each by its name, with what its plays say of themselves."""
    yield "# Playbooks\n"
    yield "Each stands for the role of its name, whose page says what its variables mean.\n"
    for path in sorted((ROOT / "playbooks").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        yield f"## {NAME}.{path.stem}\n"
        yield from (f"- {name}" for name in re.findall(r"(?m)^- name: (.+)$", text))
        yield f"\nSee [the role](roles/{path.stem}/README.md).\n"
        yield f"```yaml\n{text.rstrip()}\n```\n"


def galaxy(field: str) -> str:
    """A field of galaxy.yml."""
    text = (ROOT / "galaxy.yml").read_text(encoding="utf-8")
    (found,) = re.findall(rf"(?m)^{field}: (\S+)$", text)
    return str(found)


if __name__ == "__main__":
    raise SystemExit(main())
