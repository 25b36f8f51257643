# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told to whoever opens the repository of an adopted fleet."""

from __future__ import annotations

FILE = "README.md"

TEXT = """\
# The fleet

What the hosts of this fleet hold on the TurboStack platform. Files are merged from the most general to the most exact:

| file | says what |
| --- | --- |
| `fleet/all.yml` | every host holds |
| `fleet/clients/ID.yml` | every host of a client holds |
| `fleet/groups/GROUP.yml` | every host of a group of the inventory holds |
| `fleet/hosts/HOST.yml` | one host holds |

`fleet.turbostack.yml` is the inventory. What no file names stays as it is on the platform.

```console
$ ansible-galaxy collection install hosted_power.turbostack
$ export TURBOSTACK_API_TOKEN=...
$ ansible-playbook hosted_power.turbostack.drift -i fleet.turbostack.yml -e drift_directory=fleet/
```

To change something, edit the files, look at what it would do, and do it:

```console
$ ansible-playbook hosted_power.turbostack.rollout -i fleet.turbostack.yml -e rollout_directory=fleet/ --check --diff
$ ansible-playbook hosted_power.turbostack.rollout -i fleet.turbostack.yml -e rollout_directory=fleet/
```

To take over what was changed on the platform since, without what was changed here by hand:

```console
$ ansible-playbook hosted_power.turbostack.adopt -e adopt_directory=. --check --diff
$ ansible-playbook hosted_power.turbostack.adopt -e adopt_directory=.
```
"""
