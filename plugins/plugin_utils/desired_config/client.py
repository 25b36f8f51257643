# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of a host, as a file of a folder may call it: by its id, or by its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """The client of a host.

    :ivar name: None where the inventory does not say.
    """

    id: int
    name: str | None = None

    @property
    def stems(self) -> tuple[str, ...]:
        """What a file about it may be called; a name that looks like an id would be another client's."""
        named = self.name is not None and not self.name.isdecimal()
        return (str(self.id), str(self.name)) if named else (str(self.id),)
