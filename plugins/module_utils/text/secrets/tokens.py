# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens whose makers gave them looks of their own, and passwords that were hashed."""

from __future__ import annotations

from .rule import Rule, rule
from .values import is_a_literal, is_a_value

_A = "[A-Za-z0-9]"
_AD = "[A-Za-z0-9_-]"
# Of invented tokens, so that no scanner of secrets takes one for a real one.
_X = "aB3dE6gH9jK2mN5pQ8"


def _token(name: str, example: str, pattern: str, *hints: str) -> Rule:
    """A word of its own: nothing that could belong to it stands before it."""
    return rule(name, f"x «{example}» y", rf"(?<!{_A})(?:{pattern})", *hints)


TOKENS = (
    _token("GitHub", "ghp_" + _X, rf"gh[pousr]_{_A}{{16,}}", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    _token("GitHub, fine-grained", "github_pat_" + _X * 2, r"github_pat_\w{20,}", "github_pat_"),
    _token("GitLab", "glpat-" + _X,
           r"gl(?:pat|dt|rt|cbt|ptt|soat|ft|agent|oas|imt|ffct)-[A-Za-z0-9_.-]{16,}",
           "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-",
           "glft-", "glagent-", "gloas-", "glimt-", "glffct-"),
    _token("Stripe", "sk_live_" + _X, rf"(?:sk|rk)_(?:live|test)_{_A}{{10,}}", "k_live_", "k_test_"),
    _token("signing key of a webhook", "whsec_" + _X, r"whsec_[A-Za-z0-9+/=]{16,}", "whsec_"),
    _token("Mollie", "live_" + _X * 2, rf"(?:live|test)_{_A}{{30,}}", "live_", "test_"),
    _token("AWS", "AKIA" + "QRSTUVWX" * 2, r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])", "akia", "asia"),
    _token("Slack", "xoxb-" + _X, r"xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}",
           "xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"),
    _token("Google", "AIza" + _X * 2, rf"AIza{_AD}{{35,}}|ya29\.{_AD}{{20,}}|GOCSPX-{_AD}{{20,}}",
           "aiza", "ya29.", "gocspx-"),
    _token("SendGrid", f"SG.{_X}.{_X}", rf"SG\.{_AD}{{16,}}\.{_AD}{{16,}}", "sg."),
    _token("Brevo", "xkeysib-" + "0a1b" * 9, r"x(?:key|smtp)sib-[A-Za-z0-9-]{32,}", "xkeysib-", "xsmtpsib-"),
    _token("Mailgun", "key-" + "3ax6" * 8, r"key-[0-9a-z]{32}(?![0-9a-z])", "key-"),
    _token("Mailchimp", "0a1b" * 8 + "-us12", r"[0-9a-f]{32}-us\d{1,2}(?!\w)", "-us"),
    rule("Telegram", "https://api.telegram.org/bot«110201543:AA" + _X * 2 + "»/getMe",
         rf"(?:(?<=\bbot)|(?<!\w))\d{{8,10}}:AA{_AD}{{30,}}", ":aa"),
    _token("npm", "npm_" + _X * 2, rf"npm_{_A}{{36}}", "npm_"),
    _token("PyPI", "pypi-AgE" + _X * 2, rf"pypi-AgE{_AD}{{32,}}", "pypi-age"),
    _token("Docker Hub", "dckr_pat_" + _X * 2, rf"dckr_(?:pat|oat)_{_AD}{{20,}}", "dckr_"),
    _token("DigitalOcean", "dop_v1_" + "0a1b" * 9, r"do[opr]_v1_[a-f0-9]{32,}", "_v1_"),
    _token("Hugging Face", "hf_" + _X * 2, rf"hf_{_A}{{30,}}", "hf_"),
    _token("Shopify", "shpat_" + "0a1b" * 8, r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
           "shpat_", "shpca_", "shppa_", "shpss_"),
    _token("Vault", "hvs." + _X * 2, rf"hv[sbr]\.{_AD}{{20,}}", "hvs.", "hvb.", "hvr."),
    _token("New Relic", "NRAK-" + "QRSTUVWX" * 4, r"NR(?:AK|AA|II|JS)-[A-Za-z0-9]{19,}",
           "nrak-", "nraa-", "nrii-", "nrjs-"),
    _token("Atlassian", "ATATT3" + _X * 2, r"AT(?:ATT3|BB)[A-Za-z0-9_=-]{24,}", "atatt3", "atbb"),
    _token("Grafana", "glsa_" + _X * 2 + "_0a1b", rf"gl(?:sa|c)_{_A}{{20,}}[A-Za-z0-9_+/=]*", "glsa_", "glc_"),
    _token("Tailscale", "tskey-auth-" + _X, r"tskey-[a-z]{2,10}-[A-Za-z0-9-]{10,}", "tskey-"),
    _token("Sentry", "sntrys_" + _X * 2, r"sntry[su]_[A-Za-z0-9_=+/-]{20,}", "sntrys_", "sntryu_"),
    _token("PlanetScale", "pscale_pw_" + _X * 2, rf"pscale_(?:pw|tkn|oauth)_{_AD}{{20,}}", "pscale_"),
    _token("Postman", "PMAK-" + _X * 2, r"PMAK-[A-Za-z0-9-]{24,}", "pmak-"),
    _token("Linear", "lin_api_" + _X * 2, rf"lin_(?:api|oauth)_{_A}{{20,}}", "lin_api_", "lin_oauth_"),
    _token("Notion", "ntn_" + _X * 2, rf"ntn_{_A}{{30,}}", "ntn_"),
    _token("Databricks", "dapi" + "0a1b" * 8, r"dapi[0-9a-f]{32}", "dapi"),
    _token("SonarQube", "squ_" + "0a1b" * 10, r"sq[upa]_[0-9a-f]{40}", "squ_", "sqp_", "sqa_"),
    _token("RubyGems", "rubygems_" + "0a1b" * 10, r"rubygems_[0-9a-f]{40,}", "rubygems_"),
    _token("Pulumi", "pul-" + "0a1b" * 10, r"pul-[0-9a-f]{40}", "pul-"),
    _token("Doppler", "dp.pt." + _X * 2, r"dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{20,}", "dp."),
    _token("Dynatrace", "dt0c01." + "QRSTUVWX" * 3, r"dt0[a-z]\d{2}\.[A-Z0-9]{20,}(?:\.[A-Z0-9]+)?", "dt0"),
    _token("Square", "sq0csp-" + _X * 2, rf"sq0[a-z]{{3}}-{_AD}{{20,}}", "sq0"),
    _token("Facebook", "EAAC" + _X * 4, rf"EAA[A-Z]{_A}{{60,}}", "eaa"),
    _token("Azure", "abc8Q~" + _X * 2, r"[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{31,}", "q~"),
    _token("WooCommerce", "cs_" + "0a1b" * 10, r"c[ks]_[0-9a-f]{40}", "cs_", "ck_"),
    # Not a host name that begins with a country's code.
    _token("OpenAI and others", "sk-" + _X * 2,
           rf"sk-(?={_AD}{{0,99}}[A-Z])(?={_AD}{{0,99}}[0-9]){_AD}{{20,}}", "sk-"),
    # Its header is short, and bounded so that a text of nothing but "eyJ" stays cheap.
    _token("JSON Web Token", f"eyJ{_X}.{_X}.{_X}", rf"(?<![_-])eyJ{_AD}{{6,2000}}\.{_AD}{{6,}}\.{_AD}*", "eyj"),
    _token("Laravel's key", "base64:" + _X * 2 + "aB3dE6g=", r"base64:[A-Za-z0-9+/]{40,}={0,2}", "base64:"),
    # The row's number, a bar, 40 characters and more, such as this platform's own.
    _token("Laravel's access token", "12|" + _X * 3, rf"\d{{1,12}}\|{_A}{{40,}}", "|"),
    _token("Cloudflare's tunnel", "eyJhIjoi" + _X * 2, r"eyJhIjoi[A-Za-z0-9+/=_-]{20,}", "eyjhijoi"),
    # Encrypted Laravel cookies and the like: JSON in base64 that begins with iv.
    _token("Laravel's cookie", "eyJpdiI6" + _X * 2, r"eyJpdiI6[A-Za-z0-9+/%=_-]{20,}", "eyjpdii6"),
)  # fmt: skip

HASHES = (
    rule(
        "crypt",
        "admin:«$6$usesomesillystri$KqJWpanXZHKq2BOB43TSaYhEWsQ1Lr5QN»:19000",
        # Within a compose file each dollar is written twice.
        r"\$(?:\$?)(?:apr1|1|2[abxy]|5|6|7|y|gy|md5|sha1|argon2(?:id?|d)|pbkdf2-sha\d+)\${1,2}[A-Za-z0-9./+=,$-]{8,}",
        "$",
        is_secret=lambda text: "$" in text[2:] and sum(map(str.isalnum, text)) > 20,
    ),
    rule(
        "PHP's portable hash",
        "«$P$B55D6LjfHDkINU5wF.v2BuuzO0/XPk/»",
        r"\$[PHS]\$[A-Za-z0-9./]{28,}",
        "$p$",
        "$h$",
        "$s$",
    ),
    rule(
        "LDAP and Dovecot",
        "userPassword: «{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3»",
        r"\{S?(?:SHA|MD5|SHA256|SHA384|SHA512|SMD5|CRYPT|SHA512-CRYPT|SHA256-CRYPT|BLF-CRYPT|MD5-CRYPT|ARGON2ID?|PBKDF2)\}"
        r"[A-Za-z0-9+/=.$,]{8,}",
        "sha}",
        "md5}",
        "sha256}",
        "sha384}",
        "sha512}",
        "crypt}",
        "argon2i}",
        "argon2id}",
        "pbkdf2}",
    ),
    rule(
        "Dovecot, plain",
        "an@example.com:{PLAIN}«winterkoning»:5000:5000",
        r"\{(?:PLAIN|CLEAR|CLEARTEXT|PLAIN-MD5)\}([^\s:]+)",
        "{plain",
        "{clear",
    ),
    rule(
        "MySQL",
        "AS '«*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19»'",
        r"(?<![\w*])\*[0-9A-F]{40}(?![\w])",
        "*",
    ),
    rule(
        "MySQL, sha2",
        "AS '«$A$005$abcdefghijklmnopqrstuvwxyz»'",
        r"\$A\$005\$[^'\"\n]{20,}",
        "$a$005$",
    ),
    rule(
        "PostgreSQL",
        '"shop" "«md53175bce1d3201d16594cebf9d7eb3f9d»"',
        r"\bmd5[0-9a-f]{32}\b",
        "md5",
    ),
    rule(
        "SCRAM",
        "'«SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy»'",
        r"SCRAM-SHA-\d+\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=:]+",
        "scram-sha-",
    ),
    rule(
        "Django and Werkzeug",
        "«pbkdf2_sha256$600000$c2FsdHNhbHQ$c2VjcmV0aGFzaA=»",
        r"(?:pbkdf2[_:]sha\d+|scrypt|bcrypt_sha256)[$:][\w:]{1,40}\$[A-Za-z0-9+/=$.]{10,}",
        "pbkdf2",
        "scrypt",
    ),
    rule(
        "htdigest",
        "an:Private files:«939e7578ed9e3c518a452acee763bce9»",
        r"^[^\s:]{1,64}:[^:\n]{1,64}:([0-9a-f]{32})$",
        ":",
    ),
    rule(
        "Solr",
        '{"solr": "«IV0EHq1OnNrj6gvRCwvFwTrZ1+z1oBbnQdiVC3otuq0= Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c=»"}',
        r"\"([A-Za-z0-9+/]{43}= [A-Za-z0-9+/]{43}=)\"",
        "= ",
    ),
)

# What follows is secret because of what stands before it.
ADDRESSES = (
    rule(
        "password in a URL",
        "mysql://shop:«zonnebloem»@10.0.0.5/shop",
        # Up to the last @: a password may hold one.
        r"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/?#:@\"'<>]{0,200}:([^\s/?#\"'<>]{1,500})@",
        "://",
        is_secret=is_a_literal,
    ),
    rule(
        "key in a URL",
        "sendgrid+api://«aB3dE6gH9jK2»@default",
        r"\b[a-z0-9]{2,20}\+(?:api|https?|smtps?)://([^\s/?#:@\"'<>]{1,200})@",
        "+api://",
        "+http",
        "+smtp",
        is_secret=is_a_value,
    ),
    rule(
        "webhook",
        "https://hooks.slack.com/services/«T0001/B0001/XXXX»",
        r"(?:hooks\.slack\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks/\d+"
        r"|chat\.googleapis\.com/v1/spaces|\.webhook\.office\.com/webhookb2)/([A-Za-z0-9/_@-]+)",
        "hooks.slack.com",
        "/api/webhooks/",
        "chat.googleapis.com",
        "webhook.office.com",
    ),
    rule(
        "signature of a URL",
        "https://x.blob.core.windows.net/x?sv=2022&sig=«aBcD1234%2FefGh%3D»",
        r"(?i:[?&](?:sig|x-amz-signature|x-goog-signature|hmac|signature)=)([^\s&\"'<>#]{12,})",
        "sig",
        "hmac",
    ),
    rule(
        "password of a Redis URL",
        "tcp://10.0.0.4:6379?auth=«roodborst»&database=2",
        r"[?&]auth(?:\[\])?=([^\s&\"'<>]+)",
        "auth",
        is_secret=is_a_value,
    ),
)
