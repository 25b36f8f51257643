# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`on_empty` and `minimum_hosts`: how few hosts an inventory may have before that is taken for a mistake."""

from __future__ import annotations

from collections.abc import Callable

from ...module_utils.client.errors import TargetError
from .options import Options


def check_listed(listed: int, options: Options, warn: Callable[[str], None]) -> None:
    """What becomes of a platform that lists no host at all: a token that sees nothing gets no error from it.

    :param listed: how many hosts the platform listed, whatever became of them.
    :raises TargetError: with C(on_empty=fail).
    """
    if listed or options.on_empty == "accept":
        return
    of_clients = (
        f" of client{'s' if len(options.clients) > 1 else ''} {', '.join(map(str, options.clients))}"
        if options.clients
        else ""
    )
    said = f"The platform lists no host{of_clients} to this token."
    if options.on_empty == "warn":
        warn(f"{said} The inventory is empty.")
        return
    raise TargetError(
        said,
        "A token sees what its owner sees: look whose it is, and at clients. Where there may be no host, set "
        "on_empty to warn or accept.",
    )


def check_minimum(count: int, listed: int, options: Options) -> None:
    """
    :param count: how many hosts the inventory has.
    :param listed: see C(check_listed).
    :raises TargetError: where they are fewer than C(minimum_hosts).
    """
    if count >= options.minimum_hosts:
        return
    raise TargetError(
        f"The inventory has {count} hosts, and minimum_hosts is {options.minimum_hosts}. The platform lists "
        f"{listed} to this token.",
        "Look at what leaves hosts out (the token's rights, clients, active_only, filters), or lower minimum_hosts.",
    )
