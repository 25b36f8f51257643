# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    DEFAULT_URL,
    Settings,
    environment_options,
    platform,
)

TOKEN = {"api_token": "t0k3n"}


def resolve(environ: dict[str, str] | None = None, **options: Any) -> Settings:
    return Settings.resolve(options, environ or {})


def test_the_defaults_are_the_platform_with_its_certificate_checked() -> None:
    settings = resolve(**TOKEN)
    assert (settings.url, settings.verify) == (DEFAULT_URL, True)
    assert (settings.timeout, settings.retries, settings.retry_max_delay) == (30, 5, 60)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://example.com/", "https://example.com"),
        ("https://example.com/api/v1", "https://example.com"),
        ("https://example.com/api/v1/", "https://example.com"),
        ("https://example.com/turbo/", "https://example.com/turbo"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.8.8.8", "http://127.8.8.8"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
        (" https://example.com ", "https://example.com"),
    ],
)
def test_urls_that_are_meant_the_same(given: str, url: str) -> None:
    assert resolve(api_url=given, **TOKEN).url == url


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://my.turbostack.app", "clear text"),
        ("http://10.0.0.1", "clear text"),
        ("http://localhost.example.com", "clear text"),
        ("http://127.0.0.1.example.com", "clear text"),
        ("my.turbostack.app", "not an http"),
        ("ftp://my.turbostack.app", "not an http"),
        ("https://", "not an http"),
        ("https://exa mple.com", "not an http"),
        ("https://[::1", "not a URL"),
        ("https://host:notaport", "not a URL"),
        ("https://me:secret@my.turbostack.app", "user name"),
        ("https://my.turbostack.app/?x=1", "query"),
        ("https://my.turbostack.app/#hosts", "fragment"),
    ],
)
def test_urls_that_are_refused(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        resolve(api_url=url, **TOKEN)
    assert "secret" not in str(refused.value)


def test_the_order_in_which_the_token_is_looked_for(tmp_path: Path) -> None:
    by_option, by_environment = tmp_path / "option", tmp_path / "environment"
    by_option.write_text("from-file\n")
    by_environment.write_text("from-environment-file\n")
    environ = {
        "TURBOSTACK_API_TOKEN": "from-variable",
        "TSTOKEN": "from-tstoken",
        "TURBOSTACK_API_TOKEN_FILE": str(by_environment),
    }
    options = {"api_token": "from-option", "api_token_file": str(by_option)}
    found = []
    for gone in ("api_token", "api_token_file", *environ):
        settings = resolve(environ, **options)
        found.append((settings.token, settings.token_source))
        options.pop(gone, None)
        environ.pop(gone, None)
    assert [token for token, _source in found] == [
        "from-option",
        "from-file",
        "from-variable",
        "from-tstoken",
        "from-environment-file",
    ]
    assert str(by_option) in found[1][1]
    assert "TSTOKEN" in found[3][1]
    with pytest.raises(SettingsError, match="no API token") as missing:
        resolve(environ, **options)
    assert "Personal Access Token" in str(missing.value)


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_empty_means_unset_wherever_it_comes_from(empty: str | None) -> None:
    environ = {
        "TURBOSTACK_API_URL": "",
        "TURBOSTACK_API_TOKEN": "",
        "TSTOKEN": "t0k3n",
        "TURBOSTACK_VALIDATE_CERTS": "",
        "TURBOSTACK_CA_PATH": "",
    }
    settings = resolve(environ, api_url=empty, api_token=empty, api_token_file=empty, ca_path=empty)
    assert (settings.url, settings.token, settings.verify) == (DEFAULT_URL, "t0k3n", True)


def test_a_token_is_never_shown() -> None:
    assert "t0k3n" not in repr(resolve(**TOKEN))


@pytest.mark.parametrize("token", ["Bearer t0k3n", "bearer  t0k3n", "t0k3n\n"])
def test_a_token_is_taken_as_people_paste_it(token: str) -> None:
    assert resolve(api_token=token).token == "t0k3n"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbft0k3n\n",
        b"t0k3n\r\n",
        b"\xef\xbb\xbf\r\n t0k3n\r\n\r\n",
        b"\xef\xbb\xbfBearer t0k3n",
    ],
)
def test_a_token_file_of_any_editor_is_read(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    assert resolve(api_token_file=str(file)).token == "t0k3n"


def test_a_token_file_in_utf16_is_named_as_such(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-be"):
        file = tmp_path / encoding
        file.write_bytes("\ufefft0k3n".encode(encoding))
        with pytest.raises(SettingsError, match="UTF-16") as refused:
            resolve(api_token_file=str(file))
        assert str(file) in str(refused.value)


@pytest.mark.parametrize(
    "token", ['"t0k3n"', "'t0k3n'", "Bearer 't0k3n'", '"t0k3n', "\u201ct0k3n\u201d", "`t0k3n`"]
)
def test_a_token_in_quotes_is_named_as_such(token: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{token}\n", encoding="utf-8")
    for environ, options in (
        ({}, {"api_token": token}),
        ({}, {"api_token_file": str(file)}),
        ({"TSTOKEN": token}, {}),
    ):
        with pytest.raises(SettingsError, match="stands in quotes") as refused:
            resolve(environ, **options)
        assert "t0k3n" not in str(refused.value)


@pytest.mark.parametrize("name", ["TSTOKEN", "export TURBOSTACK_API_TOKEN", "TSTOKEN "])
def test_a_line_for_a_shell_is_no_token(name: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{name}=t0k3n\n")
    with pytest.raises(SettingsError, match="name of a variable") as refused:
        resolve(api_token_file=str(file))
    assert "t0k3n" not in str(refused.value)


@pytest.mark.parametrize("token", ["tw0 words", "l1ne\nbr34k", "tök3n", "Bearer b 3", "t0k\x003n"])
def test_a_token_that_fits_no_header_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(SettingsError, match="no token has") as refused:
        resolve(api_token=token)
    assert token.split()[-1] not in str(refused.value)


def test_a_token_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing, empty, binary = tmp_path / "missing", tmp_path / "empty", tmp_path / "binary"
    empty.write_text("\n")
    binary.write_bytes(b"\x89PNG\xff")
    for path, said in ((missing, "No such file"), (empty, "empty"), (binary, "not text")):
        with pytest.raises(SettingsError, match=said) as refused:
            resolve({"TSTOKEN": "t0k3n"}, api_token_file=str(path))
        assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("option", "environ", "verify"),
    [
        (None, "False", False),
        (None, "no", False),
        (None, "True", True),
        (True, "False", True),
        (False, "True", False),
    ],
)
def test_validate_certs(option: bool | None, environ: str, verify: bool) -> None:
    variables = {"TURBOSTACK_VALIDATE_CERTS": environ}
    assert resolve(variables, validate_certs=option, **TOKEN).verify is verify


def test_a_ca_bundle_is_used_unless_nothing_is_checked(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("")
    environ = {"TURBOSTACK_CA_PATH": str(bundle)}
    assert resolve(environ, **TOKEN).verify == str(bundle)
    assert resolve(environ, validate_certs=False, **TOKEN).verify is False
    with pytest.raises(SettingsError, match="does not exist"):
        resolve(ca_path=str(tmp_path / "nowhere.pem"), **TOKEN)


@pytest.mark.parametrize(
    "options",
    [
        {"api_timeout": 0},
        {"api_timeout": -1},
        {"api_timeout": "soon"},
        {"api_timeout": float("nan")},
        {"api_retries": -1},
        {"api_retry_max_delay": -1},
        {"validate_certs": "perhaps"},
    ],
)
def test_values_that_mean_nothing_are_refused(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(SettingsError, match=name):
        resolve(**options, **TOKEN)


def test_what_travels_to_another_machine() -> None:
    environ = {
        "TURBOSTACK_API_URL": "https://example.com",
        "TSTOKEN": "t0k3n",
        "TURBOSTACK_VALIDATE_CERTS": "",
        "TURBOSTACK_CA_PATH": "/controller/ca.pem",
        "TURBOSTACK_API_TOKEN_FILE": "/controller/token",
    }
    assert environment_options({}, environ) == {
        "api_url": "https://example.com",
        "api_token": "t0k3n",
    }
    given = {"api_url": "https://other", "api_token_file": "/bastion/token"}
    assert environment_options(given, environ) == {}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (DEFAULT_URL, "https://my.turbostack.app"),
        ("https://MY.TurboStack.app:443/api/v1/", "https://my.turbostack.app"),
        ("https://my.turbostack.app.", "https://my.turbostack.app"),
        ("https://example.com:8443/Turbo", "https://example.com:8443/Turbo"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_a_platform_has_one_name_however_its_url_is_written(url: str, name: str) -> None:
    assert platform(url) == name
    assert resolve(api_url=url, **TOKEN).platform == name
