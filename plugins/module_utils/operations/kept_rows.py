# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All hosts or groups, of each as much as is needed: their decoded configurations would fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..client.api import Api
from ..client.errors import TurboStackError
from ..resources.configured import Collection, Configured
from .reading import read_each

About = TypeVar("About")
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class KeptRow(Generic[About, Kept]):
    """What is kept of a host or a group.

    :ivar about: beside its configuration.
    :ivar config: of its configuration; or why there is nothing to be kept.
    """

    about: About
    config: Kept | TurboStackError

    def kept(self) -> Kept:
        """What is kept of its configuration.

        :raises TurboStackError: where there is nothing.
        """
        if isinstance(self.config, TurboStackError):
            raise self.config
        return self.config


def kept_rows(
    collection: Collection,
    api: Api,
    workers: int,
    about: Callable[[Configured], About],
    config: Callable[[Configured], Kept],
) -> list[KeptRow[About, Kept]]:
    """All that the token may see, in the API's order.

    :param about: what is to be kept of a row beside its configuration.
    :param config: what is to be kept of that, called with an answer that holds one, in the thread that fetched it.
    :raises TurboStackError: where the list cannot be read, or the platform as a whole gives no answers.
    """

    def seen(row: Configured) -> tuple[int, About, Kept | TurboStackError | None]:
        try:
            # Rows of a list may come without their configuration.
            return row.id, about(row), config(row) if row.has_document else None
        except TurboStackError as error:
            return row.id, about(row), error

    def read(number: int) -> Kept:
        return config(collection.read(api, number))

    listed = collection.listing(api, workers=workers, make=seen).read()
    missing = [number for number, _about, found in listed if found is None]
    answers = dict(zip(missing, read_each(missing, read, workers), strict=True))
    return [
        KeptRow(known, answers[number] if found is None else found)
        for number, known, found in listed
    ]
