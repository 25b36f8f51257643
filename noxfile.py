# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of `make test` as sessions, for those who are used to nox: `nox -s unit`, `nox -t lint`.

The workshop makes their environments, the same as for `make`; docs/decisions/ says why it is not nox that does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import nox

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "tests"))

from workshop.steps import FURTHER_STEPS, STEPS, Step  # noqa: E402

nox.options.default_venv_backend = "none"


def session_of(step: Step) -> Callable[[nox.Session], None]:
    def run(session: nox.Session) -> None:
        arguments = ["--", *session.posargs] if session.posargs else []
        session.env["PYTHONPATH"] = str(HERE / "tests")
        session.run(sys.executable, "-m", "workshop", step.name, *arguments, external=True)

    run.__doc__ = f"What `make {step.group}` runs as {step.name}."
    return run


for step in (*STEPS, *FURTHER_STEPS):
    nox.session(session_of(step), name=step.name, tags=[step.group], default=step in STEPS)
