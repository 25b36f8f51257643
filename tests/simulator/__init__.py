# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator of the TurboStack API, for tests, benchmarks and trying things offline."""

from __future__ import annotations

from .canaries import CANARY, PlantedSecret, planted_secrets
from .faults import FAULTS, Fault
from .fleet import Fleet
from .records import Client, Group, Host
from .request_log import LoggedRequest
from .server import Simulator
from .switches import Switches
from .tokens import Token

__all__ = [
    "CANARY",
    "FAULTS",
    "Client",
    "Fault",
    "Fleet",
    "Group",
    "Host",
    "LoggedRequest",
    "PlantedSecret",
    "Simulator",
    "Switches",
    "Token",
    "planted_secrets",
]
