# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: the API on a real socket, in a background thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from types import TracebackType

from . import http_connection
from .answers import Answer
from .api import Api
from .control import PREFIX, control_answer
from .deployments import Deployments
from .fault_queue import FaultQueue, FaultRule, rule_of
from .faults import Fault
from .fleet import Fleet, Snapshot
from .http_connection import Received
from .journal import Journal
from .request_log import LoggedRequest, RequestLog
from .scenarios import Scenario
from .switches import Switches

Hook = Callable[[LoggedRequest], None]


class Simulator:
    """A TurboStack platform of its own.

    ``with Simulator(fleet=Fleet.generate(hosts=20)) as simulator:`` listens on a free port of the
    loopback interface until the block ends. Everything may be read and changed from any thread.

    `on_request` and `on_answer` are called in the server's thread, before a request is carried out
    and after (before the answer is sent); they are the way to change the fleet at a certain moment.

    Of a `scenario`, the switches count where none are given. The `journal` gets each request.
    """

    def __init__(
        self,
        fleet: Fleet | None = None,
        switches: Switches | None = None,
        *,
        scenario: Scenario | None = None,
        journal: Journal | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._fleet = Fleet.generate() if fleet is None else fleet
        if switches is None:
            switches = Switches(**scenario.switches) if scenario else Switches()
        self._switches = switches
        self.scenario = scenario
        self.requests = RequestLog()
        self.faults = FaultQueue(self._fleet.seed)
        self.lock = threading.RLock()
        self.on_request: Hook | None = None
        self.on_answer: Hook | None = None
        self.url = ""
        self._host = host
        self._port = port
        self._ssl_context = ssl_context
        self._journal = journal
        self._api = Api(self._fleet, self._switches)
        if scenario:
            scenario.hide(self._fleet)
            scenario.begin(self)
        self._snapshot = Snapshot(self._fleet)
        self._initial_switches = asdict(self._switches)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._server: asyncio.Server | None = None

    @property
    def fleet(self) -> Fleet:
        """What is served; its rows may be changed at any time."""
        return self._fleet

    @property
    def switches(self) -> Switches:
        """How it behaves; each switch may be set at any time, or all by assigning `Switches`."""
        return self._switches

    @switches.setter
    def switches(self, switches: Switches) -> None:
        self._switches.update(**asdict(switches))

    @property
    def token(self) -> str:
        """The admin token, which sees everything."""
        return self.fleet.tokens["admin"].value

    @property
    def tokens(self) -> dict[str, str]:
        """Every token by the name of its owner: admin, agency, shop, stranger, expired."""
        return {name: token.value for name, token in self.fleet.tokens.items()}

    @property
    def deployments(self) -> Deployments:
        """The deployments started so far; ``simulator.deployments[host_id]`` is their number."""
        return self._api.deployments

    def fail(
        self,
        method: str | None = None,
        path: str = "",
        times: int | None = None,
        with_: Fault | int | Sequence[Fault | int] = 500,
        *,
        rate: float | None = None,
        skip: int = 0,
    ) -> list[FaultRule]:
        """Let requests fail: those with this method (None: any) and a path matching this regex.

        `path` is also held against the path with its query, so that ``page=2`` can be hit.
        `with_` is a fault, a status, or several to be had one after the other. Each hits `times`
        requests (once by default; without end when `rate`, a probability, is given), after `skip`
        matching ones were let through.
        """
        wanted = [with_] if isinstance(with_, (Fault, int)) else with_
        faults = [Fault.status(one) if isinstance(one, int) else one for one in wanted]
        rules = [
            rule_of(fault, method, path, times, rate, 0 if index else skip)
            for index, fault in enumerate(faults)
        ]
        return [self.faults.add(rule) for rule in rules]

    def reset(self) -> None:
        """Make everything what it was at the start: fleet, switches, faults, log, deployments."""
        with self.lock:
            self._snapshot.restore()
            self.switches.update(**self._initial_switches)
            self.faults.clear()
            self.requests.clear()
            self._api.clear()
            self.on_request = None
            self.on_answer = None
            if self.scenario:
                self.scenario.begin(self)

    def start(self) -> Simulator:
        """Listen; returns when `url` can be asked. OSError when the port is taken."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="turbostack-simulator", daemon=True
        )
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """Stop listening and end the thread."""
        if self._loop is None or self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = None

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._connected,
            self._host,
            self._port,
            ssl=self._ssl_context,
            backlog=1024,
            limit=http_connection.LONGEST_HEAD,
        )
        host, port = self._server.sockets[0].getsockname()[:2]
        scheme = "https" if self._ssl_context else "http"
        self.url = f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    async def _shut(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await http_connection.serve(reader, writer, self._answered)
        except asyncio.CancelledError:
            # The end: who keeps a connection for later does not answer the good-bye of TLS.
            writer.transport.abort()

    async def _answered(self, received: Received) -> Answer:
        began = time.perf_counter()
        request = LoggedRequest(
            method=received.method,
            path=received.path,
            query=received.query,
            headers=received.headers,
            body=received.body,
        )
        if request.path.startswith(PREFIX):
            return control_answer(self, request)
        self.requests.add(request)
        if self.on_request:
            with self.lock:
                self.on_request(request)
        if self.switches.latency_ms:
            await asyncio.sleep(self.switches.latency_ms / 1000)
        scheme = "https" if self._ssl_context else "http"
        base_url = f"{scheme}://{received.headers.get('Host', '')}"
        answer = await self._faulty_answer(request, base_url)
        request.status = None if answer.cut == "before" else answer.status
        request.seconds = time.perf_counter() - began
        if self._journal:
            self._journal.write(request, self.tokens.values())
        if self.on_answer:
            with self.lock:
                self.on_answer(request)
        if self.switches.gzip and "gzip" in request.headers.get("Accept-Encoding", ""):
            return _compressed(answer)
        return answer

    async def _faulty_answer(self, request: LoggedRequest, base_url: str) -> Answer:
        fault = self.faults.take(request)
        if fault is None:
            return self._answer(request, base_url)
        request.fault = fault.name
        due = self._answer(request, base_url) if fault.takes_effect else Answer(200)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        return fault.render(due, request)

    def _answer(self, request: LoggedRequest, base_url: str) -> Answer:
        with self.lock:
            return self._api.answer(request, base_url)


def _compressed(answer: Answer) -> Answer:
    if not answer.body or "Content-Encoding" in answer.headers:
        return answer
    headers = {**answer.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return replace(answer, body=gzip.compress(answer.body, 1), headers=headers)
