# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plan engine refuses to do."""

from __future__ import annotations

from ..client.errors import TurboStackError


class PlanError(TurboStackError):
    """A change that cannot be planned without guessing, or a value that cannot be stored as meant.

    The message names the path and what stands in the way; the hint is the way out. Neither holds a secret.

    :param place: the C(Place) in the desired configuration that it is about; None where it is about all of it. Here it
        is only carried: a place is made of what may fail with this error.
    """

    kind = "plan"

    def __init__(self, message: str, hint: str | None = None, place: object = None) -> None:
        super().__init__(message, hint)
        self.place = place
