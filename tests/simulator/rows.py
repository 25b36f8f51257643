# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records as JSON objects. An encoded row is kept with its record until the record changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from .answers import encode
from .records import Client, Documented, Group, Host, Record
from .switches import Switches

_KEPT = 4  # encoded forms kept of one record

StoredText = Callable[[Documented], "tuple[str | None, int]"]
"""Gives the configuration text and `updated_at` a read is answered with."""

LastDeployment = Callable[[Host], "dict[str, Any] | None"]
"""Gives the deployment that a host's row shows."""


class Rows:
    """Encodes records under the switches of one moment (one request)."""

    def __init__(
        self,
        switches: Switches,
        stored: StoredText | None = None,
        deployment: LastDeployment | None = None,
    ) -> None:
        self._stored = stored
        self._deployment = deployment
        self._timestamps = switches.timestamps
        self._json_format = switches.json_format
        self._null_for_empty = switches.null_for_empty
        self._monitoring = switches.monitoring
        self._partner_client_id = switches.partner_client_id
        self._rows_have_json = switches.rows_have_json
        self._signature = (
            self._timestamps,
            self._json_format,
            self._null_for_empty,
            self._monitoring,
            self._partner_client_id,
        )

    def single(self, record: Record) -> bytes:
        """The record as GET …/{id} shows it."""
        return self._kept(record, True)

    def in_list(self, record: Record) -> bytes:
        """The record as a list shows it."""
        return self._kept(record, self._rows_have_json)

    def _kept(self, record: Record, with_json: bool) -> bytes:
        stored = None
        if self._deployment and isinstance(record, Host):
            columns = self._columns(
                record, with_json, self._stored(record) if self._stored else None
            )
            return encode({**columns, "last_deployment": self._deployment(record)})
        if self._stored and isinstance(record, Documented):
            stored = self._stored(record)
            if stored != (record.json, record.updated_at):
                return encode(self._columns(record, with_json, stored))
        signature = (*self._signature, with_json)
        encoded = record.encoded.get(signature)
        if encoded is None:
            if len(record.encoded) >= _KEPT:
                record.encoded.clear()
            encoded = record.encoded[signature] = encode(self._columns(record, with_json, stored))
        return encoded

    def _columns(
        self, record: Record, with_json: bool, stored: tuple[str | None, int] | None
    ) -> dict[str, Any]:
        if isinstance(record, Client):
            return {
                "id": record.id,
                "firstname": record.firstname,
                "lastname": record.lastname,
                "email": record.email,
                "created_at": timestamp(record.created_at, self._timestamps),
                "updated_at": timestamp(record.updated_at, self._timestamps),
            }
        assert isinstance(record, (Host, Group))
        text, updated_at = stored or (record.json, record.updated_at)
        columns: dict[str, Any] = {"id": record.id, "client_id": record.client_id}
        if isinstance(record, Host):
            columns["active"] = record.active
        elif record.client_id is None and self._partner_client_id == "absent":
            del columns["client_id"]
        columns["name"] = record.name
        if with_json:
            columns["json"] = self._configuration(text)
        columns["created_at"] = timestamp(record.created_at, self._timestamps)
        columns["updated_at"] = timestamp(updated_at, self._timestamps)
        if isinstance(record, Host) and self._monitoring != "missing":
            live = {"object": record.monitoring, "null": None, "empty-list": []}
            columns["monitoring"] = live[self._monitoring]
        return columns

    def _configuration(self, text: str | None) -> Any:
        if self._null_for_empty and text in (None, "", "[]", "{}", "null"):
            return None
        if self._json_format == "object" and text:
            try:
                return json.loads(text)
            except ValueError:
                return text
        return text


def timestamp(seconds: int, style: str) -> str | int | None:
    """A time in one of the styles of `Switches.timestamps`."""
    if style == "null":
        return None
    if style == "epoch":
        return seconds
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    if style == "sql":
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if style == "offset":
        return moment.astimezone(timezone(timedelta(hours=2))).isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
