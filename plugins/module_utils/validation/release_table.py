# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last day on which the makers of a product support a version of it: a table, and nothing else.

Each row has where that is said and the day on which it was last compared with that. docs/validation.md tells how the
rows are compared before a release. Not in here is what has no such date yet, which is unknown then, and never fine.
"""

from __future__ import annotations

from typing import NamedTuple


class Release(NamedTuple):
    """A row; days are written as in C(2026-04-30).

    :ivar product: what keys of a configuration find it by: C(mysql) of C(mysql_version).
    :ivar version: as its makers number what is supported as one.
    :ivar ends: the last day.
    :ivar source: the page that says so.
    :ivar checked: the day on which the row was last compared with it.
    """

    product: str
    version: str
    ends: str
    source: str
    checked: str


#: What products are called.
NAMES = {
    "php": "PHP",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "postgresql": "PostgreSQL",
    "nodejs": "Node.js",
    "python": "Python",
    "elasticsearch": "Elasticsearch",
}

_PHP = "https://www.php.net/supported-versions.php"
_MYSQL = "https://www.oracle.com/us/support/library/lifetime-support-technology-069183.pdf"
_MARIADB = "https://mariadb.org/about/#maintenance-policy"
_POSTGRESQL = "https://www.postgresql.org/support/versioning/"
_NODEJS = "https://github.com/nodejs/release#release-schedule"
_PYTHON = "https://devguide.python.org/versions/"
_ELASTICSEARCH = "https://www.elastic.co/support/eol"

RELEASES = (
    Release("php", "5.6", "2018-12-31", _PHP, "2026-04-30"),
    Release("php", "7.0", "2019-01-10", _PHP, "2026-04-30"),
    Release("php", "7.1", "2019-12-01", _PHP, "2026-04-30"),
    Release("php", "7.2", "2020-11-30", _PHP, "2026-04-30"),
    Release("php", "7.3", "2021-12-06", _PHP, "2026-04-30"),
    Release("php", "7.4", "2022-11-28", _PHP, "2026-04-30"),
    Release("php", "8.0", "2023-11-26", _PHP, "2026-04-30"),
    Release("php", "8.1", "2025-12-31", _PHP, "2026-04-30"),
    Release("php", "8.2", "2026-12-31", _PHP, "2026-04-30"),
    Release("php", "8.3", "2027-12-31", _PHP, "2026-04-30"),
    Release("php", "8.4", "2028-12-31", _PHP, "2026-04-30"),
    Release("php", "8.5", "2029-12-31", _PHP, "2026-04-30"),
    Release("mysql", "5.5", "2018-12-31", _MYSQL, "2026-04-30"),
    Release("mysql", "5.6", "2021-02-28", _MYSQL, "2026-04-30"),
    Release("mysql", "5.7", "2023-10-31", _MYSQL, "2026-04-30"),
    Release("mysql", "8.0", "2026-04-30", _MYSQL, "2026-04-30"),
    Release("mysql", "8.1", "2023-10-25", _MYSQL, "2026-04-30"),
    Release("mysql", "8.2", "2023-12-14", _MYSQL, "2026-04-30"),
    Release("mysql", "8.3", "2024-04-10", _MYSQL, "2026-04-30"),
    Release("mysql", "8.4", "2032-04-30", _MYSQL, "2026-04-30"),
    Release("mysql", "9.0", "2024-10-15", _MYSQL, "2026-04-30"),
    Release("mysql", "9.1", "2025-01-21", _MYSQL, "2026-04-30"),
    Release("mysql", "9.2", "2025-04-15", _MYSQL, "2026-04-30"),
    Release("mysql", "9.3", "2025-07-22", _MYSQL, "2026-04-30"),
    Release("mysql", "9.4", "2025-10-21", _MYSQL, "2026-04-30"),
    Release("mysql", "9.5", "2026-01-20", _MYSQL, "2026-04-30"),
    Release("mysql", "9.6", "2026-04-21", _MYSQL, "2026-04-30"),
    Release("mariadb", "10.4", "2024-06-18", _MARIADB, "2026-04-30"),
    Release("mariadb", "10.5", "2025-06-24", _MARIADB, "2026-04-30"),
    Release("mariadb", "10.6", "2026-07-06", _MARIADB, "2026-04-30"),
    Release("mariadb", "10.11", "2028-02-16", _MARIADB, "2026-04-30"),
    Release("mariadb", "11.4", "2029-05-29", _MARIADB, "2026-04-30"),
    Release("mariadb", "11.8", "2028-06-04", _MARIADB, "2026-04-30"),
    Release("postgresql", "9.6", "2021-11-11", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "10", "2022-11-10", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "11", "2023-11-09", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "12", "2024-11-21", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "13", "2025-11-13", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "14", "2026-11-12", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "15", "2027-11-11", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "16", "2028-11-09", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "17", "2029-11-08", _POSTGRESQL, "2026-04-30"),
    Release("postgresql", "18", "2030-11-14", _POSTGRESQL, "2026-04-30"),
    Release("nodejs", "10", "2021-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "12", "2022-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "14", "2023-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "16", "2023-09-11", _NODEJS, "2026-04-30"),
    Release("nodejs", "17", "2022-06-01", _NODEJS, "2026-04-30"),
    Release("nodejs", "18", "2025-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "19", "2023-06-01", _NODEJS, "2026-04-30"),
    Release("nodejs", "20", "2026-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "21", "2024-06-01", _NODEJS, "2026-04-30"),
    Release("nodejs", "22", "2027-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "23", "2025-06-01", _NODEJS, "2026-04-30"),
    Release("nodejs", "24", "2028-04-30", _NODEJS, "2026-04-30"),
    Release("nodejs", "25", "2026-06-01", _NODEJS, "2026-04-30"),
    Release("python", "2.7", "2020-01-01", _PYTHON, "2026-04-30"),
    Release("python", "3.6", "2021-12-23", _PYTHON, "2026-04-30"),
    Release("python", "3.7", "2023-06-27", _PYTHON, "2026-04-30"),
    Release("python", "3.8", "2024-10-07", _PYTHON, "2026-04-30"),
    Release("python", "3.9", "2025-10-31", _PYTHON, "2026-04-30"),
    Release("python", "3.10", "2026-10-31", _PYTHON, "2026-04-30"),
    Release("python", "3.11", "2027-10-31", _PYTHON, "2026-04-30"),
    Release("python", "3.12", "2028-10-31", _PYTHON, "2026-04-30"),
    Release("python", "3.13", "2029-10-31", _PYTHON, "2026-04-30"),
    Release("python", "3.14", "2030-10-31", _PYTHON, "2026-04-30"),
    Release("elasticsearch", "6", "2022-02-10", _ELASTICSEARCH, "2026-04-30"),
    Release("elasticsearch", "7", "2026-01-15", _ELASTICSEARCH, "2026-04-30"),
)
