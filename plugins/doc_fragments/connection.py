# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of every connection to the TurboStack API."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: hosted_power.turbostack.connection)."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the TurboStack platform, without C(/api/v1).
      - Must be C(https://); plain C(http://) is accepted for addresses of the machine itself only.
      - If it is not set, or empty, the environment variable E(TURBOSTACK_API_URL) is used, and
        C(https://my.turbostack.app) where that is not set either.
    type: str
  api_token:
    description:
      - A personal access token of the platform.
      - If it is not set, or empty, the token is taken from O(api_token_file), from the environment
        variables E(TURBOSTACK_API_TOKEN) and E(TSTOKEN), and from the file that the environment variable
        E(TURBOSTACK_API_TOKEN_FILE) names, in this order.
    type: str
  api_token_file:
    description:
      - Path of a file that holds the token and nothing else, in UTF-8. A byte order mark and line breaks around
        it are ignored; quotes around it are refused.
      - The file is read on the machine that makes the request. That is the controller, unless the task is
        delegated to another machine.
    type: path
  validate_certs:
    description:
      - Whether the server's certificate must be valid.
      - If it is not set, the environment variable E(TURBOSTACK_VALIDATE_CERTS) is used, and V(true) where
        that is not set either.
    type: bool
  ca_path:
    description:
      - Path of a bundle of CA certificates (PEM) to trust instead of the usual ones.
      - If it is not set, or empty, the environment variable E(TURBOSTACK_CA_PATH) is used, else
        E(REQUESTS_CA_BUNDLE) or E(CURL_CA_BUNDLE).
    type: path
  api_timeout:
    description:
      - Seconds that one request may take.
    type: float
    default: 30
  api_retries:
    description:
      - How often a request is repeated that failed for a reason that may pass, that is a broken connection
        or a fault of the server (5xx).
      - A request that starts a deployment is repeated only where it surely had no effect.
    type: int
    default: 5
  api_retry_max_delay:
    description:
      - Seconds to wait before a repetition at most, whatever the server's C(Retry-After) asks for.
    type: float
    default: 60
  api_rate_limit_timeout:
    description:
      - Seconds that one request may wait for its turn at most, where the platform's rate limit (status 429) is used
        up. To be refused by it is no failure, and does not count for O(api_retries).
      - All forks of a run keep to one pace. After a refusal nobody asks before the time that the platform gives, and
        then one goes ahead.
    type: float
    default: 900
requirements:
  - requests
notes:
  - The usual proxy variables (E(HTTPS_PROXY), E(NO_PROXY)) are honoured; networks in E(NO_PROXY) may be of IPv4
    and IPv6.
"""
