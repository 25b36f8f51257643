# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx makes the site; `make docs` lays the sources out for it, see tests/workshop/site.py."""

from __future__ import annotations

import os

project = "hosted_power.turbostack"
author = "TurboStack collection authors"
project_copyright = f"2026, {author}"
version = release = os.environ["COLLECTION_VERSION"]

extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
source_suffix = {".rst": "restructuredtext", ".md": "markdown"}
root_doc = "index"
# Texts for a forge, and the changelog, which the repository holds from the first release on.
exclude_patterns = [".github", "CHANGELOG.md"]

# Documents link to each other's headings as they do on a forge.
myst_heading_anchors = 4

html_theme = "furo"
html_title = f"hosted_power.turbostack {version}"
html_copy_source = False
html_show_sphinx = False

# The site is built without a network: where Ansible's own has a label is written down beside the sources.
intersphinx_mapping = {"ansible": ("https://docs.ansible.com/ansible/latest/", "../ansible.inv")}
highlight_language = "yaml+jinja"
