# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host as whoever names it knew it: with the platform that gave it its id, and the name that it had then."""

from __future__ import annotations

from dataclasses import dataclass

from ...module_utils.client.errors import TargetError
from ...module_utils.resources.configured import Configured
from ...module_utils.resources.targets import check_expected
from ...module_utils.text.escaping import escape


@dataclass(frozen=True)
class KnownHost:
    """What an inventory says of a host; an inventory may be old, and may come from another platform.

    :ivar name: the platform's name of the host, whatever the inventory calls it; None where it is not known.
    :ivar platform: see C(settings.platform); None where it is not known.
    """

    id: int
    name: str | None
    platform: str | None

    def check_platform(self, platform: str) -> None:
        """Refuse another platform than the one that gave the host its id.

        :raises TargetError: naming both.
        """
        if self.platform is None or self.platform == platform:
            return
        name = f"{escape(self.name)} (id {self.id})" if self.name else str(self.id)
        raise TargetError(
            f"Host {name} was read from {escape(self.platform)}, and this goes to {platform}, where its id is "
            "another host's or nobody's. Nothing was sent.",
            "Give it the api_url of the inventory. To mean the host of that name in the other platform, give its "
            "name in place of its id.",
        )

    def check_found(self, found: Configured) -> None:
        """Refuse what is called otherwise by now.

        :raises TargetError: naming both.
        """
        if self.name is not None:
            check_expected(found, self.name)
