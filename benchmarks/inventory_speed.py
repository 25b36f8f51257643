# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the inventory plugin is, beside a plain one and beside those of other platforms.

Run it with a Python that has the PyPI packages `ansible`, `requests`, `python-dateutil` and `pytz`:

    python benchmarks/inventory_speed.py

Each figure is the median of several runs, each in a process of its own, against a local server whose answers
were made beforehand. `--rounds 1 --hosts 1000` gives a first idea in a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from workshop import build_tree  # noqa: E402  # known only now

Run = dict[str, Any]

OURS = "hosted_power.turbostack.turbostack"
NAIVE = "naive_turbostack"


def expressions(compose: str, key: str, condition: str) -> dict[str, Any]:
    """Three constructed expressions."""
    return {
        "compose": {"owner": compose},
        "keyed_groups": [{"key": key, "prefix": "by"}],
        "groups": {"live": condition},
    }


TURBOSTACK = expressions(
    "'client-' ~ turbostack_client_id", "turbostack_config.webserver", "turbostack_active | bool"
)


def sources(url: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Inventory files by the name that the tables give them."""
    turbostack = {"api_url": url, "api_token": "benchmark"}
    return {
        "ours": ("turbostack.yml", {"plugin": OURS, **turbostack}),
        "ours, 3 expressions": ("turbostack.yml", {"plugin": OURS, **turbostack, **TURBOSTACK}),
        "naive": ("naive.yml", {"plugin": NAIVE, **turbostack}),
        "naive, 3 expressions (Constructable)": (
            "naive.yml",
            {"plugin": NAIVE, **turbostack, **TURBOSTACK},
        ),
        "hetzner.hcloud.hcloud": (
            "hcloud.yml",
            {
                "plugin": "hetzner.hcloud.hcloud",
                "api_token": "t" * 64,
                "api_endpoint": f"{url}/hcloud",
                **expressions(
                    "'client-' ~ hcloud_labels.client",
                    "hcloud_labels.app",
                    "hcloud_status == 'running'",
                ),
            },
        ),
        "netbox.netbox.nb_inventory": (
            "netbox.yml",
            {
                "plugin": "netbox.netbox.nb_inventory",
                "api_endpoint": f"{url}/netbox",
                "token": "benchmark",
                "config_context": False,
                "plurals": False,
                **expressions("'client-' ~ tenant", "custom_fields.app", "not is_virtual"),
            },
        ),
        "vultr.cloud.vultr": (
            "vultr.yml",
            {
                "plugin": "vultr.cloud.vultr",
                "api_key": "benchmark",
                "api_endpoint": f"{url}/vultr",
                **expressions("'plan-' ~ vultr_plan", "vultr_region", "vultr_plan is defined"),
            },
        ),
    }


@contextmanager
def server(hosts: int) -> Iterator[str]:
    """A server of so many hosts, and its URL."""
    command = [sys.executable, str(HERE / "inventory_server.py"), str(hosts)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def ask(url: str, path: str, method: str = "GET") -> Any:
    request = urllib.request.Request(f"{url}{path}", method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Bench:
    """Runs inventory files of one server."""

    def __init__(self, url: str, folder: Path, rounds: int) -> None:
        self.url = url
        self.folder = folder
        self.rounds = rounds

    def median(self, name: str, further: dict[str, Any] | None = None) -> Run:
        """The medians of several runs of a source."""
        file, content = sources(self.url)[name]
        path = self.folder / file
        path.write_text(yaml.safe_dump({**content, **(further or {})}), encoding="utf-8")
        runs = [self._once(path) for _round in range(self.rounds)]
        return {key: statistics.median(run[key] for run in runs) for key in runs[0]}

    def _once(self, path: Path) -> Run:
        ask(self.url, "/reset", "POST")
        empty = self.folder / "ansible.cfg"
        empty.touch()
        environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "ANSIBLE_INVENTORY_PLUGINS": str(HERE / "inventory_plugins"),
            "ANSIBLE_CONFIG": str(empty),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_DEPRECATION_WARNINGS": "0",
        }
        command = [sys.executable, str(HERE / "inventory_parse.py"), str(path)]
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if ended.returncode or not (found := json.loads(ended.stdout))["hosts"]:
            raise SystemExit(ended.stdout + ended.stderr)
        return {**found, "requests": ask(self.url, "/count")}


def row(*cells: Any) -> None:
    print("|", " | ".join(str(cell) for cell in cells), "|", flush=True)


def head(*cells: str) -> None:
    print()
    row(*cells)
    row(*("---" for _cell in cells))


def against_naive(bench: Bench) -> None:
    names = ("ours", "ours, 3 expressions", "naive", "naive, 3 expressions (Constructable)")
    runs = {name: bench.median(name) for name in names}
    yardstick = runs["ours, 3 expressions"]["seconds"]
    head("plugin", "parse (s)", "CPU (s)", "peak memory (MB)", "times ours with 3 expressions")
    for name, run in runs.items():
        seconds, ratio = f"{run['seconds']:.2f}", f"{run['seconds'] / yardstick:.1f}"
        row(name, seconds, f"{run['cpu_seconds']:.2f}", f"{run['peak_mb']:.0f}", ratio)


def side_by_side(benches: dict[int, Bench]) -> None:
    names = [
        "ours, 3 expressions",
        "hetzner.hcloud.hcloud",
        "netbox.netbox.nb_inventory",
        "vultr.cloud.vultr",
    ]
    times = {
        name: {hosts: bench.median(name)["seconds"] for hosts, bench in benches.items()}
        for name in names
    }
    head("plugin, 3 expressions", *(f"{hosts} hosts (s)" for hosts in benches), "times ours")
    largest = max(benches)
    for name in names:
        ratio = times[name][largest] / times[names[0]][largest]
        row(name, *(f"{seconds:.2f}" for seconds in times[name].values()), f"{ratio:.1f}")


def with_latency(bench: Bench, pages: int) -> None:
    head(
        "workers",
        "pages",
        "latency (s)",
        "floor (s)",
        "parse (s)",
        "parse / (latency x pages / workers + floor)",
    )
    for workers in (1, 4, 8):
        floor = bench.median("ours", {"workers": workers})["seconds"]
        ask(bench.url, "/latency/0.1", "POST")
        seconds = bench.median("ours", {"workers": workers})["seconds"]
        ask(bench.url, "/latency/0", "POST")
        expected = 0.1 * pages / workers + floor
        row(workers, pages, 0.1, f"{floor:.2f}", f"{seconds:.2f}", f"{seconds / expected:.2f}")


def cached(bench: Bench) -> None:
    options = {
        "cache": True,
        "cache_plugin": "jsonfile",
        "cache_connection": str(bench.folder / "cache"),
    }
    rounds, bench.rounds = bench.rounds, 1
    first = bench.median("ours, 3 expressions", options)
    bench.rounds = rounds
    hit = bench.median("ours, 3 expressions", options)
    head("cache", "parse (s)", "requests")
    row("filled", f"{first['seconds']:.2f}", first["requests"])
    row("hit", f"{hit['seconds']:.2f}", int(hit["requests"]))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=10_000, help="hosts of the largest fleet")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each case")
    parser.add_argument("--only", choices=("naive", "others", "latency", "cache"), help="one table")
    options = parser.parse_args()
    from ansible.release import __version__

    print(
        f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, ansible-core {__version__}; {options.hosts} hosts, medians of "
        f"{options.rounds} runs"
    )
    largest = options.hosts
    sizes = (largest // 100, largest // 10, largest)
    with (
        tempfile.TemporaryDirectory() as folder,
        server(sizes[0]) as small,
        server(sizes[1]) as middle,
        server(sizes[2]) as large,
    ):
        urls = dict(zip(sizes, (small, middle, large), strict=True))
        benches = {size: Bench(url, Path(folder), options.rounds) for size, url in urls.items()}
        tables: dict[str, Callable[[], None]] = {
            "naive": lambda: against_naive(benches[largest]),
            "others": lambda: side_by_side(benches),
            "latency": lambda: with_latency(benches[largest], -(-largest // 100)),
            "cache": lambda: cached(benches[largest]),
        }
        for name, table in tables.items():
            if options.only in (None, name):
                table()


if __name__ == "__main__":
    main()
