# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushes to real repositories: what there is of somebody else's stays, and a password is nowhere."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.git import (
    GitError,
    WorkTree,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.git_push import (
    Login,
    Pushed,
    Remote,
)

AUTHOR = "Fleet Backup <fleet@example.com>"
PASSWORD = "TScanaryPASSWORDpush"


def git(top: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments]
    return subprocess.run(command, cwd=top, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare repository."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    return bare


@pytest.fixture
def clone(remote: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "-q", str(remote), "clone")
    git(tmp_path / "clone", "switch", "-q", "-c", "main")
    return tmp_path / "clone"


@pytest.fixture
def other(clone: Path, remote: Path, tmp_path: Path) -> Path:
    """Somebody else's clone, as of the first push."""
    committed(clone, "a.yml", "a")
    pushed(clone)
    git(tmp_path, "clone", "-q", str(remote), "other")
    return tmp_path / "other"


def tree_of(folder: Path) -> WorkTree:
    tree = WorkTree.around(str(folder), AUTHOR)
    assert tree is not None
    return tree


def committed(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return tree_of(folder).commit([name], f"Write {name}")


def pushed(folder: Path, name: str | None = None, login: Login | None = None) -> Pushed:
    done = Remote(tree_of(folder), name, login).push()
    assert done is not None
    return done


def elsewhere(other: Path, name: str, text: str) -> None:
    (other / name).write_text(text)
    git(other, "add", name)
    git(other, "commit", "-q", "-m", "From elsewhere")
    git(other, "push", "-q", "origin", "HEAD:main")


def contents(remote: Path) -> dict[str, str]:
    names = git(remote, "ls-tree", "-r", "--name-only", "main").split()
    return {name: git(remote, "show", f"main:{name}") for name in names}


def test_what_is_committed_and_nothing_twice(clone: Path, remote: Path) -> None:
    assert Remote(tree_of(clone), None, None).push() is None
    commit = committed(clone, "a.yml", "a")
    assert pushed(clone) == Pushed("origin", "main", True, False, commit)
    assert contents(remote) == {"a.yml": "a"}
    assert not pushed(clone).moved


def test_to_the_branch_that_is_followed(other: Path, remote: Path) -> None:
    git(other, "push", "-q", "origin", "HEAD:refs/heads/backup")
    git(other, "fetch", "-q")
    git(other, "switch", "-q", "-c", "here", "--track", "origin/backup")
    commit = committed(other, "b.yml", "b")
    assert pushed(other).branch == "backup"
    assert git(remote, "rev-parse", "backup").strip() == commit
    assert pushed(other, str(remote)).branch == "here"


def test_on_top_of_what_somebody_else_pushed(clone: Path, other: Path, remote: Path) -> None:
    elsewhere(other, "theirs.yml", "theirs")
    before = committed(clone, "b.yml", "b")
    (clone / "untracked").write_text("stays")
    done = pushed(clone)
    assert (done.moved, done.rebased) == (True, True)
    assert done.head != before
    assert contents(remote) == {"a.yml": "a", "b.yml": "b", "theirs.yml": "theirs"}
    assert git(clone, "log", "-1", "--format=%an <%ae> %cn").strip() == f"{AUTHOR} Fleet Backup"
    assert (clone / "untracked").read_text() == "stays"


def test_the_same_backup_of_two_is_one(clone: Path, other: Path, remote: Path) -> None:
    elsewhere(other, "b.yml", "b")
    committed(clone, "b.yml", "b")
    done = pushed(clone)
    assert (done.moved, done.rebased) == (False, True)
    assert done.head == git(remote, "rev-parse", "main").strip()


@pytest.mark.parametrize("dirty", [False, True])
def test_what_does_not_go_together_is_left(clone: Path, other: Path, dirty: bool) -> None:
    elsewhere(other, "theirs.yml" if dirty else "b.yml", "theirs")
    before = committed(clone, "b.yml", "ours")
    if dirty:
        (clone / "a.yml").write_text("under way")
    state = git(clone, "status", "--porcelain")
    with pytest.raises(GitError, match="cannot be put on top of that") as refused:
        pushed(clone)
    assert "pull --rebase" in str(refused.value)
    assert git(clone, "rev-parse", "HEAD").strip() == before
    assert git(clone, "status", "--porcelain") == state
    assert git(clone, "symbolic-ref", "--short", "HEAD") == "main\n"


def test_a_server_that_refuses_is_quoted(clone: Path, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\necho 'frozen, says https://a:{PASSWORD}@b.example' >&2\nexit 1\n")
    hook.chmod(0o755)
    committed(clone, "a.yml", "a")
    with pytest.raises(GitError, match=r"pre-receive hook declined.*frozen, says") as refused:
        pushed(clone)
    assert PASSWORD not in str(refused.value)


def test_always_overtaken(clone: Path, other: Path, remote: Path) -> None:
    """Somebody who pushes between each of our looks and our push."""
    elsewhere(other, "one", "1")
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
        "tree=$(git rev-parse main^{tree})\n"
        "new=$(git -c user.name=a -c user.email=a@b commit-tree -p main -m more $tree)\n"
        "git update-ref refs/heads/main $new\n"
    )
    hook.chmod(0o755)
    committed(clone, "b.yml", "b")
    with pytest.raises(GitError, match=r"again and again.*Run the backup again"):
        pushed(clone)


def test_what_is_missing_is_said(clone: Path, tmp_path: Path) -> None:
    committed(clone, "a.yml", "a")
    with pytest.raises(GitError, match="Name a remote with push_remote"):
        pushed(clone, "nowhere")
    with pytest.raises(SettingsError, match="push_remote holds a password"):
        pushed(clone, f"https://a:{PASSWORD}@git.example/x.git")
    with pytest.raises(SettingsError, match="push_remote holds a password or a token"):
        pushed(clone, f"https://ghp_{'a1' * 18}@git.example/x.git")
    with pytest.raises(SettingsError, match="begins with https://"):
        pushed(clone, login=Login("git", PASSWORD))
    git(clone, "switch", "-q", "--detach")
    with pytest.raises(GitError, match="No branch is checked out"):
        pushed(clone)


def test_a_folder_of_somebody_else(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(clone, "a.yml", "a")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")
    monkeypatch.setattr(WorkTree, "run", _as_somebody_else(WorkTree.run))
    with pytest.raises(GitError, match=r"belongs to somebody else .* safe\.directory"):
        tree_of(clone)


def _as_somebody_else(run: object) -> object:
    def other(self: WorkTree, *arguments: object, **more: object) -> object:
        variables = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
        return run(self, *arguments, **{**more, "variables": variables})  # type: ignore[operator]

    return other


class _Server(BaseHTTPRequestHandler):
    """Git over HTTP, for who knows the password."""

    root = ""
    asked: list[str]

    def do_GET(self) -> None:
        said = self.headers.get("Authorization", "")
        self.asked.append(said)
        if said != "Basic " + base64.b64encode(f"backup:{PASSWORD}".encode()).decode():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _mark, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        variables = {
            "GIT_PROJECT_ROOT": self.root,
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_USER": "backup",
            "PATH": os.environ["PATH"],
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
        said_there = subprocess.run(
            ["git", "http-backend"], env=variables, input=body, capture_output=True, check=True
        ).stdout
        head, _gap, content = said_there.partition(b"\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(lines.pop("Status", "200").split()[0]))
        for name, value in lines.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(remote: Path) -> Iterator[tuple[str, list[str]]]:
    git(remote, "config", "http.receivepack", "true")
    asked: list[str] = []
    handler = type("Handler", (_Server,), {"root": str(remote.parent), "asked": asked})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/{remote.name}", asked
    http.shutdown()
    thread.join()
    http.server_close()


def test_a_password_is_nowhere(
    clone: Path,
    remote: Path,
    server: tuple[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, asked = server
    # Each git, and each that it starts, says what it was started with.
    programs = tmp_path / "programs"
    programs.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    shim = programs / "git"
    shim.write_text(
        f'#!/bin/sh\ntr "\\0" "\\n" < /proc/$$/cmdline >> {tmp_path}/commands\n'
        f'exec {real.stdout.strip()} "$@"\n'
    )
    shim.chmod(0o755)
    git(clone, "remote", "set-url", "origin", address)
    git(clone, "config", "credential.helper", f"store --file={tmp_path}/stored")
    commit = committed(clone, "a.yml", "a")
    with pytest.raises(GitError, match="Give push_username and push_password"):
        pushed(clone)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    assert pushed(clone, login=Login("backup", PASSWORD)).head == commit
    assert git(remote, "rev-parse", "main").strip() == commit
    assert any(asked)
    commands = (tmp_path / "commands").read_text()
    assert "push" in commands
    assert not (tmp_path / "stored").exists()
    left = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert left
    assert not any(PASSWORD.encode() in content for content in left)
    with pytest.raises(GitError, match="Authentication failed") as refused:
        pushed(clone, login=Login("backup", f"{PASSWORD}wrong"))
    assert PASSWORD not in str(refused.value)
    assert PASSWORD not in repr(Login("backup", PASSWORD))
