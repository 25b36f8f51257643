# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: ``turbostack-simulator --hosts 50 --seed 1 --port 8080``."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import signal
import ssl
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from .fault_queue import FaultRule, rule_from_text
from .fleet import Fleet
from .journal import Journal
from .scenarios import Scenario, names, scenario
from .server import Simulator
from .switches import Switches
from .version import VERSION

_TOKEN = re.compile(r"[!-~]+")


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(
        prog="turbostack-simulator", description="A simulator of the TurboStack API."
    )
    add = options.add_argument
    add("--version", action="version", version=f"%(prog)s {VERSION}")
    add("--hosts", type=int, default=50, metavar="N", help="size of the fleet (default: 50)")
    add("--seed", type=int, default=1, metavar="N", help="which fleet of that size (default: 1)")
    add("--token", metavar="TOKEN", help="the admin's token (default: one that the seed makes)")
    add("--scenario", metavar="NAME", help="a kind of day, such as bad-day; or a file NAME.json")
    add("--list-scenarios", action="store_true", help="say which scenarios there are and leave")
    add("--journal", type=Path, metavar="FILE", help="append each request to this file, as JSON")
    add("--hostile", action="store_true", help="serve the fleet of odd and malicious rows instead")
    add("--bind", default="127.0.0.1", metavar="ADDRESS", help="address (default: 127.0.0.1)")
    add("--port", type=int, default=8080, help="port; 0 picks a free one (default: 8080)")
    add("--tls-cert", type=Path, metavar="FILE", help="serve HTTPS with this certificate (PEM)")
    add("--tls-key", type=Path, metavar="FILE", help="its private key, if in a file of its own")
    add("--token-file", type=Path, metavar="FILE", help="write the admin token here (mode 0600)")
    add("--ready-file", type=Path, metavar="FILE", help="write url and token as JSON here (0600)")
    add("--switch", action="append", default=[], metavar="NAME=VALUE", help="see the README")
    add("--list-switches", action="store_true", help="print the table of switches and leave")
    add(
        "--fault",
        action="append",
        default=[],
        metavar="'NAME [method=…] [path=…] [times=…] [rate=…] [skip=…] [option=…]'",
        help="a fault, e.g. 'status status=503 path=/hosts times=3'; see the README",
    )
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the exit status."""
    options = parser()
    chosen = options.parse_args(arguments)
    if chosen.list_switches:
        sys.stdout.write(Switches.table())
        return 0
    if chosen.list_scenarios:
        sys.stdout.writelines(f"{name}: {scenario(name).description}\n" for name in names())
        return 0
    if chosen.hosts < 0:
        options.error("--hosts is at least 0")
    if chosen.token is not None and not _TOKEN.fullmatch(chosen.token):
        options.error("--token is printable ASCII without a space, as a header carries it")
    day: Scenario | None = None
    switches = Switches()
    rules: list[FaultRule] = []
    try:
        if chosen.scenario:
            day = scenario(chosen.scenario)
            switches.update(**day.switches)
        for assignment in chosen.switch:
            switches.set_text(assignment)
        rules = [rule_from_text(text) for text in chosen.fault]
    except ValueError as error:
        options.error(str(error))
    fleet = Fleet.hostile() if chosen.hostile else Fleet.generate(chosen.hosts, chosen.seed)
    if chosen.token:
        fleet.tokens["admin"] = replace(fleet.tokens["admin"], value=chosen.token)
    context = None
    if chosen.tls_cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chosen.tls_cert, chosen.tls_key)
    with ExitStack() as at_the_end:
        try:
            journal = at_the_end.enter_context(Journal(chosen.journal)) if chosen.journal else None
        except OSError as error:
            options.error(f"--journal: {error}")
        simulator = Simulator(
            fleet,
            switches,
            scenario=day,
            journal=journal,
            host=chosen.bind,
            port=chosen.port,
            ssl_context=context,
        )
        for rule in rules:
            simulator.faults.add(rule)
        return _serve(simulator, chosen)


def _serve(simulator: Simulator, chosen: argparse.Namespace) -> int:
    """Listen until a signal comes; the exit status."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        simulator.start()
    except OSError as error:
        sys.stderr.write(f"cannot listen on {chosen.bind} port {chosen.port}: {error}\n")
        return 1
    try:
        _announce(simulator, chosen.token_file, chosen.ready_file)
        stop.wait()
    finally:
        simulator.close()
        if chosen.ready_file:
            chosen.ready_file.unlink(missing_ok=True)
    return 0


def _announce(simulator: Simulator, token_file: Path | None, ready_file: Path | None) -> None:
    fleet = simulator.fleet
    sys.stdout.write(
        f"# {len(fleet.hosts)} hosts, {len(fleet.groups)} groups and {len(fleet.clients)} clients; "
        "the token opens nothing but this simulator.\n"
        f"export TURBOSTACK_API_URL={shlex.quote(simulator.url)} ; "
        f"export TURBOSTACK_API_TOKEN={shlex.quote(simulator.token)}\n"
        f"# To look at it: {simulator.url}/\n"
    )
    sys.stdout.flush()
    if token_file:
        _write_private(token_file, simulator.token + "\n")
    if ready_file:
        _write_private(
            ready_file, json.dumps({"url": simulator.url, "token": simulator.token}) + "\n"
        )


def _write_private(path: Path, text: str) -> None:
    """Write a file only its owner may read; it appears complete or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    partial.replace(path)
