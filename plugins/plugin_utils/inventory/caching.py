# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache before the API: read first, written after, and, where that is asked for, served when the API is down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ansible.module_utils.common.text.converters import to_native
from ansible.plugins.inventory import get_cache_plugin

from ...module_utils.client.errors import BodyError, NoAnswer, RequestError, StatusError
from ...module_utils.client.settings import Settings
from .cache_entry import Entry, ForeignEntry, identity, key, packed, unpacked
from .options import Options
from .source import Reading

Read = Callable[[], Reading]


def cache_of(
    plugin: Any, settings: Settings, options: Options, warn: Callable[[str], None]
) -> Cache:
    """The cache that the options of an inventory plugin describe."""
    store = plugin._cache
    if options.cache_stale_on_error:
        # The cache plugin gets no timeout: the age of an entry is looked at afterwards.
        wanted = {"_uri": "cache_connection", "_prefix": "cache_prefix"}
        values = {name: plugin.get_option(option) for name, option in wanted.items()}
        given = {name: value for name, value in values.items() if value is not None}
        store = get_cache_plugin(plugin.get_option("cache_plugin"), _timeout=0, **given)
        # Ansible writes what the plugin holds when it has ended.
        plugin._cache = store
    return Cache(
        store,
        identity(settings, options),
        plugin.get_option("cache_timeout") or 0,
        stale_on_error=options.cache_stale_on_error,
        warn=warn,
    )


class Cache:
    """One entry of an Ansible cache plugin.

    :param store: what the cache plugin gives: a mapping.
    :param identity: see `cache_entry.identity`.
    :param timeout: seconds after which an entry has expired; 0 for never.
    :param stale_on_error: whether an expired entry is better than none.
    :param warn: shows a warning.
    """

    def __init__(
        self,
        store: Any,
        identity: str,
        timeout: float,
        *,
        stale_on_error: bool,
        warn: Callable[[str], None],
    ) -> None:
        self._store = store
        self._identity = identity
        self._timeout = timeout
        self._stale_on_error = stale_on_error
        self._warn = warn

    def records(self, read: Read, *, refresh: bool) -> Reading:
        """The cached records if they are fresh, otherwise what `read` gives, which is then cached.

        :param refresh: whether the user wants nothing that is cached, as with C(--flush-cache).
        :raises RequestError: what `read` raised, unless there is an expired entry to be served.
        """
        entry = None if refresh else self._entry()
        if entry is not None and (self._timeout == 0 or entry.age <= self._timeout):
            return entry.reading
        try:
            reading = read()
        except RequestError as failure:
            if entry is None or not self._stale_on_error or not _is_down(failure):
                raise
            self._warn(
                f"The TurboStack API cannot be read, so this is the inventory of {_moment(entry.saved_at)}, "
                f"which expired {_duration(entry.age - self._timeout)} ago. {failure}"
            )
            return entry.reading
        # Neither a part of the hosts nor none at all is worth keeping: the next run had better ask again.
        if not reading.errors and reading.listed:
            self._store[key(self._identity)] = packed(self._identity, reading)
        return reading

    def _entry(self) -> Entry | None:
        try:
            value = self._store.get(key(self._identity))
            return None if value is None else unpacked(self._identity, value)
        except ForeignEntry as error:
            self._warn(f"The inventory's cache entry {key(self._identity)} is ignored: {error}.")
        except Exception as error:  # whatever a cache plugin raises over what it finds
            self._warn(
                f"The inventory's cache entry {key(self._identity)} cannot be read and is ignored: "
                f"{to_native(error)}"
            )
        return None


def _is_down(failure: RequestError) -> bool:
    """Whether it is the API's failure; a token that is not valid any more is the user's."""
    if isinstance(failure, StatusError):
        return failure.status >= 500 or failure.status in (408, 429)
    return isinstance(failure, (NoAnswer, BodyError))


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a moment"
