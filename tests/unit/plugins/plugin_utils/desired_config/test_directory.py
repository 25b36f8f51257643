# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of desired configurations: what speaks of a host, and what speaks of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.client import (
    Client,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.directory import (
    DesiredDirectory,
)


def make(folder: Path, *names: str) -> DesiredDirectory:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("{}")
    return DesiredDirectory(str(folder))


def below(folder: Path, found: list[str]) -> list[str]:
    return [str(Path(path).relative_to(folder)) for path in found]


def test_files_of_a_host_from_general_to_exact(tmp_path: Path) -> None:
    directory = make(
        tmp_path,
        *("all.yml", "clients/3.json", "clients/4.yml", "groups/a.yaml", "groups/b.yml"),
        *("groups/c.yml", "hosts/shop.example.com.yml", "hosts/shop.example.yml"),
    )
    found = directory.files_of("shop.example.com", ["all", "b", "a"], Client(3))
    assert below(tmp_path, found) == [
        *("all.yml", "clients/3.json", "groups/b.yml", "groups/a.yaml"),
        "hosts/shop.example.com.yml",
    ]
    assert below(tmp_path, directory.files_of("other", [], None)) == ["all.yml"]


def test_a_file_may_bear_its_clients_name(tmp_path: Path) -> None:
    directory = make(tmp_path, "clients/Jane Roe.yml", "clients/4.yml", "clients/5.yml")
    jane = Client(3, "Jane Roe")
    assert below(tmp_path, directory.files_of("h", [], jane)) == ["clients/Jane Roe.yml"]
    assert directory.named_after(jane) is not None
    # A name of digits is another client's id.
    assert directory.files_of("h", [], Client(7, "4")) == []
    assert directory.named_after(Client(4, "Jo")) is None
    assert below(tmp_path, directory.unused((), (), [jane, Client(4, "Jo")])) == ["clients/5.yml"]


def test_a_client_has_one_file(tmp_path: Path) -> None:
    directory = make(tmp_path, "clients/Jane Roe.yml", "clients/3.yml")
    with pytest.raises(SettingsError, match="speak of one client"):
        directory.files_of("h", [], Client(3, "Jane Roe"))


def test_names_of_the_inventory_lead_nowhere_else(tmp_path: Path) -> None:
    directory = make(tmp_path, "all.yml", "hosts/a.yml", "secret.yml")
    assert below(tmp_path, directory.files_of("../secret", ["../hosts/a"], None)) == ["all.yml"]


def test_what_speaks_of_nobody(tmp_path: Path) -> None:
    directory = make(
        tmp_path,
        *("all.yml", "al.yml", "hots/", "notes.txt", "README.md", ".git/", "all.yml~"),
        *("clients/3.yml", "clients/33.yml", "clients/x.yml", "groups/a.yml", "groups/A.yml"),
        *("groups/README.md", "hosts/h.yml", "hosts/g.yml", "hosts/h", "hosts/k.yml/"),
        "hosts/.gitkeep",
    )
    assert below(
        tmp_path, directory.unused({"h", "k"}, {"all", "a"}, [None, Client(3), Client(4)])
    ) == [
        *("al.yml", "clients/33.yml", "clients/x.yml", "groups/A.yml"),
        *("hosts/g.yml", "hosts/h", "hosts/k.yml", "hots"),
    ]


def test_clients_are_asked_for_no_longer_than_needed(tmp_path: Path) -> None:
    def ids() -> Iterator[Client | None]:
        yield Client(3)
        raise AssertionError("one client has a file, and it is known")

    assert make(tmp_path, "clients/3.yml").unused([], [], ids()) == []


def test_nobody_is_asked_where_no_client_has_a_file(tmp_path: Path) -> None:
    def asked(number: int) -> Client:
        raise AssertionError("there are no files of clients")

    assert make(tmp_path, "all.yml").unused([], [], map(asked, [1])) == []


@pytest.mark.parametrize("names", [("hosts/h.yml", "hosts/h.json"), ("all.yml", "all.yaml")])
def test_two_files_of_one_name_are_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match="holds both") as refused:
        make(tmp_path, *names)
    assert all(Path(name).name in refused.value.message for name in names)


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no folder of desired configurations"):
        make(tmp_path, "host_vars/h.yml")
    with pytest.raises(SettingsError, match="cannot be read"):
        DesiredDirectory(str(tmp_path / "nowhere"))
