# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workshop: what makes and checks the collection, on a Python without any packages.

`make help` names its commands. By hand they are run with `tests` on the path, as in
`PYTHONPATH=tests python3 -m workshop lint`.
"""
