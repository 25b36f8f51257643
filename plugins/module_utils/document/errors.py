# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plan engine refuses to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..client.errors import TurboStackError

if TYPE_CHECKING:
    from .place import Place


class PlanError(TurboStackError):
    """A change that cannot be planned without guessing, or a value that cannot be stored as meant.

    The message names the path and what stands in the way; the hint is the way out. Neither holds a secret.

    :param place: where in the desired configuration that is; None where it is about all of it.
    """

    kind = "plan"

    def __init__(self, message: str, hint: str | None = None, place: Place | None = None) -> None:
        super().__init__(message, hint)
        self.place = place
