# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory, as ansible-inventory, a play and AWX see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Fleet, Switches

from .controller import Controller
from .results import Run

#: How AWX calls ansible-inventory.
AWX = ("--list", "--export")
AWX_ENVIRONMENT = {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True"}


def source(ansible: Controller, /, **options: Any) -> Path:
    plugin = {"plugin": "hosted_power.turbostack.turbostack"}
    return ansible.write("turbostack.yml", {**plugin, **options})


def plain(value: Any) -> Any:
    """What ansible-inventory printed, without its marks for text that is no template."""
    if isinstance(value, dict):
        if value.keys() == {"__ansible_unsafe"}:
            return value["__ansible_unsafe"]
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def hostvars(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = plain(run.json()["_meta"]["hostvars"])
    return found


def hosts_of(run: Run, group: str) -> list[str]:
    return sorted(run.json().get(group, {}).get("hosts", []))


class TestAsAwxCallsIt:
    def test_every_host_with_its_variables(self, ansible: Controller) -> None:
        run = ansible.inventory(source(ansible), *AWX, environment=AWX_ENVIRONMENT)
        fleet = ansible.simulator.fleet
        found = hostvars(run)
        assert set(found) == {host.name for host in fleet.hosts.values()}
        for host in fleet.hosts.values():
            variables = found[str(host.name)]
            assert variables["ansible_host"] == host.name
            assert variables["turbostack_id"] == host.id
            assert variables["turbostack_name"] == host.name
            assert variables["turbostack_platform"] == ansible.simulator.url
            assert variables["turbostack_client_id"] == host.client_id
            assert variables["turbostack_active"] is bool(host.active)
            assert variables["turbostack_monitoring"] == host.monitoring
            assert variables["turbostack_created_at"].startswith("20")
            assert variables["turbostack_updated_at"].startswith("20")
            config = host.document or {}
            assert variables["turbostack_config"].keys() == config.keys()
            assert variables["turbostack_config"].get("ssh_keys") == config.get("ssh_keys")
            users = [user["username"] for user in config.get("system_users", [])]
            assert variables["turbostack_system_users"] == users

    def test_an_error_fails_it_with_the_reason(self, ansible: Controller) -> None:
        environment = {**AWX_ENVIRONMENT, "TURBOSTACK_API_TOKEN": "9|wrong"}
        run = ansible.inventory(
            source(ansible), *AWX, environment=environment, fails=True, warns=True
        )
        assert "401 Unauthorized" in run.stderr
        assert "TURBOSTACK_API_TOKEN" in run.stderr
        assert "9|wrong" not in run.stdout + run.stderr

    def test_empty_variables_of_a_credential_are_unset(self, ansible: Controller) -> None:
        environment = {
            **AWX_ENVIRONMENT,
            "TURBOSTACK_API_TOKEN": "",
            "TSTOKEN": ansible.simulator.token,
            "TURBOSTACK_API_TOKEN_FILE": "",
            "TURBOSTACK_CA_PATH": "",
            "TURBOSTACK_VALIDATE_CERTS": "True",
        }
        run = ansible.inventory(source(ansible), *AWX, environment=environment)
        assert len(hostvars(run)) == 12

    def test_the_file_may_be_called_otherwise(self, ansible: Controller) -> None:
        content = {"plugin": "hosted_power.turbostack.turbostack"}
        named = ansible.write("production.turbostack.yaml", content)
        assert len(hostvars(ansible.inventory(named))) == 12
        other = ansible.write("production.yml", content)
        ansible.inventory(other, environment=AWX_ENVIRONMENT, fails=True, warns=True)


class TestConstructed:
    def test_compose_groups_and_keyed_groups(self, ansible: Controller) -> None:
        path = source(
            ansible,
            strict=True,
            group_by=["client", "active", "app_type", "php_version", "mysql_version"],
            include_clients=True,
            compose={
                "stage": "turbostack_name.split('-')[1] | regex_replace('[0-9].*', '')",
                "packages": "turbostack_config.os_extra_packages | default([])",
            },
            groups={"shops": "'magento2' in turbostack_app_types"},
            keyed_groups=[
                {"key": "turbostack_app_types", "prefix": "runs"},
                {"key": "turbostack_client_name", "prefix": "of"},
            ],
        )
        run = ansible.inventory(path)
        found = hostvars(run)
        clients = ansible.simulator.fleet.clients
        for host in ansible.simulator.fleet.hosts.values():
            name = str(host.name)
            client = clients[int(host.client_id or 0)]
            assert found[name]["stage"] in ("prod", "staging", "dev")
            assert found[name]["turbostack_client_name"] == f"{client.firstname} {client.lastname}"
            packages = (host.document or {}).get("os_extra_packages", [])
            assert found[name]["packages"] == packages
            assert name in hosts_of(run, f"turbostack_client_{client.id}")
            state = "active" if host.active else "inactive"
            assert name in hosts_of(run, f"turbostack_{state}")
        shops = hosts_of(run, "shops")
        assert shops
        assert shops == hosts_of(run, "runs_magento2") == hosts_of(run, "turbostack_app_magento2")
        assert any("{{ php_main_version }}" in str(found[name]["packages"]) for name in shops)

    @pytest.mark.parametrize("quiet", [False, True])
    def test_an_expression_that_fails_is_told_of_once(
        self, ansible: Controller, quiet: bool
    ) -> None:
        some = {"some": "turbostack_config.nowhere.at_all"}
        hosts = ansible.simulator.fleet.hosts.values()
        first = min(hosts, key=lambda host: host.id)
        one = f"turbostack_id == {first.id}"
        path = source(
            ansible,
            compose={**some, "all_right": "turbostack_id"},
            groups={"lost": "turbostack_nowhere", "found": one},
            keyed_groups=[
                {"key": f"'first' if {one} else turbostack_nowhere", "prefix": "x"},
                {"key": "turbostack_name", "parent_group": "{{ turbostack_nowhere }}"},
                {"key": "turbostack_name", "prefix": "named"},
            ],
            **({"expression_warnings": False} if quiet else {}),
        )
        run = ansible.inventory(path, *AWX, environment=AWX_ENVIRONMENT, warns=not quiet)
        count = len(hosts)
        starts = [
            f"compose: some cannot be evaluated for {count} of {count} hosts, such as {first.name}: ",
            f"groups: lost cannot be evaluated for {count} of {count} hosts, such as {first.name}: ",
            f"cannot be evaluated for {count - 1} of {count} hosts, such as ",
            f"keyed_groups[2]: turbostack_name cannot be evaluated for {count} of {count} hosts",
        ]
        assert len(run.warnings) == (0 if quiet else len(starts))
        for text in () if quiet else starts:
            assert sum(text in warning for warning in run.warnings) == 1
        assert hosts_of(run, "found") == hosts_of(run, "x_first") == [first.name]
        assert all("some" not in variables for variables in hostvars(run).values())

    def test_templates_of_a_play_see_text(self, ansible: Controller) -> None:
        """Also where a play renders a variable that holds Jinja of the platform's."""
        tasks = ansible.tasks(
            {
                "name": "Take",
                "ansible.builtin.set_fact": {
                    "taken": "{{ turbostack_config.os_extra_packages[0] }}",
                    "joined": "{{ turbostack_config.os_extra_packages | join(' ') }}",
                },
            },
            hosts="shop",
        )
        ansible.simulator.fleet.hosts.clear()
        ansible.simulator.fleet.new_host("shop", {"os_extra_packages": ["php{{ 1 + 1 }}-amqp"]})
        run = ansible.playbook(tasks, inventory=source(ansible))
        assert run.last["ansible_facts"]["taken"] == "php{{ 1 + 1 }}-amqp"
        assert run.last["ansible_facts"]["joined"] == "php{{ 1 + 1 }}-amqp"


class TestSelectionAndNames:
    def test_clients_are_asked_for_one_by_one(self, ansible: Controller) -> None:
        hosts = ansible.simulator.fleet.hosts.values()
        wanted = sorted({int(host.client_id or 0) for host in hosts})[:2]
        run = ansible.inventory(
            source(
                ansible,
                clients=wanted,
                active_only=True,
                include_config=False,
                include_monitoring=False,
            )
        )
        assert {request.path for request in run.requests} == {
            f"/api/v1/clients/{number}/hosts" for number in wanted
        }
        expected = {host.name for host in hosts if host.client_id in wanted and host.active}
        found = hostvars(run)
        assert set(found) == expected
        for variables in found.values():
            assert "turbostack_config" not in variables
            assert "turbostack_monitoring" not in variables
            assert "turbostack_app_types" in variables

    def test_filters_hostnames_prefix_and_duplicates(self, ansible: Controller) -> None:
        fleet = ansible.simulator.fleet
        fleet.hosts.clear()
        for name, document in (
            ("a.example", {"alias": "nginx"}),
            ("b.example", {"alias": "twin"}),
            ("c.example", {"alias": "twin"}),
            ("d.example", {}),
            ("e.example", {"alias": "not wanted"}),
            ("f.example", "no document"),
        ):
            fleet.new_host(name, document)
        path = source(
            ansible,
            hostvars_prefix="ts_",
            hostnames=["config.alias", {"name": "name", "prefix": "client_id", "separator": "-"}],
            filters=[{"include": "ts_name == 'd.example'"}, {"exclude": "ts_id == 105"}],
            keyed_groups=[{"key": "'nginx'", "separator": ""}],
        )
        run = ansible.inventory(path, warns=True)
        found = hostvars(run)
        client = next(iter(fleet.clients))
        # A group is called nginx, so no host is.
        assert set(found) == {
            "nginx_101",
            "twin_102",
            "twin_103",
            f"{client}-d.example",
            f"{client}-f.example",
        }
        assert {each["ansible_host"] for each in found.values()} == {
            f"{letter}.example" for letter in "abcdf"
        }
        assert all("ts_id" in each and "turbostack_id" not in each for each in found.values())
        assert found[f"{client}-f.example"]["ts_config"] is None
        assert hosts_of(run, "nginx") == sorted(found)
        warned = " ".join(run.warnings)
        assert "'nginx' (id 101) is nginx_101" in warned
        assert "twin (id 102) is twin_102" in warned
        assert "f.example (id 106): it is not an object but string" in warned

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            ({"hostname": "name"}, "unknown option 'hostname'; did you mean hostnames?"),
            ({"hostvars_prefix": ""}, "would give variables names that mean something else"),
            ({"hostvars_prefix": "ansible_"}, "would set variables of Ansible's own"),
            ({"validate_certs": "maybe"}, "validate_certs is neither true nor false"),
        ],
    )
    def test_wrong_options(self, ansible: Controller, options: dict[str, Any], why: str) -> None:
        run = ansible.inventory(
            source(ansible, **options), environment=AWX_ENVIRONMENT, fails=True, warns=True
        )
        assert why in " ".join(run.stderr.split())
        assert not run.requests


class TestSyncStatus:
    @pytest.mark.parametrize(
        ("history", "wanted"),
        [("succeeded", {"in_effect", "unknown"}), ("failed", {"failed"})],
    )
    def test_of_each_host(self, ansible: Controller, history: str, wanted: set[str]) -> None:
        simulator = ansible.simulator
        simulator.switches.deploy_history = history
        path = source(ansible, include_sync_status=True, group_by=["sync_status"])
        run = ansible.inventory(path, *AWX, environment=AWX_ENVIRONMENT)
        for variables in hostvars(run).values():
            assert variables["turbostack_sync_status"] in wanted
            assert variables["turbostack_sync_reason"].endswith(".")
            group = f"turbostack_sync_{variables['turbostack_sync_status']}"
            assert variables["turbostack_name"] in hosts_of(run, group)
        asked = [request.path for request in run.requests if request.path.endswith("/deploy")]
        assert len(asked) == len(set(asked)) == len(simulator.fleet.hosts)

    def test_one_that_cannot_be_had(self, ansible: Controller) -> None:
        simulator = ansible.simulator
        number = min(simulator.fleet.hosts)
        simulator.fail("GET", f"/hosts/{number}/deploy", 100, Fault.forbidden())
        path = source(ansible, include_sync_status=True)
        ansible.inventory(path, environment=AWX_ENVIRONMENT, fails=True, warns=True)
        path = source(ansible, include_sync_status=True, on_error="warn_partial")
        run = ansible.inventory(path, environment=AWX_ENVIRONMENT, warns=True)
        (found,) = [each for each in hostvars(run).values() if each["turbostack_id"] == number]
        assert found["turbostack_sync_status"] == "unknown"
        assert "403" in found["turbostack_sync_reason"]
        assert found["turbostack_inventory_partial"] is True


class TestToken:
    def test_a_lookup(self, ansible: Controller) -> None:
        environment = {
            "TURBOSTACK_API_TOKEN": None,
            "TURBOSTACK_API_URL": None,
            "ELSEWHERE": ansible.simulator.token,
        }
        path = source(
            ansible, api_token="{{ lookup('env', 'ELSEWHERE') }}", api_url=ansible.simulator.url
        )
        assert len(hostvars(ansible.inventory(path, environment=environment))) == 12

    def test_vaulted(self, ansible: Controller) -> None:
        password = ansible.write("password", "s3cret")
        token = ansible.write("token", ansible.simulator.token)
        sealed = ansible.write("sealed", "")
        ansible.command(
            "ansible-vault",
            *(
                "encrypt",
                str(token),
                "--output",
                str(sealed),
                "--vault-password-file",
                str(password),
            ),
        )
        lines = "".join(f"  {line}\n" for line in sealed.read_text().splitlines())
        path = ansible.write(
            "turbostack.yml",
            f"plugin: hosted_power.turbostack.turbostack\napi_token: !vault |\n{lines}",
        )
        run = ansible.inventory(
            path,
            "--list",
            "--vault-password-file",
            str(password),
            environment={"TURBOSTACK_API_TOKEN": None},
        )
        assert len(hostvars(run)) == 12

    def test_it_is_nowhere_to_be_seen(self, ansible: Controller) -> None:
        """The guard over every run looks for it."""
        ansible.simulator.fail("GET", "/hosts", 10, Fault.echo_token(500))
        path = source(ansible, api_token=ansible.simulator.token, api_retries=1)
        run = ansible.inventory(path, "--list", "-vvvv", warns=True)
        assert "500" in run.stderr


class TestCompleteness:
    @pytest.fixture
    def fleet(self) -> Fleet:
        return Fleet.generate(hosts=25, seed=4)

    def test_an_error_on_any_page(self, ansible: Controller) -> None:
        ansible.simulator.fail("GET", "page=4", 10, Fault.forbidden())
        run = ansible.inventory(
            source(ansible, page_size=5), environment=AWX_ENVIRONMENT, fails=True, warns=True
        )
        assert "page=4: 403" in " ".join(run.stderr.split())

    def test_a_part_is_marked_as_one(self, ansible: Controller) -> None:
        ansible.simulator.fail("GET", "page=4", 1, Fault.status(403, "{{ 7 * 7 }}"))
        path = source(ansible, page_size=5, workers=1, on_error="warn_partial")
        run = ansible.inventory(path, *AWX, warns=True)
        assert len(hostvars(run)) == 15
        marks = plain(run.json()["all"]["vars"])
        assert marks["turbostack_inventory_partial"] is True
        assert "{{ 7 * 7 }}" in marks["turbostack_inventory_errors"][0]
        assert "The inventory is PARTIAL" in " ".join(run.warnings)
        whole = ansible.inventory(path, *AWX)
        marks = plain(whole.json()["all"]["vars"])
        assert marks == {"turbostack_inventory_partial": False, "turbostack_inventory_errors": []}

    def test_nothing_is_no_part(self, ansible: Controller) -> None:
        ansible.simulator.fail("GET", "/hosts", 10, Fault.forbidden())
        path = source(ansible, on_error="warn_partial")
        ansible.inventory(path, environment=AWX_ENVIRONMENT, fails=True, warns=True)

    def test_a_token_that_sees_nothing(self, ansible: Controller) -> None:
        ansible.simulator.fleet.hosts.clear()
        run = ansible.inventory(
            source(ansible), *AWX, environment=AWX_ENVIRONMENT, fails=True, warns=True
        )
        assert "lists no host to this token. A token sees what its owner sees" in " ".join(
            run.stderr.split()
        )
        warned = ansible.inventory(
            source(ansible, on_empty="warn"), environment=AWX_ENVIRONMENT, warns=True
        )
        assert "The inventory is empty" in " ".join(warned.warnings)
        accepted = source(ansible, on_empty="accept", active_only=True)
        assert hostvars(ansible.inventory(accepted, environment=AWX_ENVIRONMENT)) == {}

    def test_hosts_that_were_left_out_were_listed(self, ansible: Controller) -> None:
        path = source(ansible, filters=[{"exclude": True}])
        assert hostvars(ansible.inventory(path, environment=AWX_ENVIRONMENT)) == {}

    def test_a_floor(self, ansible: Controller) -> None:
        count = len(ansible.simulator.fleet.hosts)
        path = source(ansible, minimum_hosts=count + 1)
        run = ansible.inventory(path, environment=AWX_ENVIRONMENT, fails=True, warns=True)
        told = f"has {count} hosts, and minimum_hosts is {count + 1}. The platform lists {count} "
        assert told in " ".join(run.stderr.split())
        ansible.inventory(source(ansible, minimum_hosts=count), environment=AWX_ENVIRONMENT)

    def test_rows_in_an_order_of_their_own(self, ansible: Controller) -> None:
        ansible.simulator.switches.update(list_envelope="bare-paged", list_order="changing")
        found = hostvars(
            ansible.inventory(source(ansible, page_size=5), environment=AWX_ENVIRONMENT)
        )
        assert len(found) == len(ansible.simulator.fleet.hosts)

    def test_a_rate_limit_makes_it_slow(self, ansible: Controller) -> None:
        ansible.simulator.switches = Switches(rate_limit=3, rate_window=6)
        path = source(ansible, page_size=5, api_retries=1)
        run = ansible.inventory(path)
        assert len(hostvars(run)) == 25
        assert "of 25 rows read; the platform's rate limit is used up" in run.stderr

    def test_rows_without_configurations(self, ansible: Controller) -> None:
        ansible.simulator.switches = Switches(
            rows_have_json=False, monitoring="missing", timestamps="null"
        )
        found = hostvars(ansible.inventory(source(ansible)))
        assert len(found) == 25
        for variables in found.values():
            assert "turbostack_config" not in variables
            assert variables["turbostack_monitoring"] is None
