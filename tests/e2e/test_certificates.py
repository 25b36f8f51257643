# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role certificates: a folder of PEM files onto the vhosts of a fleet that they are for, and onto no others."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from authority import Issued, intermediate, issued, root
from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

ROLE = "hosted_power.turbostack.certificates"
TASK = f"{ROLE} : Put certificates where they belong"
WELL = {"load": {"load1": 0.1, "cores": 2}, "disk": {"used_percent": 40}, "memory": {"used": 1}}
LAST_LINE = -2


def vhost(names: str, held: Issued | None = None, **more: Any) -> dict[str, Any]:
    own = {"cert_type": "custom"}
    if held is not None:
        own |= {"cert_pvk": held.key, "cert_fullchain": held.pem + intermediate().pem}
    return {"app_name": names.split()[0], "server_name": names, "php_version": "8.3", **own, **more}


def site(*vhosts: dict[str, Any]) -> dict[str, Any]:
    return {"webserver": "nginx", "system_users": [{"username": "prod", "vhosts": list(vhosts)}]}


def ours(*names: str, days: float = 90, **more: Any) -> Issued:
    return issued(*names, by=intermediate(), days=days, **more)


@pytest.fixture
def fleet() -> Fleet:
    """Two hosts whose certificates are about to expire, and one that these are no business of."""
    fleet = Fleet()
    old = ours("shop.example", "*.shop.example", days=5)
    fleet.new_host(
        "web-1.example",
        site(
            vhost("shop.example www.shop.example", old),
            vhost("foreign.example", ours("foreign.example", days=400)),
            vhost("auto.shop.example", cert_type="letsencrypt"),
            vhost("self.shop.example", cert_type="self-signed"),
        ),
    )
    fleet.new_host(
        "web-2.example",
        site(vhost("new.shop.example"), vhost("shop.example a.b.shop.example", old)),
    )
    fleet.new_host("web-3.example", site(vhost("other.example", ours("other.example", days=400))))
    for host in fleet.hosts.values():
        host.monitoring = WELL
    return fleet


class Renewing:
    """Runs the playbook; the journal lies where secrets may, and keys are looked for in all the rest."""

    def __init__(self, ansible: Controller, simulator: Simulator, journal: Path) -> None:
        self.ansible = ansible
        self.simulator = simulator
        self.journal = journal
        self.keys: list[str] = []

    def give(self, **files: Any) -> None:
        """Put files into the folder; a dot in a name is written as C(__)."""
        for name, content in files.items():
            self.ansible.write(f"certs/{name.replace('__', '.')}", content)

    def give_pair(self, one: Issued, name: str = "new") -> None:
        self.give(**{f"{name}__pem": one.pem + intermediate().pem, f"{name}__key": one.key})
        self.keys.append(one.key)

    def __call__(self, *arguments: str, **given: Any) -> Run:
        fails, warns = given.pop("fails", False), given.pop("warns", True)
        environment = given.pop("environment", None)
        variables = {
            "certificates_directory": "certs",
            "rollout_journal": str(self.journal),
            "rollout_deploy_poll_interval": 0.2,
            "rollout_health_retries": 1,
            "rollout_health_delay": 0.1,
            **given,
        }
        file = self.ansible.write("variables.json", json.dumps(variables))
        run = self.ansible.command(
            *("ansible-playbook", ROLE, "-i", str(self.ansible.localhost), "-e", f"@{file}"),
            *("-vvv", "--diff", *arguments),
            fails=fails,
            warns=warns,
            environment=environment,
        )
        self._guard(run)
        return run

    def _guard(self, run: Run) -> None:
        """No line of a key is in anything that was printed or left behind, other than the journal."""
        stored = [host.json or "" for host in self.simulator.fleet.hosts.values()]
        held = [each["cert_pvk"] for text in stored for each in _vhosts(text) if "cert_pvk" in each]
        lines = {line for key in (*self.keys, *held) for line in key.splitlines()[1:LAST_LINE]}
        texts = {"stdout": run.stdout, "stderr": run.stderr}
        for path in self.ansible.folder.rglob("*"):
            if path.is_file() and path not in self.ansible._inputs:
                texts[str(path)] = path.read_bytes().decode("utf-8", "replace")
        leaks = [name for name, text in texts.items() if any(line in text for line in lines)]
        assert lines
        assert not leaks


def _vhosts(text: str) -> Iterator[dict[str, Any]]:
    for user in json.loads(text or "{}").get("system_users", ()):
        yield from user["vhosts"]


@pytest.fixture
def renew(
    ansible: Controller, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Renewing:
    return Renewing(ansible, simulator, tmp_path_factory.mktemp("journal") / "made")


def stored(simulator: Simulator) -> dict[str, dict[str, Any]]:
    """Each vhost of the fleet, by its host and its name."""
    return {
        f"{host.name} {each['app_name']}": each
        for host in simulator.fleet.hosts.values()
        for each in _vhosts(host.json or "")
    }


def replaced(one: Issued) -> dict[str, str]:
    return {"cert_fullchain": one.pem + intermediate().pem, "cert_pvk": one.key}


def test_a_pair_goes_where_it_belongs_and_nowhere_else(
    simulator: Simulator, renew: Renewing
) -> None:
    before = stored(simulator)
    new = ours("shop.example", "*.shop.example")
    renew.give_pair(new)
    run = renew()
    task, after = run.task(TASK), stored(simulator)
    both = ("web-1.example shop.example", "web-2.example new.shop.example")
    # Key by key: nothing else of them has changed.
    assert after == {
        name: {**one, **replaced(new)} if name in both else one for name, one in before.items()
    }
    assert {(one["host"], one["domains"][0]): one["outcome"] for one in task["vhosts"]} == {
        ("web-1.example", "shop.example"): "replaced",
        ("web-1.example", "foreign.example"): "uncovered",
        ("web-2.example", "new.shop.example"): "replaced",
        ("web-2.example", "shop.example"): "partly_covered",
        ("web-3.example", "other.example"): "uncovered",
    }
    assert task.changed
    counted = {name: number for name, number in task["counts"].items() if number}
    assert counted == {
        "pairs": 1,
        "vhosts": 5,
        "replaced": 2,
        "partly_covered": 1,
        "uncovered": 2,
        "expiring": 1,
        "days_left": 4,
    }
    told = " ".join(run.warnings)
    assert "does not have a.b.shop.example" in told
    assert "web-2.example: system_users[prod].vhosts[shop.example]" in told
    assert "No pair covers" in run.stderr
    assert "foreign.example" in run.stderr
    # Each of the two hosts is written and deployed once.
    posts = sorted(request.path for request in run.writes)
    web = [simulator.fleet.host_named(f"web-{number}.example").id for number in (1, 2)]
    assert posts == sorted(
        f"/api/v1/hosts/{number}{what}" for number in web for what in ("", "/deploy")
    )

    again = renew()
    assert not again.writes
    assert not again.task(TASK).changed
    assert again.task(TASK)["counts"]["current"] == 2


def test_the_plan_is_whole_and_tells_certificates_in_words(
    simulator: Simulator, renew: Renewing
) -> None:
    new = ours("shop.example", "*.shop.example")
    renew.give_pair(new)
    run = renew("--check")
    assert not run.writes
    assert not renew.journal.exists()
    task = run.task(TASK)
    assert (task.changed, task["counts"]["planned"]) == (True, 2)
    said = run.stdout + run.stderr
    assert "BEGIN CERTIFICATE" not in run.stdout
    assert f"SHA-256 {new.fingerprint}" in said
    assert "issued by Test Intermediate" in said
    assert f"until {new.until}" in said
    assert "2 of 2 hosts, in 2 batches" in run.stderr
    # As things stand, the old ones are about to expire.
    assert task["counts"]["expiring"] == 2
    assert task["counts"]["days_left"] == 4


def test_one_reading_of_the_fleet(simulator: Simulator, renew: Renewing) -> None:
    """However many hosts there are, no request is made for each to find what is to be replaced."""
    for number in range(150):
        domain = f"site-{number}.example"
        simulator.fleet.new_host(domain, site(vhost(domain, ours(domain, days=300))))
    renew.give_pair(ours("unheard.example"))
    run = renew()
    assert [request.path for request in run.requests if request.path != "/api/v1/hosts"] == []
    # Of 100 hosts a page.
    assert len(run.requests) == 2
    assert run.task(TASK)["counts"]["unused_pairs"] == 1
    assert "cover no vhost" in " ".join(run.warnings)


def test_files_of_any_names_and_forms(simulator: Simulator, renew: Renewing) -> None:
    """A chain in the wrong order, line ends of Windows, a byte order mark, a vaulted key, a root beside it."""
    new, other = ours("shop.example", "*.shop.example"), ours("other.example", days=500)
    bundle = f"\ufeffBag\r\n{root().pem}{intermediate().pem}{new.pem}".replace("\n", "\r\n")
    renew.give(
        **{
            "x__txt": bundle,
            "keys/vaulted": encrypted(renew, new.key),
            "live/other/fullchain__pem": other.pem,
            "live/other/privkey__pem": other.key,
            "chain": intermediate().pem,
            "README__md": "Ours.",
            "__hidden": "-----BEGIN CERTIFICATE-----",
        }
    )
    renew.keys += [new.key, other.key]
    run = renew("--vault-password-file", str(renew.ansible.write("password", "words\n")))
    after = stored(simulator)
    assert after["web-1.example shop.example"]["cert_fullchain"] == new.pem + intermediate().pem
    assert after["web-3.example other.example"]["cert_fullchain"] == other.pem + intermediate().pem
    (pair,) = (one for one in run.task(TASK)["pairs"] if "shop.example" in one["names"])
    assert pair["chain"] == ["Test Intermediate"]
    assert pair["files"] == ["x.txt", "keys/vaulted"]
    # The root lies there, so that nothing is to be doubted.
    assert "may be missing" not in " ".join(run.warnings)


def encrypted(renew: Renewing, text: str) -> str:
    renew.ansible.write("password", "words\n")
    plain = renew.ansible.write("plain", text)
    program = renew.ansible._programs / "ansible-vault"
    work = renew.ansible.folder / "work"
    command = [str(program), "encrypt", "--vault-password-file", "password", "plain"]
    subprocess.run(command, cwd=work, env=renew.ansible._variables, capture_output=True, check=True)
    made = plain.read_text(encoding="utf-8")
    plain.unlink()
    return made


GOOD = ours("shop.example")


@pytest.mark.newest_core
@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"a__pem": GOOD.pem, "a__key": GOOD.key},
            "An intermediate certificate is missing: that of Test Intermediate",
        ),
        (
            {"a__pem": GOOD.pem + intermediate().pem},
            "a.pem: the certificate for shop.example has no private key: none in the folder fits.",
        ),
        (
            {"a__pem": GOOD.pem + intermediate().pem, "b__key": ours("b.example").key},
            "b.key holds a private key that belongs to none of the certificates.",
        ),
        (
            {"a__pem": GOOD.pem, "a__key": GOOD.key_in("words")},
            "a.key holds a private key behind a passphrase",
        ),
        ({"a__crt": GOOD.der}, "a.crt is a certificate in DER"),
        ({"a__pem": GOOD.pem[:300]}, "begins something in PEM that does not end"),
        ({"a__pem": GOOD.pem.encode("utf-16")}, "a.pem is UTF-16"),
        (
            {"a__pem": ours(called="old.example").pem, "b__pem": intermediate().pem},
            "has no subjectAltName",
        ),
        ({"key": "$ANSIBLE_VAULT;1.1;AES256\n6162"}, "without a vault password"),
    ],
)
def test_what_is_wrong_with_the_folder_is_told_and_nothing_is_sent(
    renew: Renewing, files: dict[str, str | bytes], told: str
) -> None:
    for name, content in files.items():
        path = renew.ansible.write(f"certs/{name.replace('__', '.')}", "")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    run = renew(fails=True)
    assert not run.requests
    assert told in run.task(TASK).message
    assert any(told in one for one in run.task(TASK)["problems"])


@pytest.mark.newest_core
def test_what_cannot_be_done_is_told(renew: Renewing) -> None:
    assert "There is no folder" in renew(fails=True).task(TASK).message
    renew.give(README="nothing")
    assert "There is no certificate in" in renew(fails=True).task(TASK).message
    renew.give_pair(GOOD)
    failed = renew(fails=True, certificates_hosts=["wbe-*"]).task(TASK)
    assert "has a name like wbe-*" in failed.message
    failed = renew(fails=True, rollout_parallel="many").task(TASK)
    assert "rollout_parallel" in failed.message


def test_of_several_pairs_the_one_that_lasts_longest_is_used(
    simulator: Simulator, renew: Renewing
) -> None:
    short, new = (ours("shop.example", "*.shop.example", days=days) for days in (60, 90))
    renew.give_pair(short, "a-short")
    renew.give_pair(new, "b-long")
    renew.give_pair(ours("shop.example", "*.shop.example", days=-1), "c-expired")
    renew.give_pair(ours("shop.example", "*.shop.example", days=200, since=-3), "d-early")
    run = renew()
    assert stored(simulator)["web-1.example shop.example"]["cert_pvk"] == new.key
    told = " ".join(run.warnings)
    assert "Two pairs cover the same vhosts, and the one that lasts longer is used" in told
    assert "a-short.pem" in told.split("and not")[1]
    assert "it expired on" in told
    assert "is valid from" in told
    assert run.task(TASK)["counts"]["idle_pairs"] == 2


def test_what_lasts_longer_stays_and_what_is_wrong_does_not(
    simulator: Simulator, renew: Renewing
) -> None:
    """A certificate for other names, or beside another's key, is replaced however long it lasts."""
    long = ours("shop.example", days=400)
    wrong = vhost("shop.example", ours("foreign.example", days=400))
    swapped = {**vhost("shop.example", long), "cert_pvk": ours("shop.example").key}
    broken = vhost("shop.example", cert_fullchain="-----BEGIN CERTIFICATE-----\nAAAA", cert_pvk="x")
    jinja = vhost("shop.example", cert_fullchain="{{ theirs }}", cert_pvk="{{ theirs }}")
    regular = vhost("shop.example ~^shop-\\d+$")
    each = [vhost("shop.example", long), wrong, swapped, broken, jinja, regular]
    for number, one in enumerate(each):
        simulator.fleet.new_host(f"case-{number}.example", site(one)).monitoring = WELL
    renew.give_pair(GOOD)
    run = renew(certificates_hosts=["case-*"], rollout_serial=["100%"])
    found = {one["host"][5]: (one["outcome"], one["reason"]) for one in run.task(TASK)["vhosts"]}
    assert {number: outcome for number, (outcome, _reason) in found.items()} == {
        "0": "kept",
        "1": "replaced",
        "2": "replaced",
        "3": "replaced",
        "4": "not_known",
        "5": "not_known",
    }
    assert found["1"][1] == "the one that it holds is not for shop.example"
    assert found["2"][1] == "the one that it holds does not belong to its key"


def test_other_vhosts_are_touched_only_where_that_is_asked_for(
    simulator: Simulator, renew: Renewing
) -> None:
    before = stored(simulator)
    new = ours("shop.example", "*.shop.example")
    renew.give_pair(new)
    renew(certificates_types=["letsencrypt"])
    after = stored(simulator)
    auto = "web-1.example auto.shop.example"
    assert after == {**before, auto: {**before[auto], **replaced(new), "cert_type": "custom"}}


def test_where_the_gate_fails_the_old_one_is_put_back(
    simulator: Simulator, renew: Renewing
) -> None:
    before = stored(simulator)
    renew.give_pair(ours("shop.example", "*.shop.example"))
    gate = {"rollout_http": True, "rollout_http_urls": [f"{simulator.url}/nowhere"]}
    run = renew(fails=True, rollout_http_retries=0, **gate)
    task = run.task(TASK)
    assert stored(simulator) == before
    assert "The previous configuration is back" in task.message
    assert [one["outcome"] for one in task["hosts"]] == ["returned", "not_begun"]
    assert task["counts"]["failed"] == 2
    assert task["counts"]["expiring"] == 2
    assert task["counts"]["replaced"] == 0


def test_without_a_folder_it_looks_at_what_expires(simulator: Simulator, renew: Renewing) -> None:
    gone = ours("gone.example", days=-2)
    simulator.fleet.new_host("web-4.example", site(vhost("gone.example", gone)))
    run = renew(certificates_directory="", certificates_warn_days="10")
    assert not run.writes
    task = run.task(TASK)
    assert [(one["host"], one["days_left"]) for one in task["expiring"]] == [
        ("web-4.example", -3),
        ("web-1.example", 4),
        ("web-2.example", 4),
    ]
    assert (task["counts"]["expired"], task["counts"]["expiring"]) == (1, 2)
    assert "the certificate for gone.example expired on" in " ".join(run.warnings)


@pytest.mark.newest_core
def test_without_cryptography_it_says_what_is_missing(renew: Renewing) -> None:
    renew.ansible.write("without/cryptography/__init__.py", "raise ImportError\n")
    renew.give_pair(GOOD)
    without = {"PYTHONPATH": str(renew.ansible.folder / "work" / "without")}
    failed = renew(fails=True, environment=without).task(TASK)
    assert "python3 -m pip install cryptography" in failed.message
