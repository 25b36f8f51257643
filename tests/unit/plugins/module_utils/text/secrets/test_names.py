# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names speak of secrets."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.assignments import (
    STEMS,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.names import (
    is_secret_name,
)

SECRET = """
    password Password PASSWORD db_password DB-PASSWORD dbPassword db.password password2 passwords mysql_root_password
    passwd admin_passwd passphrase passcode pass db_pass dbpass DB_PASS mysqlPass mailserver_pass pwd userPwd userpwd
    pw db_pw dbpw rootpw olcRootPW default_pw psk pvk cert_pvk salt creds
    secret clientSecret secret_key SECRET_KEY_BASE app_secret secrets token api_token apiToken X-Auth-Token tokens
    token_list
    auth_key AUTH_KEY secure_auth_key SECURE_AUTH_KEY logged_in_key nonce_key auth_salt secure_auth_salt logged_in_salt
    nonce_salt NONCE_SALT nonceSalt nonce-salt hash_salt requirepass masterauth basic_auth basicAuth BASIC-AUTH
    wachtwoord db_wachtwoord passwort Passwort kennwort mot_de_passe motDePasse contraseña contrasena CONTRASEÑA senha
    lösenord hasło geheim adgangskode
    api_key apiKey API-KEY X-Api-Key APIKey private_key privateKey access_key encryption_key encryptionKey crypt_key
    master_key app_key APP_KEY application_key consumer_key license_key shared_key preshared_key PresharedKey
    cookie_key des_key signing_key validation_key AccountKey SharedAccessKey aws_secret_access_key aws_access_key_id
    secret_id
    erlang_cookie wsrep_sst_auth
""".split()
OTHER = """
    key keys ssh_keys public_key publicKey username user author AuthType auth_basic secure_auth smtp_auth authentication
    primary_key foreign_key cache_key key_buffer_size keyboard monkey turkey hotkey sort_key key_name ssl_key
    PasswordAuthentication password_authentication password_hash_cost password_policy password_length password_file
    passwordFile api_token_file token_lifetime tokenLifetime token_ttl token_ring token_type token_endpoint
    token_url
    tokens_per_minute secretName secret_name secretKeyRef pvk_path proxy_pass fastcgi_pass uwsgi_pass grpc_pass
    ProxyPass
    bypass compass encompass passenger passive passed passport password_reset password_encryption tokenizer
    tokenize passwordless NOPASSWD nopass secretary jsonwebtoken ServerTokens server_tokens php_version has_session
    motd hash hashes authorized_keys auth_user_pass askpass basic_auth_enabled mypwsomething pwm powder
""".split()


@pytest.mark.parametrize("name", SECRET)
def test_secret_names(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["", " ", "_", "123", "ß", *OTHER])
def test_other_names(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("name", SECRET)
def test_what_is_looked_for_first_is_in_every_secret_name(name: str) -> None:
    assert any(stem in name.lower() for stem in STEMS)
