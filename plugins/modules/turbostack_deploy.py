#!/usr/bin/python
# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deploy a host's stored configuration, once, and wait for the end."""

from __future__ import annotations

DOCUMENTATION = r"""
module: turbostack_deploy
short_description: Deploy the stored configuration of a TurboStack host
version_added: 1.0.0
author:
  - TurboStack collection authors (@hosted-power)
description:
  - Starts a deployment of a host where one is needed, and waits for its end. A line for each state that
    the deployment comes to goes to standard error.
  - A deployment is never started twice. When the answer to the start is lost, the status is looked at, and
    if that does not tell, the task fails and says so.
  - In a play over the inventory P(hosted_power.turbostack.turbostack#inventory), a task without O(id) and
    O(name) means the current host.
extends_documentation_fragment:
  - hosted_power.turbostack.attributes
  - hosted_power.turbostack.attributes.no_diff
  - hosted_power.turbostack.connection
  - hosted_power.turbostack.target
options:
  type:
    description:
      - V(deploy) brings onto the host what changed (Save & Publish in the platform).
      - V(fullDeploy) deploys the whole configuration again (Save & Full Publish).
      - V(fullResetDeploy) does the same, and B(deletes) what the configuration no longer names (Save, Delete
        & Full Publish). It needs O(confirm).
    type: str
    choices:
      - deploy
      - fullDeploy
      - fullResetDeploy
    default: deploy
  confirm:
    description:
      - Must be V(DELETE) for O(type=fullResetDeploy), which the platform's own page asks for as well.
    type: str
  start:
    description:
      - When a deployment is started.
      - With V(pending), where what is stored is not, or may not be, in effect; see RV(sync_status). So a run whose
        predecessor wrote and did not come to deploy, or whose deployment failed, deploys, and a run after a
        deployment that succeeded starts nothing. A deployment that is under way is waited for first, as
        O(if_running) says, and looked at anew.
      - With V(always), in any case.
      - With V(never), not at all. The task waits for a deployment that is under way, and reports.
      - V(pending) for O(type=deploy) if it is not set, and V(always) for the other types.
      - Whether a B(group) of the host was changed, the host's row does not tell. After a change of a group, set
        V(always).
      - Where the platform gives its deployments no times, or touches the host's row with each of them, V(pending)
        deploys once more than needed. O(deploy_required) helps there.
    type: str
    choices:
      - always
      - pending
      - never
  deploy_required:
    description:
      - What the task that wrote the configuration says under C(deploy_required).
      - With V(true), O(start=pending) starts a deployment.
      - With V(false), O(start=pending) starts none where the platform does not tell whether what is stored is in
        effect. Where the platform tells that it is not, it is deployed all the same.
    type: bool
  wait:
    description:
      - Whether to wait for the end of the deployment. A deployment that fails then fails the task.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most, for a deployment that was running before and for the own one together.
      - A task that waited that long fails; the deployment goes on.
    type: float
    default: 1800
  poll_interval:
    description:
      - Seconds between two looks at the status. The first looks come quicker, so that a short deployment is
        seen.
    type: float
    default: 10
  if_running:
    description:
      - What to do when a deployment of the host is running already.
      - With V(wait), it is waited for, and then the own one is started.
      - With V(join), it is taken for the own one. Nothing is started, and the task is not changed.
      - With V(fail), the task fails.
    type: str
    choices:
      - wait
      - join
      - fail
    default: wait
  status_words:
    description:
      - Words that the platform uses for a status and this collection does not know, each with what it means,
        one of V(none), V(queued), V(running), V(succeeded), V(failed) and V(cancelled).
      - A status that is not known is never guessed at. It fails the task.
    type: dict
    default: {}
seealso:
  - module: hosted_power.turbostack.turbostack_host
"""

EXAMPLES = r"""
- name: Deploy what changed, on every host of the play
  hosted_power.turbostack.turbostack_deploy:

- name: Deploy every host of the play again, because a group that they are attached to was changed
  hosted_power.turbostack.turbostack_deploy:
    start: always

- name: Wait for what somebody else has started, and tell whether what is stored is in effect
  hosted_power.turbostack.turbostack_deploy:
    start: never

- name: Deploy the whole configuration of one host again
  hosted_power.turbostack.turbostack_deploy:
    name: shop-1.example.com
    type: fullDeploy
    wait_timeout: 3600

- name: Start it and look at it later
  hosted_power.turbostack.turbostack_deploy:
    id: 7
    wait: false

- name: Delete what the configuration no longer names
  hosted_power.turbostack.turbostack_deploy:
    id: 7
    type: fullResetDeploy
    confirm: DELETE
"""

RETURN = r"""
id:
  description: Id of the host.
  returned: when the host was found
  type: int
  sample: 7
name:
  description: Name of the host.
  returned: when the host was found
  type: str
  sample: shop-1.example.com
type:
  description: The type of the deployment that was asked for.
  returned: when the host was found
  type: str
  sample: deploy
status:
  description:
    - The last status that was seen, one of V(none), V(queued), V(running), V(succeeded), V(failed),
      V(cancelled) and V(unknown).
    - In check mode that is the status of the deployment before.
  returned: when the host was found
  type: str
  sample: succeeded
sync_status:
  description:
    - Whether what is stored for the host is in effect on it, one of V(in_effect), V(stored_not_deployed),
      V(deploying), V(failed) and V(unknown), by what the task has seen.
    - In check mode that is how it is before the task.
  returned: when the host was found
  type: str
  sample: in_effect
sync_reason:
  description: Why, in a sentence.
  returned: when the host was found
  type: str
  sample: >-
    The latest deployment began after the last known change, and succeeded (changed 2026-05-04 10:14:58 UTC, deployment
    began 2026-05-04 10:15:00 UTC, ended 2026-05-04 10:16:21 UTC).
elapsed:
  description: Seconds that the task took.
  returned: when the host was found
  type: float
  sample: 83.4
deployment:
  description: The last status as the platform answered it, with secrets masked.
  returned: when the host was found
  type: raw
  sample:
    id: 1042
    status: success
    started_at: "2026-05-04T10:15:00Z"
error:
  description:
    - What went wrong, for a rescue block. C(kind) is always there; a failed request has C(method), C(path),
      C(status) and C(server_message) as well.
  returned: failure
  type: dict
  sample:
    kind: operation
"""

from ..module_utils.adapters.module import run_as_module
from ..module_utils.operations.deploy import OPERATION


def main() -> None:
    """Run the operation as a module."""
    run_as_module(OPERATION)


if __name__ == "__main__":
    main()
