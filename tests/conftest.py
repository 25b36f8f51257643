# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes `ansible_collections.hosted_power.turbostack` importable in a checkout of any name."""

from __future__ import annotations

import importlib

from workshop import build_tree

build_tree.link()
# The folder was on the path before it existed.
importlib.invalidate_caches()
