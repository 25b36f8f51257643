# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""turbostack_config_backup and turbostack_config_restore, beyond what the end-to-end tests of their roles show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    VaultError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    config_backup,
    config_restore,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from simulator import CANARY, Fault, Simulator


@pytest.fixture
def backup(task: Callable[..., Any]) -> Any:
    return task(config_backup.OPERATION)


@pytest.fixture
def restore(task: Callable[..., Any]) -> Any:
    return task(config_restore.OPERATION)


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.yml")}


def test_a_fleet_in_a_few_requests(backup: Any, simulator: Simulator, tmp_path: Path) -> None:
    result = backup(path="saved")
    fleet = simulator.fleet
    assert (result["hosts"], result["groups"]) == (len(fleet.hosts), len(fleet.groups))
    assert len(simulator.requests) == 2
    files = texts(tmp_path / "saved")
    assert len(files) == len(fleet.hosts) + len(fleet.groups)
    assert not any(CANARY.search(text) for text in files.values())
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.yml")} == {0o600}
    assert not list(tmp_path.rglob("*.part"))
    again = backup(path="saved")
    assert (again["changed"], again["diff"]) == (False, [])


def test_lists_without_configurations(backup: Any, simulator: Simulator, tmp_path: Path) -> None:
    backup(path="one")
    simulator.switches.rows_have_json = False
    backup(path="two")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_check_mode_writes_nothing(backup: Any, tmp_path: Path) -> None:
    result = backup(path="saved", check_mode=True)
    assert result["changed"] is True
    assert result["diff"]
    assert not (tmp_path / "saved").exists()


def test_a_list_that_fails_touches_nothing(
    backup: Any, simulator: Simulator, tmp_path: Path
) -> None:
    backup(path="saved")
    before = texts(tmp_path / "saved")
    next(iter(simulator.fleet.hosts.values())).document = {}
    simulator.fail("GET", "/groups", times=9, with_=Fault.forbidden())
    with pytest.raises(StatusError):
        backup(path="saved", vanished="remove")
    assert texts(tmp_path / "saved") == before


def test_nothing_is_removed_where_nothing_is_shown(
    backup: Any, simulator: Simulator, tmp_path: Path
) -> None:
    backup(path="saved")
    before = texts(tmp_path / "saved")
    simulator.fleet.hosts.clear()
    simulator.fleet.groups.clear()
    result = backup(path="saved", vanished="remove")
    assert (result["removed"], len(result["vanished"])) == ([], len(before))
    assert texts(tmp_path / "saved") == before
    assert "shows none at all" in backup.warnings[-1]


def test_on_error_report(backup: Any, simulator: Simulator) -> None:
    host = next(iter(simulator.fleet.hosts.values()))
    host.json = "{not json"
    result = backup(path="saved", on_error="report")
    assert [entry["id"] for entry in result["errors"]] == [host.id]
    assert "could not be read" in backup.warnings[-1]


def test_secrets_that_cannot_be_encrypted(backup: Any) -> None:
    with pytest.raises(VaultError, match="without a vault password"):
        backup(path="saved", secrets="encrypted")
    with pytest.raises(SettingsError, match="of no use"):
        backup(path="saved", secrets="masked", vault_id="fleet")


def test_a_folder_that_is_none(backup: Any, restore: Any, tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("")
    with pytest.raises(SettingsError):
        backup(path="saved")
    with pytest.raises(SettingsError):
        restore(path="saved", everything=True)


def test_everything_brings_a_fleet_back(
    backup: Any, restore: Any, simulator: Simulator, tmp_path: Path
) -> None:
    """Masked: what is no secret is as it was, digit for digit, in requests for what changed alone."""
    backup(path="saved")
    changed = [one for one in simulator.fleet.hosts.values() if one.json and len(one.json) > 200][
        :3
    ]
    before = {one.id: one.json for one in simulator.fleet.hosts.values()}
    for one in changed:
        one.document = {**one.document, "redis_memory": "9gb", "added": [1]}
    sent = len(simulator.requests)
    result = restore(path="saved", everything=True, backup_options={"dir_path": "copies"})
    assert {entry["id"] for entry in result["restored"] if entry["changed"]} == {
        one.id for one in changed
    }
    assert {one.id: one.json for one in simulator.fleet.hosts.values()} == before
    assert len(simulator.requests) - sent == 2 + 4 * len(changed)
    assert len(list((tmp_path / "copies").iterdir())) == len(changed)


def test_selections(backup: Any, restore: Any, simulator: Simulator, tmp_path: Path) -> None:
    backup(path="saved")
    one, *_others = simulator.fleet.hosts.values()
    for selected in ({"hosts": ["nobody"]}, {"groups": [one.name]}, {"clients": [9999]}):
        with pytest.raises(TargetError):
            restore(path="saved", **selected)
    with pytest.raises(SettingsError, match="Nothing is asked for"):
        restore(path="saved")
    with pytest.raises(SettingsError, match="everything goes without hosts"):
        restore(path="saved", everything=True, hosts=["a"])
    (file,) = restore(path="saved", hosts=[str(one.id)])["restored"]
    copy = tmp_path / "saved" / "no-client" / "hosts" / "copy.yml"
    copy.parent.mkdir(parents=True)
    copy.write_text((tmp_path / "saved" / file["file"]).read_text())
    with pytest.raises(TargetError, match="There are 2 hosts named"):
        restore(path="saved", hosts=[one.name])
    with pytest.raises(SettingsError, match="Several files"):
        restore(path="saved", everything=True)


def test_empty_over_full(backup: Any, restore: Any, simulator: Simulator) -> None:
    one, *_others = simulator.fleet.hosts.values()
    one.document = {}
    backup(path="saved")
    one.document = {"webserver": "nginx"}
    with pytest.raises(OperationFailed, match="allow_empty"):
        restore(path="saved", hosts=[str(one.id)])
    restore(path="saved", hosts=[str(one.id)], allow_empty=True, backup=False)
    assert not one.document
    one.json = "{not json"
    (entry,) = restore(path="saved", hosts=[str(one.id)], backup=False)["restored"]
    assert entry["changed"] is True
    assert not one.document


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf", b"\r\n"], ids=["mark", "line ends"])
def test_another_checkout_is_the_same_backup(
    backup: Any, restore: Any, tmp_path: Path, change: bytes
) -> None:
    """What git or an editor makes of line ends is no change, and no file is lost over it."""
    files = sorted(backup(path="saved")["written"])
    for path in (tmp_path / "saved").rglob("*.yml"):
        text = path.read_bytes()
        path.write_bytes(change + text if change != b"\r\n" else text.replace(b"\n", change))
    assert backup(path="saved")["changed"] is False
    restored = restore(path="saved", everything=True)["restored"]
    assert [entry["file"] for entry in restored] == files


def test_a_folder_that_was_moved_and_linked(
    backup: Any, restore: Any, simulator: Simulator, tmp_path: Path
) -> None:
    """The files behind the link are read, written and removed where they are; no circle is walked."""
    files = backup(path="saved")["written"]
    client = tmp_path / "saved" / "/".join(files[0].split("/")[:2])
    moved = tmp_path / "elsewhere"
    client.rename(moved)
    client.symlink_to(moved)
    (moved / "hosts" / "again").symlink_to(client)
    assert backup(path="saved")["changed"] is False
    host = next(one for one in simulator.fleet.hosts.values() if f"/{one.client_id}" in str(client))
    host.document = {"webserver": "nginx"}
    (written,) = backup(path="saved")["written"]
    assert "webserver: nginx" in (moved / written.split("/", 2)[2]).read_text()
    assert len(restore(path="saved", everything=True)["restored"]) == len(files)

    # One file alone, too.
    file = tmp_path / "saved" / written
    file.rename(tmp_path / "one.yml")
    file.symlink_to(tmp_path / "one.yml")
    host.document = {"webserver": "apache"}
    assert backup(path="saved")["written"] == [written]
    assert file.is_symlink()
    assert "webserver: apache" in (tmp_path / "one.yml").read_text()


@pytest.mark.parametrize("what", ["dangling link", "folder", "other text", "no text"])
def test_all_or_nothing_of_what_lies_there(
    backup: Any, restore: Any, simulator: Simulator, tmp_path: Path, what: str
) -> None:
    """A file at a backup's place that cannot be read as one is told, and nothing is restored."""
    written = backup(path="saved")["written"]
    file = tmp_path / "saved" / written[0]
    text = file.read_bytes()
    file.unlink()
    if what == "dangling link":
        file.symlink_to("nowhere")
    elif what == "folder":
        file.mkdir()
    else:
        file.write_bytes(text[1:] if what == "other text" else text.decode().encode("utf-16"))
    sent = len(simulator.requests)
    with pytest.raises(SettingsError, match=Path(written[0]).name):
        restore(path="saved", everything=True)
    assert len(simulator.requests) == sent


def test_what_an_editor_leaves(backup: Any, restore: Any, tmp_path: Path) -> None:
    written = backup(path="saved")["written"]
    file = tmp_path / "saved" / written[0]
    file.with_name(f".#{file.name}").symlink_to("somebody@somewhere.123")
    for name in (f".{file.name}", f"#{file.name}#", f".{file.name}.swp", f"{file.name}~", "4913"):
        file.with_name(name).write_bytes(file.read_bytes())
    assert backup(path="saved")["changed"] is False
    assert len(restore(path="saved", everything=True)["restored"]) == len(written)


def test_the_word_vault_is_no_secret(backup: Any, simulator: Simulator, tmp_path: Path) -> None:
    host = next(iter(simulator.fleet.hosts.values()))
    host.document = {"note": "uses !vault tags", "text": "a: !vault |\n  61\n"}
    backup(path="saved")
    assert backup(path="saved")["changed"] is False
    (file,) = (path for path in tmp_path.rglob("*.yml") if "uses !vault" in path.read_text())
    file.write_text(file.read_text() + "  token: !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    61\n")
    with pytest.raises(VaultError, match=r"1 files .* hold encrypted secrets"):
        backup(path="saved")


def test_a_file_that_changes_hands_meanwhile(
    backup: Any, restore: Any, simulator: Simulator, tmp_path: Path
) -> None:
    backup(path="saved")
    one, other, *_others = sorted((tmp_path / "saved").rglob("hosts/*.yml"))

    def swap(request: Any) -> None:
        one.write_text(other.read_text())

    simulator.on_request = swap
    with pytest.raises(OperationFailed, match="was changed while the backup was read"):
        restore(path="saved", everything=True)
    simulator.on_request = lambda request: None
    assert {request.method for request in simulator.requests} == {"GET"}
