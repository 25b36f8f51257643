# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the role fleet_report as a filter over the hosts that it shows."""

from __future__ import annotations

DOCUMENTATION = r"""
name: fleet_report
short_description: One HTML page that shows a TurboStack fleet
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - Makes one self-contained HTML page of the hosts that M(hosted_power.turbostack.turbostack_host_info) returned,
    and the numbers that stand at its top.
  - The page loads nothing, from nowhere. Text of the platform is escaped, secrets are masked once more, and of the
    configurations it holds versions, kinds of applications and kinds of certificates, and nothing else.
  - The role P(hosted_power.turbostack.fleet_report#role) reads what it needs and writes it to a file.
positional: _input
options:
  _input:
    description: C(hosts) of M(hosted_power.turbostack.turbostack_host_info), with their configurations.
    type: list
    elements: dict
    required: true
  clients:
    description: C(clients) of M(hosted_power.turbostack.turbostack_client_info).
    type: list
    elements: dict
    default: []
  deployments:
    description:
      - C(deployments) of M(hosted_power.turbostack.turbostack_deploy_info). Without them, the page says nothing of
        deployments.
    type: list
    elements: dict
  drift:
    description:
      - A comparison as the role P(hosted_power.turbostack.drift#role) makes it, C(drift_report) itself or the text of
        the JSON file. Without it, the page says nothing of drift.
    type: raw
  thresholds:
    description:
      - From which value on a figure is a warning, and from which it is critical. Keys are C(load_per_core),
        C(disk_percent) and C(memory_percent), values are maps with C(warning) and C(critical). What is left out is
        1.0 and 2.0, 80 and 90, 85 and 95.
    type: dict
    default: {}
  end_of_life:
    description:
      - The YAML text of a table of ends of life, in the form of the role's own, which is used without it.
    type: str
    default: ""
  soon_days:
    description: An end of life within so many days is marked as coming.
    type: int
    default: 180
  title:
    description: Title of the page.
    type: str
    default: TurboStack fleet
  previous:
    description:
      - The page that is there already. Where nothing but the moment of making would differ, it is returned as it is.
    type: str
    default: ""
seealso:
  - module: hosted_power.turbostack.turbostack_host_info
  - plugin: hosted_power.turbostack.monitoring
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Read all hosts
  hosted_power.turbostack.turbostack_host_info:
    name_pattern: "*"
  register: fleet

- name: Write the page
  ansible.builtin.copy:
    content: "{{ (fleet.hosts | hosted_power.turbostack.fleet_report).page }}"
    dest: fleet.html
    mode: "0644"
  diff: false
"""

RETURN = r"""
_value:
  description: The page, and its numbers.
  type: dict
  contains:
    page:
      description: The whole page.
      type: str
    summary:
      description:
        - The numbers at its top, C(hosts), C(clients), C(active), C(inactive), C(attention), C(critical),
          C(end_of_life), C(end_of_life_soon), C(not_measured), C(unreadable), C(drifted) and C(deployments_failed).
          The last two are null without a comparison and without deployments. C(end_of_life_checked) is the date of
          the table.
      type: dict
"""

import datetime
import json
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils.client.errors import SettingsError, TurboStackError
from ..plugin_utils.fleet_report.end_of_life import read_table
from ..plugin_utils.fleet_report.fleet import read_fleet
from ..plugin_utils.fleet_report.page import TABLE, page
from ..plugin_utils.fleet_report.thresholds import read_thresholds
from ..plugin_utils.plain import plain


def fleet_report(
    hosts: Any,
    clients: Any = None,
    deployments: Any = None,
    drift: Any = None,
    thresholds: Any = None,
    end_of_life: str = "",
    soon_days: int = 180,
    title: str = "TurboStack fleet",
    previous: str = "",
) -> dict[str, Any]:
    """The page and its numbers; see C(RETURN).

    :raises AnsibleFilterError: for a table or a comparison that is none, and for thresholds that make no sense.
    """
    now = datetime.datetime.now(datetime.timezone.utc)
    own = TABLE.read_text(encoding="utf-8")
    try:
        fleet = read_fleet(
            plain(hosts),
            plain(clients or []),
            table=read_table(
                plain(end_of_life) or own, "The given table", now.date(), int(soon_days)
            ),
            thresholds=read_thresholds(plain(thresholds or {})),
            title=plain(title),
            drift=_decoded(plain(drift)) if drift else None,
            deployments=None if deployments is None else plain(deployments),
        )
        content = page(fleet, now, plain(previous or ""))
    except TurboStackError as error:
        raise AnsibleFilterError(f"fleet_report: {error}") from None
    # A host may be called what Ansible would render.
    return {"page": wrap_var(content), "summary": fleet.summary()}


def _decoded(comparison: Any) -> Any:
    """Some of Ansible's versions make data of a text that looks like it."""
    if not isinstance(comparison, str):
        return comparison
    try:
        return json.loads(comparison)
    except ValueError as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "its text"
        raise SettingsError(
            f"The comparison is not JSON: see {where}.",
            "Give the JSON file that the role drift writes.",
        ) from None


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"fleet_report": fleet_report}
