# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the hosts that are asked for from the API, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.answers.sync_status import (
    Evidence,
    Stored,
    Sync,
    SyncStatus,
    sync_status,
)
from ...module_utils.client.api import Api
from ...module_utils.client.errors import BodyError, RequestError
from ...module_utils.client.pages import List
from ...module_utils.client.settings import Settings
from ...module_utils.document.policy import Policy
from ...module_utils.resources import clients, deployments
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.text.escaping import escape
from .json_data import decode
from .options import Options
from .progress import Progress
from .records import Record, RecordMaker


@dataclass
class Reading:
    """What came of it.

    :ivar records: in the order of their ids.
    :ivar listed: how many hosts the platform listed, those that were left out included.
    :ivar errors: what could not be read, where that is allowed; empty for a complete reading.
    :ivar unreadable: what is wrong with configurations, by host.
    """

    records: list[Record]
    listed: int
    errors: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)


def read(settings: Settings, options: Options, show: Callable[[str], None]) -> Reading:
    """Every host that the options ask for.

    :param show: shows a line to the user.
    :raises RequestError: where something cannot be read and C(on_error) does not accept less, and where
        nothing can be read at all.
    """
    return _Source(settings, options, show).read()


class _Source:
    def __init__(self, settings: Settings, options: Options, show: Callable[[str], None]) -> None:
        self._options = options
        self._progress = Progress(show)
        self._api = Api(
            settings,
            on_wait=self._progress.waiting,
            decode=decode,
        )
        self._maker = RecordMaker(
            config=options.include_config,
            monitoring=options.include_monitoring,
            secrets=options.secrets,
            policy=Policy(schema=options.schema),
        )
        self._failures: list[RequestError] = []
        self._listed = 0

    def read(self) -> Reading:
        records = self._hosts()
        if self._options.include_clients:
            names = self._client_names(record["client_id"] for record in records)
            for record in records:
                record["client_name"] = names.get(record["client_id"])
        if self._options.include_sync_status:
            for record, status in zip(  # noqa: B905 (equally long)
                records, self._at_once(self._sync_status, records)
            ):
                record["sync_status"], record["sync_reason"] = status.sync.value, status.reason
        return Reading(
            records,
            self._listed,
            [escape(str(failure)) for failure in self._failures],
            self._maker.unreadable,
        )

    def _hosts(self) -> list[Record]:
        wanted = self._options.clients or (None,)
        lists = [
            HOSTS.listing(
                self._api,
                client_id=client,
                make=self._record,
                **self._paging(f"hosts of {client}", alone=len(wanted) == 1),
            )
            for client in wanted
        ]
        # Several lists at once, each page by page; or one, several pages of it at once.
        read = [self._rows(lists[0])] if len(lists) == 1 else self._at_once(self._rows, lists)
        rows = [row for part in read for row in part]
        by_id = {record["id"]: record for record in rows if record is not None}
        self._listed = len(rows)
        if self._failures and not by_id:
            raise self._failures[0]
        return [by_id[number] for number in sorted(by_id)]

    def _at_once(self, read: Callable[[Any], Any], wanted: Iterable[Any]) -> list[Any]:
        """What `read` makes of each, in their order, by as many threads as there may be."""
        pool = ThreadPoolExecutor(self._options.workers, thread_name_prefix="turbostack")
        try:
            return list(pool.map(read, wanted))
        except BaseException:
            self._api.call_off()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _paging(self, name: str, *, alone: bool = True) -> dict[str, Any]:
        return {
            "size": self._options.page_size,
            "workers": self._options.workers if alone else 1,
            "on_page": self._progress.of_list(name),
        }

    def _rows(self, wanted: List) -> list[Any]:
        try:
            return wanted.read()
        except RequestError as failure:
            if self._options.on_error == "fail":
                raise
            self._failures.append(failure)
            return wanted.rows

    def _record(self, host: Configured) -> Record | None:
        if self._options.active_only and host.active is False:
            return None
        return self._maker.record(host)

    def _sync_status(self, record: Record) -> SyncStatus:
        """Whether what is stored for a host is in effect; one request, as a row does not say it."""
        try:
            latest = deployments.status(self._api, record["id"])
        except BodyError as unclear:
            return SyncStatus(Sync.UNKNOWN, escape(str(unclear)))
        except RequestError as failure:
            if self._options.on_error == "fail":
                raise
            self._failures.append(failure)
            return SyncStatus(Sync.UNKNOWN, escape(str(failure)))
        return sync_status(Evidence(Stored.of_row(record), latest))

    def _client_names(self, used: Iterable[int | None]) -> dict[int | None, str]:
        """The names of all clients that the token sees, by id."""
        if not set(used) - {None}:
            return {}
        every = self._rows(clients.listing(self._api, **self._paging("clients")))
        return {client.id: client.name for client in every}
