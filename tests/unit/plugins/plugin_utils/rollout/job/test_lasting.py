# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What outlives a job of AWX, by the mounts of its container."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.lasting import (
    lasts,
    outlives_run,
)

MOUNTS = r"""
700 600 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/containers
701 700 0:61 / /proc rw,nosuid - proc proc rw
702 700 8:2 /tmp/awx_7_x /runner rw,relatime - xfs /dev/sda2 rw
703 700 8:2 /srv/turbostack /var/lib/turbostack rw,relatime shared:1 - xfs /dev/sda2 rw
704 700 0:62 / /scratch rw,relatime - tmpfs tmpfs rw
705 700 8:2 /srv/two /mnt/two\040words rw,relatime - xfs /dev/sda2 rw
706 700 8:2 /srv/deep /runner/project/kept rw,relatime - xfs /dev/sda2 rw
"""
JOB = {"AWX_PRIVATE_DATA_DIR": "/tmp/awx_7_x"}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/var/lib/turbostack/rollout/shop.json", True),
        ("/var/lib/turbostack", True),
        ("/mnt/two words/shop.json", True),
        ("/runner/project/kept/shop.json", True),
        ("/home/runner/.ansible/turbostack-rollout/shop.json", False),
        ("/var/lib/turbostack-other/shop.json", False),
        ("/runner/project/backup/shop.json", False),
        ("/scratch/shop.json", False),
    ],
)
def test_only_a_volume_outlives_a_job(path: str, kept: bool) -> None:
    assert lasts(path, MOUNTS, JOB) is kept


def test_elsewhere_files_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWX_PRIVATE_DATA_DIR", raising=False)
    assert lasts("/home/ops/.ansible/shop.json", MOUNTS, {})
    assert outlives_run("/home/ops/.ansible/shop.json")


def test_what_the_system_says_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWX_PRIVATE_DATA_DIR", "/tmp/awx_7_x")
    assert not outlives_run("/shop.json")
