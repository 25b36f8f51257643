# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event source: figures of a fleet that cross their thresholds."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
short_description: Monitoring of TurboStack hosts
description:
  - An event for each figure of a host that comes to another level, be it worse or better.
  - Figures come with the list of hosts, a hundred on a page, so that a look takes few requests.
  - The first look tells all that is not well.
options:
  interval:
    description:
      - Seconds from the end of a look to the next one. After a look that failed it is twice as long each time, up to a
        quarter of an hour.
    type: float
    default: 60
  clients:
    description: Ids of clients, whose hosts alone are watched. All that the token may see if there are none.
    type: list
    elements: int
    default: []
  name_pattern:
    description: Only hosts whose names fit this pattern of a shell.
    type: str
  thresholds:
    description:
      - For C(load_per_core), C(disk_percent) and C(memory_percent), from which value on a figure is C(warning) and
        from which it is C(critical).
      - What is left out has the defaults of the role fleet_report.
    type: dict
    default: {}
  margin:
    description:
      - By how many percent of its threshold a figure has to be below it before the level is left.
    type: float
    default: 5
  api_url:
    description: Base URL of the platform; C(TURBOSTACK_API_URL) if it is not said.
    type: str
  api_token:
    description: The token; better C(TURBOSTACK_API_TOKEN), which is in no rulebook and no log.
    type: str
  api_token_file:
    description: A file with the token and nothing else; C(TURBOSTACK_API_TOKEN_FILE) if it is not said.
    type: path
  validate_certs:
    description: Whether the certificate is checked; C(TURBOSTACK_VALIDATE_CERTS) if it is not said.
    type: bool
  ca_path:
    description: A CA bundle of your own; C(TURBOSTACK_CA_PATH) if it is not said.
    type: path
  api_timeout:
    description: Seconds for one request.
    type: float
    default: 30
  api_retries:
    description: How often a request that may fare better is repeated.
    type: int
    default: 5
  api_retry_max_delay:
    description: Seconds to wait before one repetition at most.
    type: float
    default: 60
  api_rate_limit_timeout:
    description: Seconds that one request may wait for its turn at most, where the platform's rate limit is used up.
    type: float
    default: 900
"""

EXAMPLES = r"""
- hosted_power.turbostack.monitoring:
    interval: 60
    clients: [12]
"""

# ansible-rulebook knows collections as folders. Here Python learns where their code is, also where the package ansible
# has brought collections of its own.
_FOLDER = Path(__file__).absolute().parents[6]
sys.path.append(str(_FOLDER.parent))
import ansible_collections

if str(_FOLDER) not in list(ansible_collections.__path__):
    ansible_collections.__path__.append(str(_FOLDER))
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching.monitoring import run


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """Put events into the queue until the rulebook ends."""
    await run(queue, args)
