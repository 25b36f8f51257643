# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of a plan of SSH access, as a filter."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ssh_access_report
short_description: What came of a plan of SSH access
version_added: 0.1.0
author: TurboStack collection authors (@hosted-power)
description:
  - Puts a plan of P(hosted_power.turbostack.ssh_access_plan#filter) and the results of the tasks that carried it
    out together, person by person. This is the fact C(ssh_access_report) of the role
    C(hosted_power.turbostack.ssh_access).
positional: _input
options:
  _input:
    description: The plan.
    type: dict
    required: true
  written:
    description:
      - What the loops over C(groups) and C(hosts) of the plan registered as C(results). What is in none of them
        counts as not written.
    type: list
    elements: dict
    default: []
  deployed:
    description: What the loop that deployed hosts of the plan registered as C(results).
    type: list
    elements: dict
    default: []
  check_mode:
    description: Whether the tasks ran in check mode.
    type: bool
    default: false
seealso:
  - plugin: hosted_power.turbostack.ssh_access_plan
    plugin_type: filter
    description: Plan the changes.
"""

EXAMPLES = r"""
- name: Tell what happened
  ansible.builtin.debug:
    msg: "{{ (plan | hosted_power.turbostack.ssh_access_report(written=hosts_written.results)).summary }}"
"""

RETURN = r"""
_value:
  description:
    - The report. C(people) has for each person the C(state) and the places where keys were C(added), C(changed),
      C(removed), C(kept), are C(elsewhere), have C(failed) to be added or are C(remaining); C(deploy_required) are the
      hosts where that is not in effect yet; C(problems) are the reasons why the run failed; C(summary) are lines to
      be read.
  type: dict
"""

from collections.abc import Callable
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ..plugin_utils.ssh_access.access_report import report
from ..plugin_utils.ssh_access.reading import outcomes
from ..plugin_utils.plain import plain


def ssh_access_report(
    plan: Any, written: Any = (), deployed: Any = (), check_mode: bool = False
) -> Any:
    """What became of the plan, as plain data without secrets."""
    told = report(
        plain(plan),
        outcomes(plain(written)),
        outcomes(plain(deployed)),
        check_mode=bool(check_mode),
    )
    return wrap_var(told)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ssh_access_report": ssh_access_report}
