# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown: for each picture a platform, the files that lie there, and the commands."""

from __future__ import annotations

from dataclasses import dataclass, field

_QUICKSTART = "docs/quickstart"
_WANTED = '{"rollout_config": {"redis_memory": "3gb"}, "rollout_serial": [1, "100%"]}'


@dataclass(frozen=True)
class Story:
    """A picture.

    :ivar name: its file is C(docs/pictures/NAME.svg).
    :ivar title: what stands in the window's bar, and what is read to those who do not see it.
    :ivar platform: options of the simulator.
    :ivar files: of the checkout, which lie where the commands are run.
    :ivar until: the output is shown up to the line that begins so.
    """

    name: str
    title: str
    commands: tuple[str, ...]
    platform: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=(f"{_QUICKSTART}/fleet.turbostack.yml",))
    until: str | None = None

    @property
    def file(self) -> str:
        return f"docs/pictures/{self.name}.svg"


STORIES = (
    Story(
        "quickstart",
        "A fleet as an inventory, a configuration changed on two hosts, and deployed",
        (
            "ansible-inventory -i fleet.turbostack.yml --graph app_shopware",
            "ansible-playbook -i fleet.turbostack.yml quickstart.yml --diff",
        ),
        ("--hosts", "12", "--switch", "deploy_running_seconds=2"),
        (f"{_QUICKSTART}/fleet.turbostack.yml", f"{_QUICKSTART}/quickstart.yml"),
    ),
    Story(
        "rollout",
        "A rollout over six hosts: the plan, one host first, then the others, and how each ended",
        (
            f"ansible-playbook hosted_power.turbostack.rollout -i fleet.turbostack.yml -e '{_WANTED}'",
        ),
        ("--hosts", "6", "--seed", "4", "--switch", "deploy_running_seconds=1"),
        until="TASK [hosted_power.turbostack.rollout : Roll out] ",
    ),
)
