# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium, driven over the pipe of its own debugging protocol: no driver, no port, no library."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

#: Nothing here may reach for the network: not the page, and not the browser for itself. A simulator is no network.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
)

#: Seconds for an answer of the browser.
PATIENCE = 60

#: Where the protocol's pipes have to be.
_READS, _WRITES = 3, 4


class BrowserError(Exception):
    """The browser refused a command, or a script in the page failed."""


class Chromium:
    """A browser with a profile of its own, which is gone when it ends."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="turbostack-browser-")
        commands, self._to = _pipe()
        self._from, answers = _pipe()

        def connect() -> None:
            os.dup2(commands, _READS)
            os.dup2(answers, _WRITES)

        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            preexec_fn=connect,
            pass_fds=(_READS, _WRITES),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": self._profile, "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )
        os.close(commands)
        os.close(answers)
        self._number = 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.events: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        # It ends as soon as nobody holds the other end of its pipe.
        os.close(self._to)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _read(self) -> None:
        with os.fdopen(self._from, "rb", buffering=0) as pipe:
            rest = b""
            while piece := pipe.read(1 << 16):
                *messages, rest = (rest + piece).split(b"\0")
                for text in messages:
                    message = json.loads(text)
                    if "id" in message:
                        self._answers.put(message)
                    else:
                        self.events.append(message)
        self._answers.put({"error": {"message": "the browser has ended"}})

    def send(self, method: str, session: str | None = None, **options: Any) -> dict[str, Any]:
        """Have a command of the protocol carried out."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": options}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            try:
                answer = self._answers.get(timeout=PATIENCE)
            except queue.Empty:
                raise BrowserError(f"no answer to {method} within {PATIENCE} s") from None
            if "error" in answer:
                raise BrowserError(f"{method}: {answer['error']['message']}")
            if answer["id"] == self._number:
                result: dict[str, Any] = answer["result"]
                return result

    @contextmanager
    def tab(self, width: int = 1280, height: int = 900) -> Iterator[Tab]:
        """A tab of that size, closed at the end."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.send(f"{domain}.enable")
        tab.resize(width, height)
        try:
            yield tab
        finally:
            self.send("Target.closeTarget", targetId=target)


class Tab:
    """A tab of the browser."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser = browser
        self._session = session

    def send(self, method: str, **options: Any) -> dict[str, Any]:
        return self._browser.send(method, self._session, **options)

    def events(self, *methods: str) -> list[dict[str, Any]]:
        """What the browser has told of the tab so far, of these kinds."""
        return [
            event["params"]
            for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] in methods
        ]

    def resize(self, width: int, height: int, scale: float = 1) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def media(self, kind: str = "", **features: str) -> None:
        """Emulate a medium (print) and what the user prefers (color_scheme="dark")."""
        told = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value}
            for name, value in features.items()
        ]
        self.send("Emulation.setEmulatedMedia", media=kind, features=told)

    def without_scripts(self) -> None:
        self.send("Emulation.setScriptExecutionDisabled", value=True)

    def open(self, page: Path) -> None:
        """Load a file and wait until it is painted."""
        before = len(self.events("Page.loadEventFired"))
        self.send("Page.navigate", url=page.resolve().as_uri())
        for _look in range(PATIENCE * 100):
            if len(self.events("Page.loadEventFired")) > before:
                break
            # Any command makes room for the events before its answer.
            self.send("Page.getFrameTree")
            threading.Event().wait(0.01)
        else:
            raise BrowserError(f"{page} was not loaded within {PATIENCE} s")

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def press(self, key: str, text: str = "") -> None:
        """Press a key as a person does."""
        codes = {"Tab": 9, "Enter": 13, " ": 32}
        options: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": codes.get(key, 0)}
        if text:
            options["text"] = text
        self.send("Input.dispatchKeyEvent", type="keyDown", **options)
        self.send("Input.dispatchKeyEvent", type="keyUp", **options)

    def write(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.send("Input.insertText", text=text)

    def screenshot(self, path: Path, whole: bool = False) -> None:
        """A PNG of what is seen, or of the whole page."""
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))

    def pdf(self, path: Path) -> None:
        answer = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        path.write_bytes(base64.b64decode(answer["data"]))


def _pipe() -> tuple[int, int]:
    """A pipe away from the numbers that the protocol wants for its own."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return ends[0], ends[1]
