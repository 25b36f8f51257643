# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every doubt about the platform, as a switch: what the reference leaves open, a test chooses.

A value is checked when it is set, in-process, over the control endpoint and on the command line
alike. `Switches.table()` is the table of the README.
"""

from __future__ import annotations

from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any

# These make the fields of the dataclass below.
# pylint: disable=invalid-field-call


def _choice(default: str, *others: str, doc: str) -> Any:
    return field(default=default, metadata={"choices": (default, *others), "doc": doc})


def _set(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass
class Switches:
    """The platform's behaviour; the defaults are a plain Laravel that stores what it is sent."""

    # Lists
    list_envelope: str = _choice(
        "paginator",
        "resource",
        "bare",
        "bare-paged",
        "simple",
        "numeric-keys",
        "named",
        "named-paged",
        doc="How a list is wrapped; `bare` and `named` ignore `page` and `size`.",
    )
    size_cap: int = _set(100, "A larger `size` is silently cut to this; 0 for no cap.")
    size_refused_above: int = _set(0, "A larger `size` is answered with 422; 0 for never.")
    per_page_string: bool = _set(False, "`per_page` echoes `size` as a string.")
    page_urls_keep_size: bool = _set(
        False, "Page URLs repeat `size`; stock Laravel leaves it out of them."
    )
    rows_have_json: bool = _set(True, "Rows of a list carry `json`.")
    paging_movement: str = _choice(
        "none",
        "delete",
        "add",
        doc="After each page of hosts but the last, the first host vanishes or gets one before it.",
    )

    list_order: str = _choice(
        "stable",
        "changing",
        doc="`changing`: each request sees an order of its own, as SQL gives rows without `ORDER BY`.",
    )

    # Objects
    object_envelope: str = _choice(
        "bare", "data", doc="A single client, host, group or credentials: bare or in `data`."
    )
    json_format: str = _choice(
        "string", "object", doc="`json` in answers is a JSON string or the decoded value."
    )
    null_for_empty: bool = _set(False, "Every empty configuration is served as null.")
    monitoring: str = _choice(
        "object",
        "missing",
        "null",
        "empty-list",
        doc="What a host's `monitoring` is; `empty-list` is PHP's empty array.",
    )
    partner_client_id: str = _choice("null", "absent", doc="What a partner group's `client_id` is.")
    partner_groups_under_clients: bool = _set(
        False, "`/clients/{id}/groups` lists the partner groups that span the client."
    )
    timestamps: str = _choice(
        "iso",
        "sql",
        "offset",
        "epoch",
        "null",
        doc="2026-05-04T10:11:12.000000Z, 2026-05-04 10:11:12, …T12:11:12+02:00, an integer, null.",
    )

    # Writing
    trim_strings: bool = _set(False, "Strings of a request are trimmed before they are stored.")
    empty_string_to_null: bool = _set(False, 'A `""` of a request is stored as null.')
    empty_object_to_list: bool = _set(False, "A `{}` of a request is stored as `[]`.")
    whole_float_to_int: bool = _set(False, "An `8.0` of a request is stored as `8`.")
    refuse_empty_json: bool = _set(
        False, 'An empty `json` is "required" and answered with 422, as Laravel\'s rule has it.'
    )
    host_saved: str = _choice(
        "object",
        "data",
        "id",
        "message",
        "empty",
        doc='What POST /hosts/{id} answers; `id` is {"id": …}, `empty` is 204.',
    )
    group_saved: str = _choice(
        "bare-id",
        "id",
        "string-id",
        "data",
        doc='What POST /groups/{id} answers: 7, {"id": 7}, "7" or {"data": 7}.',
    )
    replica_lag_reads: int = _set(
        0, "That many reads of a record after a write return the old document."
    )
    replica_lag_seconds: float = _set(
        0.0, "Reads within that many seconds after a write return the old document."
    )
    concurrent_write_after_get: int = _set(
        0, "Somebody else writes a host or group right after its Nth GET; 0 for never."
    )

    # Deployments
    deploy_queued_seconds: float = _set(0.05, "Seconds a deployment stays queued.")
    deploy_running_seconds: float = _set(0.15, "Seconds a deployment runs after that.")
    deploy_outcome: str = _choice(
        "succeeded",
        "failed",
        "warnings",
        "stuck",
        doc="How deployments end; `stuck` ones run for ever.",
    )
    deploy_second: str = _choice(
        "409",
        "422",
        "queue",
        "parallel",
        doc="What a POST …/deploy does while a deployment of that host is not finished.",
    )
    deploy_status: str = _choice(
        "flat",
        "data",
        "success-data",
        "string",
        "list-newest-first",
        "list-oldest-first",
        "deploy",
        "deployment-state",
        "booleans",
        "text",
        "number",
        "last-deploy",
        doc='Shape of GET …/deploy; `success-data` is {"status": "success", "data": {…}}, `text` the bare word, '
        '`number` {"status": 2, "status_text": "…"}, `last-deploy` {"status": "ok", "last_deploy": {…}}.',
    )
    deploy_words: str = _choice(
        "success",
        "deployed",
        "completed",
        "finished",
        "upper",
        "unknown",
        doc="Vocabulary of the states, named by its word for the good end.",
    )
    deploy_ids: bool = _set(True, "A deployment's status carries its `id`.")
    deploy_timestamps: bool = _set(True, "A deployment's status carries its timestamps.")
    deploy_never: str = _choice(
        "404",
        "null",
        "empty-object",
        "empty-list",
        "204",
        "null-status",
        doc="What GET …/deploy answers for a host that was never deployed.",
    )
    deploy_history: str = _choice(
        "none",
        "succeeded",
        "failed",
        doc="How an earlier deployment of every host ended, if there was one.",
    )
    deploy_lag_reads: int = _set(
        0, "That many status reads after a POST …/deploy do not know of it yet."
    )
    deploy_touches_row: bool = _set(
        False, "The end of a deployment is written into the host's row, whose `updated_at` moves."
    )
    rows_show_deployment: bool = _set(
        False, "A host's row carries its latest deployment as `last_deployment`."
    )
    deploy_started: str = _choice(
        "object",
        "data",
        "message",
        "success-message",
        "id",
        "202-empty",
        "204",
        doc="What POST …/deploy answers.",
    )

    # Credentials
    credentials: str = _choice(
        "grouped",
        "keyed",
        "flat",
        "config",
        "beside-config",
        "name-password",
        doc="Shape of …/credentials: lists by kind, dicts by name, one list, in the configuration.",
    )
    credentials_ips: bool = _set(True, "Credentials carry the host's IP addresses.")

    # Traffic
    rate_limit: int = _set(
        0, "Requests a token may make in a window (Laravel's stock is 60); 0 for no limit."
    )
    rate_window: float = _set(60.0, "Length of the rate limit's window in seconds.")
    latency_ms: float = _set(0.0, "Milliseconds each answer takes at least.")
    gzip: bool = _set(False, "Answers are compressed for clients that accept gzip.")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _FIELDS:
            raise ValueError(f"there is no switch {name!r}; there are: {', '.join(_FIELDS)}")
        object.__setattr__(self, name, _checked(_FIELDS[name], value))

    def update(self, **values: Any) -> None:
        """Set several switches, or none of them when a name or a value is wrong (ValueError)."""
        checked = Switches(**{**asdict(self), **values}) if _known(values) else self
        for name in values:
            setattr(self, name, getattr(checked, name))

    def set_text(self, assignment: str) -> None:
        """Set one switch from ``name=value``, as on the command line."""
        name, separator, text = assignment.partition("=")
        if not separator:
            raise ValueError(f"{assignment!r} is not of the form name=value")
        _known({name: text})
        self.update(**{name: _parsed(_FIELDS[name], text)})

    @classmethod
    def laravel(cls, **values: Any) -> Switches:
        """A Laravel with its stock middleware and PHP's JSON round trip: all rewritings on."""
        rewritings = {
            "trim_strings": True,
            "empty_string_to_null": True,
            "empty_object_to_list": True,
            "whole_float_to_int": True,
        }
        return cls(**{**rewritings, **values})

    @staticmethod
    def values() -> dict[str, tuple[Any, ...]]:
        """What each switch can be set to, the default first; of numbers, one that makes a difference."""
        return {name: _values(entry) for name, entry in _FIELDS.items()}

    @staticmethod
    def covering() -> list[dict[str, Any]]:
        """As few settings as can be that between them have every value of every switch."""
        values = Switches.values()
        rounds = max(map(len, values.values()))
        return [
            {name: each[number % len(each)] for name, each in values.items()}
            for number in range(rounds)
        ]

    @staticmethod
    def table() -> str:
        """A Markdown table: name, default, values, meaning."""
        lines = ["| switch | default | values | meaning |", "| --- | --- | --- | --- |"]
        for name, entry in _FIELDS.items():
            choices = entry.metadata.get("choices")
            values = ", ".join(f"`{choice}`" for choice in choices) if choices else entry.type
            default = str(entry.default).lower() if entry.type == "bool" else entry.default
            lines.append(f"| `{name}` | `{default}` | {values} | {entry.metadata['doc']} |")
        return "\n".join(lines) + "\n"


_FIELDS: dict[str, Field[Any]] = {}
_FIELDS.update({entry.name: entry for entry in fields(Switches)})


# Numbers that make a difference without making a test wait.
_NUMBERS = {
    "size_cap": 4,
    "size_refused_above": 60,
    "replica_lag_reads": 1,
    "replica_lag_seconds": 0.1,
    "concurrent_write_after_get": 1,
    "deploy_queued_seconds": 0.2,
    "deploy_running_seconds": 0.3,
    "deploy_lag_reads": 1,
    "rate_limit": 2000,
    "rate_window": 1.0,
    "latency_ms": 5.0,
}


def _values(entry: Field[Any]) -> tuple[Any, ...]:
    if entry.metadata.get("choices"):
        return tuple(entry.metadata["choices"])
    if entry.type == "bool":
        return (entry.default, not entry.default)
    return (entry.default, _NUMBERS[entry.name])


def _known(values: dict[str, Any]) -> bool:
    for name in values:
        if name not in _FIELDS:
            raise ValueError(f"there is no switch {name!r}; there are: {', '.join(_FIELDS)}")
    return True


def _checked(entry: Field[Any], value: Any) -> Any:
    choices = entry.metadata.get("choices")
    if choices:
        if value not in choices:
            raise ValueError(f"{entry.name} is one of {', '.join(choices)}, not {value!r}")
        return value
    if entry.type == "bool":
        if not isinstance(value, bool):
            raise ValueError(f"{entry.name} is true or false, not {value!r}")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"{entry.name} is a number of at least 0, not {value!r}")
    if entry.type == "int":
        if value != int(value):
            raise ValueError(f"{entry.name} is a whole number, not {value!r}")
        return int(value)
    return float(value)


def _parsed(entry: Field[Any], text: str) -> Any:
    if entry.metadata.get("choices"):
        return text
    if entry.type == "bool":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    try:
        return float(text)
    except ValueError:
        return text
