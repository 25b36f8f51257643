# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One fleet behind four APIs (TurboStack, Hetzner Cloud, NetBox, Vultr), from answers made beforehand.

A benchmark's time is then its client's. `python inventory_server.py HOSTS` prints its URL and serves until its
standard input closes; with `large` behind it, hosts hold 10 to 60 KB. `POST /latency/SECONDS` makes each answer wait,
`POST /reset` and `GET /count` reset and give the number of requests.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from simulator.documents import APPLICATIONS, document, people
from simulator.large_documents import large
from simulator.monitoring import monitoring

_FIRST_ID = 100
TIME = "2026-01-01T00:00:00.000000Z"


def hosts(count: int, *, are_large: bool = False) -> list[dict[str, Any]]:
    """TurboStack's rows: a few kilobytes each, most of it the configuration; many more where they are large."""
    rng = random.Random(7)
    keys = people(rng, "agency.example")
    rows = []
    for index in range(count):
        application = rng.choice(APPLICATIONS)
        domain = f"shop{index}.example"
        if are_large:
            config = large(rng, application, f"shop{index}", domain, keys)
        else:
            config = document(rng, application, f"shop{index}", domain, "prod", keys)
        rows.append(
            {
                "id": _FIRST_ID + index,
                "client_id": 10 + index % 150,
                "active": int(index % 20 != 0),
                "name": f"{application}-prod{index}.{domain}",
                "json": json.dumps(config, ensure_ascii=False, separators=(",", ":")),
                "created_at": TIME,
                "updated_at": TIME,
                "monitoring": monitoring(rng),
            }
        )
    return rows


class Answers:
    """Every answer, by path and page."""

    def __init__(self, count: int, *, are_large: bool = False) -> None:
        self.rows = hosts(count, are_large=are_large)
        self.turbostack: dict[tuple[int, int], bytes] = {}

    def answer(self, path: str, query: dict[str, str], base: str) -> bytes:
        if path == "/api/v1/hosts":
            return self._turbostack(int(query.get("size", 15)), int(query.get("page", 1)))
        if path.startswith("/api/v1/hosts/"):
            return _encoded(self.rows[int(path.rpartition("/")[2]) - _FIRST_ID])
        if path in ("/api/v1/clients", "/api/v1/groups"):
            return _encoded(_listed(_CLIENTS if path.endswith("clients") else []))
        if path in ("/hcloud/servers", "/hcloud/locations"):
            return self._hcloud(path, int(query.get("per_page", 25)), int(query.get("page", 1)))
        if path == "/vultr/instances":
            return self._vultr(int(query["per_page"]), int(query.get("cursor", 1)))
        if path.startswith("/netbox/api/"):
            return self._netbox(path, query, base)
        raise KeyError(path)

    def _page(self, size: int, page: int) -> tuple[list[dict[str, Any]], int]:
        size = min(size, 100)
        return self.rows[(page - 1) * size : page * size], max(1, -(-len(self.rows) // size))

    def _turbostack(self, size: int, page: int) -> bytes:
        kept = self.turbostack.get((size, page))
        if kept is None:
            rows, last = self._page(size, page)
            kept = self.turbostack[size, page] = _encoded(
                _listed(rows, page, last, size, len(self.rows))
            )
        return kept

    def _hcloud(self, path: str, size: int, page: int) -> bytes:
        if path.endswith("locations"):
            return _encoded({"locations": [_LOCATION], "meta": _hcloud_meta(1, 1)})
        rows, last = self._page(min(size, 50), page)
        return _encoded(
            {"servers": [_hcloud_server(row) for row in rows], "meta": _hcloud_meta(page, last)}
        )

    def _vultr(self, size: int, page: int) -> bytes:
        rows, last = self._page(size, page)
        following = str(page + 1) if page < last else ""
        meta = {"total": len(self.rows), "links": {"next": following, "prev": ""}}
        return _encoded({"instances": [_vultr_instance(row) for row in rows], "meta": meta})

    def _netbox(self, path: str, query: dict[str, str], base: str) -> bytes:
        if path.endswith("/status/"):
            return _encoded({"netbox-version": "4.2.0"})
        if path.endswith("/schema/"):
            parameters = [{"name": name, "in": "query"} for name in ("limit", "name", "status")]
            paths = {each: {"get": {"parameters": parameters}} for each in _NETBOX_LISTS}
            return _encoded({"info": {"version": "4.2.0"}, "paths": paths})
        if not path.endswith("/devices/"):
            results = _NETBOX_NAMES.get(path.removeprefix("/netbox/api/"), [])
            return _encoded(
                {"count": len(results), "next": None, "previous": None, "results": results}
            )
        size, offset = (
            min(int(query.get("limit") or 1000) or 1000, 1000),
            int(query.get("offset", 0)),
        )
        rows = self.rows[offset : offset + size]
        more = offset + size < len(self.rows)
        following = f"{base}{path}?limit={size}&offset={offset + size}" if more else None
        results = [_netbox_device(row) for row in rows]
        return _encoded(
            {"count": len(self.rows), "next": following, "previous": None, "results": results}
        )


def _encoded(body: Any) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def _listed(
    rows: list[dict[str, Any]], page: int = 1, last: int = 1, size: int = 100, total: int = 0
) -> dict[str, Any]:
    return {
        "current_page": page,
        "data": rows,
        "last_page": last,
        "per_page": size,
        "total": total or len(rows),
    }


# Fewer than a page of them.
_CLIENTS = [
    {"id": number, "firstname": "An", "lastname": f"Client{number}", "email": f"{number}@n.example"}
    for number in range(10, 100)
]


_NETBOX_LISTS = (
    "/netbox/api/dcim/devices/",
    "/netbox/api/virtualization/virtual-machines/",
)


def _netbox_name(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "display": name, "name": name, "slug": name}


_NETBOX_SITE = {
    "region": None,
    "group": None,
    "tenant": None,
    "time_zone": None,
    "facility": "",
    "prefix_count": 0,
}
_NETBOX_NAMES = {
    "dcim/sites/": [{**_netbox_name(1, "fsn1"), **_NETBOX_SITE}],
    "dcim/device-roles/": [_netbox_name(1, "web")],
    "dcim/device-types/": [{**_netbox_name(1, "server"), "model": "server"}],
    "dcim/manufacturers/": [_netbox_name(1, "maker")],
    "tenancy/tenants/": [_netbox_name(number, f"client{number}") for number in range(10, 160)],
}

_LOCATION = {
    "id": 1,
    "name": "fsn1",
    "description": "Falkenstein",
    "country": "DE",
    "city": "Falkenstein",
    "latitude": 50.4,
    "longitude": 12.3,
    "network_zone": "eu-central",
}


def _hcloud_meta(page: int, last: int) -> dict[str, Any]:
    following = page + 1 if page < last else None
    pages = {"page": page, "per_page": 50, "previous_page": None, "next_page": following}
    return {"pagination": {**pages, "last_page": last, "total_entries": None}}


def _hcloud_server(row: dict[str, Any]) -> dict[str, Any]:
    number = row["id"]
    return {
        "id": number,
        "name": row["name"],
        "status": "running",
        "created": TIME,
        "public_net": {
            "ipv4": {"id": number, "ip": "192.0.2.7", "blocked": False, "dns_ptr": row["name"]},
            "ipv6": {"id": number, "ip": "2001:db8:17::/64", "blocked": False, "dns_ptr": []},
            "floating_ips": [],
            "firewalls": [],
        },
        "private_net": [],
        "server_type": {
            "id": 1, "name": "cpx22", "description": "CPX 22", "cores": 2, "memory": 4, "disk": 80,
            "prices": [], "storage_type": "local", "cpu_type": "shared", "architecture": "x86",
        },
        "location": _LOCATION,
        "datacenter": {
            "id": 1, "name": "fsn1-dc14", "description": "Falkenstein 1", "location": _LOCATION,
            "server_types": {"supported": [1], "available": [1], "available_for_migration": [1]},
        },
        "image": {
            "id": 1, "type": "system", "status": "available", "name": "debian-12",
            "description": "Debian 12", "disk_size": 5, "created": TIME, "os_flavor": "debian",
            "os_version": "12", "architecture": "x86", "labels": {}, "protection": {"delete": False},
        },
        "iso": None, "rescue_enabled": False, "locked": False, "backup_window": None,
        "outgoing_traffic": 1, "ingoing_traffic": 1, "included_traffic": 1,
        "protection": {"delete": False, "rebuild": False},
        "labels": {"client": str(row["client_id"]), "app": row["name"].split("-")[0]},
        "volumes": [], "load_balancers": [], "primary_disk_size": 80, "placement_group": None,
    }  # fmt: skip


def _vultr_instance(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"cb676a46-66fd-4dfb-b839-{row['id']:012d}",
        "os": "Debian 12 x64", "ram": 4096, "disk": 80, "main_ip": "192.0.2.7", "vcpu_count": 2,
        "region": "ams", "plan": "vc2-2c-4gb", "date_created": TIME, "status": "active",
        "allowed_bandwidth": 3000, "netmask_v4": "255.255.254.0", "gateway_v4": "192.0.2.1",
        "power_status": "running", "server_status": "ok", "v6_network": "2001:db8::",
        "v6_main_ip": "2001:db8::100", "v6_network_size": 64, "label": row["name"],
        "internal_ip": "10.0.0.7", "kvm": "", "hostname": row["name"], "os_id": 2136, "app_id": 0,
        "image_id": "", "firewall_group_id": "", "features": [],
        "tags": [row["name"].split("-")[0]], "user_scheme": "root",
    }  # fmt: skip


def _netbox_device(row: dict[str, Any]) -> dict[str, Any]:
    number, client = row["id"], row["client_id"]
    return {
        "id": number, "url": f"http://n/api/dcim/devices/{number}/", "display": row["name"],
        "name": row["name"],
        "device_type": {
            **_netbox_name(1, "server"), "manufacturer": _netbox_name(1, "maker"), "model": "server",
        },
        "role": _netbox_name(1, "web"), "tenant": _netbox_name(client, f"client{client}"),
        "platform": None, "serial": "", "asset_tag": None, "site": _netbox_name(1, "fsn1"),
        "location": None, "rack": None, "position": None, "face": None, "parent_device": None,
        "status": {"value": "active", "label": "Active"}, "airflow": None, "primary_ip": None,
        "primary_ip4": None, "primary_ip6": None, "oob_ip": None, "cluster": None,
        "virtual_chassis": None, "description": "", "comments": "", "local_context_data": None,
        "config_context": {}, "tags": [],
        "custom_fields": {"app": row["name"].split("-")[0]}, "created": TIME, "last_updated": TIME,
    }  # fmt: skip


class Server:
    """As little HTTP as clients need: keep-alive, and answers with a length."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.count = 0
        self.latency = 0.0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                method, target, _version = line.decode().split()
                host = ""
                while (header := await reader.readline()) not in (b"\r\n", b""):
                    name, _colon, value = header.decode("latin-1").partition(":")
                    if name.lower() == "host":
                        host = value.strip()
                body = await self._answer(method, target, f"http://{host}")
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n" % len(body)
                )
                writer.write(body)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, method: str, target: str, base: str) -> bytes:
        parts = urlsplit(target)
        if method == "POST":
            if parts.path.startswith("/latency/"):
                self.latency = float(parts.path.removeprefix("/latency/"))
            self.count = 0
            return b"{}"
        if parts.path == "/count":
            return _encoded(self.count)
        self.count += 1
        if self.latency:
            await asyncio.sleep(self.latency)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self.answers.answer(parts.path, query, base)


async def main(count: int, *, are_large: bool) -> None:
    server = Server(Answers(count, are_large=are_large))
    for page in range(1, -(-count // 100) + 1):
        server.answers.answer("/api/v1/hosts", {"size": "100", "page": str(page)}, "")
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=1 << 20)
    host, port = listening.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), are_large="large" in sys.argv[2:]))
