# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets ansible-test make its environments where it cannot download what brings pip into them.

ansible-test makes environments without pip and then runs a `get-pip.py` that it downloads and
caches in the home directory. Where that download is impossible, a program is put in its place that
installs the pip which Python itself brings along (`ensurepip`).
"""

from __future__ import annotations

import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

#: Seconds that a download may take to begin.
PATIENCE = 10

STAND_IN = """\
import subprocess
import sys

unknown = ("--no-setuptools", "--no-wheel")
words = [word for word in sys.argv[1:] if word not in unknown]
subprocess.run([sys.executable, "-m", "ensurepip"], check=True)
subprocess.run([sys.executable, "-m", "pip", "install"] + words, check=True)
"""


def provide(bin_folder: Path, home: Path) -> None:
    """Fill the cache of the ansible-test in `bin_folder`, which runs with that home directory."""
    url, cached = wanted(bin_folder)
    target = home / cached
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            target.write_bytes(answer.read())
    except (urllib.error.URLError, OSError) as error:
        print(f"get-pip.py cannot be downloaded ({error}); Python's own pip stands in for it")
        target.write_text(STAND_IN, encoding="utf-8")


def wanted(bin_folder: Path) -> tuple[str, Path]:
    """Where this ansible-test downloads from, and its cache's path in a home directory."""
    source = "import ansible_test; print(list(ansible_test.__path__)[0])"
    package = Path(
        subprocess.run(
            [bin_folder / "python", "-c", source], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    versions = (package / "_internal" / "python_requirements.py").read_text(encoding="utf-8")
    setup = package / "_util" / "target" / "setup" / "requirements.py"
    url = re.search(r"url = '(https://\S+get-pip-%s\.py)'", setup.read_text(encoding="utf-8"))
    version = re.search(r"pip='([\d.]+)'", versions)
    if url is None or version is None:
        raise SystemExit(f"{package} says nowhere which pip it downloads")
    cached = f".ansible/test/cache/get_pip_{version[1].replace('.', '_')}.py"
    return url[1] % version[1], Path(cached)
