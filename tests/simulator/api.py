# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The TurboStack API: each documented endpoint, answered from the fleet under the switches.

Checks come in Laravel's order: route, method, token, throttle, record, rights, input.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from typing import Any, NoReturn

from . import answers
from .answers import Answer, json_answer
from .credentials import credentials_body
from .deploy_shapes import details, refused_second, started_answer, status_answer
from .deployments import DEPLOY_TYPES, Deployments
from .envelopes import DEFAULT_SIZE, UNPAGED, Page, list_body, object_body
from .fleet import Fleet
from .page import page
from .rate_limit import RateLimit
from .records import Client, Documented, Group, Host, Record, dump
from .replica import Replica
from .request_log import LoggedRequest
from .rewriting import rewritten
from .rows import Rows
from .switches import Switches
from .tokens import Token

_ROUTES = (
    (re.compile(r"/api/v1/(clients|hosts|groups)"), ("GET",), "list"),
    (re.compile(r"/api/v1/clients/([^/]+)/(hosts|groups)"), ("GET",), "client_list"),
    (re.compile(r"/api/v1/(clients)/([^/]+)"), ("GET",), "record"),
    (re.compile(r"/api/v1/(hosts|groups)/([^/]+)"), ("GET", "POST"), "record"),
    (re.compile(r"/api/v1/hosts/([^/]+)/deploy"), ("GET", "POST"), "deploy"),
    (re.compile(r"/api/v1/hosts/([^/]+)/credentials"), ("GET",), "credentials"),
)
_ID = re.compile(r"[0-9]{1,20}")


class Refused(Exception):
    """Carries the error answer out of a check."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Api:
    """Answers requests; one at a time, in the server's thread."""

    def __init__(self, fleet: Fleet, switches: Switches) -> None:
        self.fleet = fleet
        self.switches = switches
        self.deployments = Deployments()
        self._rate_limit = RateLimit()
        self._replica = Replica()
        self._gets: dict[tuple[str, int], int] = {}  # reads of single records
        self._orders = random.Random(fleet.seed)

    def clear(self) -> None:
        """Forget deployments, lags, limits and counts."""
        self.deployments.clear()
        self._rate_limit.clear()
        self._replica.clear()
        self._gets.clear()

    def answer(self, request: LoggedRequest, base_url: str) -> Answer:
        """The answer to a request; `base_url` is the address the client used."""
        if request.path == "/":
            return page()
        if request.path == "/login":
            return answers.login_page()
        try:
            return self._routed(request, base_url)
        except Refused as refused:
            return refused.answer

    def _routed(self, request: LoggedRequest, base_url: str) -> Answer:
        method = "GET" if request.method == "HEAD" else request.method
        path = request.path
        match, methods, endpoint = _route(path)
        if match is None:
            return answers.no_such_route(path)
        if method not in methods:
            allowed = ("GET", "HEAD", *methods[1:])
            return answers.method_not_allowed(method, path, allowed)
        token = self._authenticated(request, base_url)
        headers, refusal = self._rate_limit.admit(token.value, self.switches)
        if refusal is None:
            try:
                handle: Callable[..., Answer] = getattr(self, f"_{method.lower()}_{endpoint}")
                answer = handle(request, token, base_url, *match.groups())
            except Refused as refused:
                answer = refused.answer
        else:
            answer = refusal
        answer.headers = {**headers, **answer.headers}
        return answer

    def _authenticated(self, request: LoggedRequest, base_url: str) -> Token:
        token = self._token(request)
        wants_json = "/json" in request.headers.get("Accept", "")
        if token is None:
            # Laravel sends who does not ask for JSON to the login page.
            refusal = answers.unauthenticated() if wants_json else answers.login_redirect(base_url)
            raise Refused(refusal)
        if not wants_json:
            raise Refused(answers.login_page())
        return token

    def _token(self, request: LoggedRequest) -> Token | None:
        value = request.token
        for token in list(self.fleet.tokens.values()):
            if token.value == value and not token.expired:
                return token
        return None

    # Lists

    def _get_list(self, request: LoggedRequest, token: Token, base_url: str, noun: str) -> Answer:
        records: list[Record]
        if noun == "clients":
            records = [one for one in _by_id(self.fleet.clients) if token.sees_client(one)]
        elif noun == "hosts":
            records = [one for one in _by_id(self.fleet.hosts) if token.sees_host(one)]
        else:
            records = [one for one in _by_id(self.fleet.groups) if token.sees_group(one)]
        return self._list(request, base_url, noun, records)

    def _get_client_list(
        self, request: LoggedRequest, token: Token, base_url: str, number: str, noun: str
    ) -> Answer:
        client_id = int(self._client(number, token).id)
        if noun == "hosts":
            hosts = _by_id(self.fleet.hosts)
            return self._list(
                request, base_url, noun, [one for one in hosts if _owner(one) == client_id]
            )
        partners = self.switches.partner_groups_under_clients
        groups = [
            one
            for one in _by_id(self.fleet.groups)
            if _owner(one) == client_id or (partners and client_id in one.spans)
        ]
        return self._list(request, base_url, noun, groups)

    def _list(self, request: LoggedRequest, base_url: str, noun: str, records: list[Any]) -> Answer:
        switches = self.switches
        size = _positive(request.query.get("size"), DEFAULT_SIZE)
        if switches.size_refused_above and size > switches.size_refused_above:
            text = f"The size field must not be greater than {switches.size_refused_above}."
            return answers.invalid("size", text)
        if switches.size_cap:
            size = min(size, switches.size_cap)
        page = Page(
            url=base_url + request.path,
            noun=noun,
            number=_positive(request.query.get("page"), 1),
            size=size,
            asked_size=request.query.get("size"),
            total=len(records),
        )
        if switches.list_order == "changing":
            self._orders.shuffle(records)
        if switches.list_envelope not in UNPAGED:
            start, end = page.bounds
            records = records[start:end]
        rows = self._rows(records)
        body = list_body([rows.in_list(one) for one in records], page, switches)
        if noun == "hosts" and page.number < page.last:
            self._move(records)
        return Answer(200, body)

    def _rows(self, records: list[Any]) -> Rows:
        """What encodes these records, which are about to be read."""
        shows = self.switches.rows_show_deployment
        if shows or self.switches.deploy_touches_row:
            for record in records:
                if isinstance(record, Host):
                    self.deployments.latest_in_row(record, self.switches)
        read = self._replica.read if self._replica else None
        return Rows(self.switches, read, self._last_deployment if shows else None)

    def _last_deployment(self, host: Host) -> dict[str, Any] | None:
        latest = self.deployments.latest_in_row(host, self.switches)
        return None if latest is None else details(latest, self.switches)

    def _move(self, records: list[Host]) -> None:
        hosts = self.fleet.hosts
        if self.switches.paging_movement == "delete":
            self.fleet.remove_host(min(hosts))
        elif self.switches.paging_movement == "add" and min(hosts) > 1:
            first = records[0]
            number = min(hosts) - 1
            self.fleet.add_host(
                Host(
                    id=number,
                    client_id=first.client_id,
                    active=1,
                    name=f"new{number}.example",
                    json=None,
                    created_at=int(time.time()),
                    updated_at=int(time.time()),
                    monitoring=first.monitoring,
                )
            )

    # Single records

    def _get_record(
        self, request: LoggedRequest, token: Token, base_url: str, noun: str, number: str
    ) -> Answer:
        record = self._record(noun, number, token)
        body = object_body(self._rows([record]).single(record), self.switches)
        if isinstance(record, Documented):
            self._count_get(record)
        return Answer(200, body)

    def _count_get(self, record: Documented) -> None:
        count = self._gets[record.key] = self._gets.get(record.key, 0) + 1
        if count == self.switches.concurrent_write_after_get:
            try:
                document = record.document
            except ValueError:
                document = None
            document = document if isinstance(document, dict) else {}
            record.document = {**document, "edited_elsewhere": True}

    def _post_record(
        self, request: LoggedRequest, token: Token, base_url: str, noun: str, number: str
    ) -> Answer:
        record = self._record(noun, number, token)
        assert isinstance(record, (Host, Group))
        value = self._input(request).get("json")
        if value is None or (self.switches.refuse_empty_json and value in ({}, [])):
            return answers.invalid("json", "The json field is required.")
        if not isinstance(value, (dict, list)):
            return answers.invalid("json", "The json field must be an array.")
        self._replica.before_write(record, self.switches)
        record.json = dump(rewritten(value, self.switches))
        record.updated_at = int(time.time())
        return self._saved_host(record) if isinstance(record, Host) else self._saved_group(record)

    def _saved_host(self, host: Host) -> Answer:
        shape = self.switches.host_saved
        if shape == "empty":
            return Answer(204)
        if shape == "message":
            return json_answer({"message": "Host saved successfully."})
        if shape == "id":
            return json_answer({"id": host.id})
        # The writer's own answer comes from the primary, whatever the replica lags.
        encoded = Rows(self.switches).single(host)
        return Answer(200, b'{"data":' + encoded + b"}" if shape == "data" else encoded)

    def _saved_group(self, group: Group) -> Answer:
        bodies: dict[str, Any] = {
            "bare-id": group.id,
            "id": {"id": group.id},
            "string-id": str(group.id),
            "data": {"data": group.id},
        }
        return json_answer(bodies[self.switches.group_saved])

    # Deployments and credentials

    def _get_deploy(
        self, request: LoggedRequest, token: Token, base_url: str, number: str
    ) -> Answer:
        host = self._host(number, token)
        seen = self.deployments.seen_by_status_read(host, self.switches)
        return status_answer(seen, self.switches)

    def _post_deploy(
        self, request: LoggedRequest, token: Token, base_url: str, number: str
    ) -> Answer:
        host = self._host(number, token)
        kind = self._input(request).get("type")
        if kind in (None, ""):
            return answers.invalid("type", "The type field is required.")
        if kind not in DEPLOY_TYPES:
            return answers.invalid("type", "The selected type is invalid.")
        last = self.deployments.last(int(host.id))
        if last and not last.finished:
            refusal = refused_second(self.switches)
            if refusal:
                return refusal
        return started_answer(self.deployments.start(host, kind, self.switches), self.switches)

    def _get_credentials(
        self, request: LoggedRequest, token: Token, base_url: str, number: str
    ) -> Answer:
        host = self._host(number, token)
        shape, addresses = self.switches.credentials, self.switches.credentials_ips
        body = credentials_body(host, self.fleet.seed, shape, addresses)
        return Answer(200, object_body(answers.encode(body), self.switches))

    # Finding records, reading input

    def _record(self, noun: str, number: str, token: Token) -> Record:
        if noun == "clients":
            return self._client(number, token)
        return self._host(number, token) if noun == "hosts" else self._group(number, token)

    def _client(self, number: str, token: Token) -> Client:
        client = self.fleet.clients.get(_integer(number))
        if client is None:
            raise Refused(answers.no_such_record("Client", number))
        if not token.sees_client(client):
            raise Refused(answers.forbidden())
        return client

    def _host(self, number: str, token: Token) -> Host:
        host = self.fleet.hosts.get(_integer(number))
        if host is None:
            raise Refused(answers.no_such_record("Host", number))
        if not token.sees_host(host):
            raise Refused(answers.forbidden())
        return host

    def _group(self, number: str, token: Token) -> Group:
        group = self.fleet.groups.get(_integer(number))
        if group is None:
            raise Refused(answers.no_such_record("Group", number))
        if not token.sees_group(group):
            raise Refused(answers.forbidden())
        return group

    def _input(self, request: LoggedRequest) -> dict[str, Any]:
        if "/json" not in request.headers.get("Content-Type", ""):
            raise Refused(answers.refusal(415, "The request's Content-Type is not JSON."))
        try:
            value = json.loads(request.body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            # Laravel takes a body it cannot parse for an empty one: validation complains.
            return {}
        return value if isinstance(value, dict) else {}


def _route(path: str) -> tuple[re.Match[str] | None, tuple[str, ...], str]:
    for pattern, methods, endpoint in _ROUTES:
        match = pattern.fullmatch(path)
        if match:
            return match, methods, endpoint
    return None, (), ""


def _by_id(table: dict[int, Any]) -> list[Any]:
    return [table[key] for key in sorted(table)]


def _owner(record: Host | Group) -> int | None:
    return None if record.client_id is None else int(record.client_id)


def _integer(number: str) -> int:
    return int(number) if _ID.fullmatch(number) else -1


def _positive(text: str | None, default: int) -> int:
    number = _integer(text or "")
    return number if number > 0 else default


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
