# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last day on which the makers of a product support a version of it: a table.

Not in here is what has no such date yet, which is unknown then, and never fine. Which key holds versions of which
product stands in C(document/known_keys.py), or else in the key's name: C(mysql_version).
"""

from __future__ import annotations

import datetime
from functools import lru_cache

from ..document.known_keys import TURBOSTACK
from .end_of_life import EndOfLife, Product, numbers

#: The day on which the dates were last compared with their sources.
CHECKED = "2026-04-30"

_PRODUCTS = {
    "php": (
        "PHP",
        "https://www.php.net/supported-versions.php",
        {
            "5.6": "2018-12-31",
            "7.0": "2019-01-10",
            "7.1": "2019-12-01",
            "7.2": "2020-11-30",
            "7.3": "2021-12-06",
            "7.4": "2022-11-28",
            "8.0": "2023-11-26",
            "8.1": "2025-12-31",
            "8.2": "2026-12-31",
            "8.3": "2027-12-31",
            "8.4": "2028-12-31",
            "8.5": "2029-12-31",
        },
    ),
    "mysql": (
        "MySQL",
        "https://www.oracle.com/us/support/library/lifetime-support-technology-069183.pdf",
        {
            "5.5": "2018-12-31",
            "5.6": "2021-02-28",
            "5.7": "2023-10-31",
            "8.0": "2026-04-30",
            "8.1": "2023-10-25",
            "8.2": "2023-12-14",
            "8.3": "2024-04-10",
            "8.4": "2032-04-30",
            "9.0": "2024-10-15",
            "9.1": "2025-01-21",
            "9.2": "2025-04-15",
            "9.3": "2025-07-22",
            "9.4": "2025-10-21",
            "9.5": "2026-01-20",
            "9.6": "2026-04-21",
        },
    ),
    "mariadb": (
        "MariaDB",
        "https://mariadb.org/about/#maintenance-policy",
        {
            "10.4": "2024-06-18",
            "10.5": "2025-06-24",
            "10.6": "2026-07-06",
            "10.11": "2028-02-16",
            "11.4": "2029-05-29",
            "11.8": "2028-06-04",
        },
    ),
    "postgresql": (
        "PostgreSQL",
        "https://www.postgresql.org/support/versioning/",
        {
            "9.6": "2021-11-11",
            "10": "2022-11-10",
            "11": "2023-11-09",
            "12": "2024-11-21",
            "13": "2025-11-13",
            "14": "2026-11-12",
            "15": "2027-11-11",
            "16": "2028-11-09",
            "17": "2029-11-08",
            "18": "2030-11-14",
        },
    ),
    "nodejs": (
        "Node.js",
        "https://github.com/nodejs/release#release-schedule",
        {
            "10": "2021-04-30",
            "12": "2022-04-30",
            "14": "2023-04-30",
            "16": "2023-09-11",
            "17": "2022-06-01",
            "18": "2025-04-30",
            "19": "2023-06-01",
            "20": "2026-04-30",
            "21": "2024-06-01",
            "22": "2027-04-30",
            "23": "2025-06-01",
            "24": "2028-04-30",
            "25": "2026-06-01",
        },
    ),
    "python": (
        "Python",
        "https://devguide.python.org/versions/",
        {
            "2.7": "2020-01-01",
            "3.6": "2021-12-23",
            "3.7": "2023-06-27",
            "3.8": "2024-10-07",
            "3.9": "2025-10-31",
            "3.10": "2026-10-31",
            "3.11": "2027-10-31",
            "3.12": "2028-10-31",
            "3.13": "2029-10-31",
            "3.14": "2030-10-31",
        },
    ),
    "elasticsearch": (
        "Elasticsearch",
        "https://www.elastic.co/support/eol",
        {
            "6": "2022-02-10",
            "7": "2026-01-15",
        },
    ),
}


@lru_cache(maxsize=4)
def end_of_life(today: datetime.date, soon_days: int = 0) -> EndOfLife:
    """The table as seen on a day.

    :param soon_days: an end of life within so many days is one that is coming.
    """
    products = {
        identity: Product(
            name,
            source,
            {numbers(version) or (): _day(ends) for version, ends in releases.items()},
        )
        for identity, (name, source, releases) in _PRODUCTS.items()
    }
    return EndOfLife(
        checked=_day(CHECKED),
        products=products,
        keys={key.name: key.product for key in TURBOSTACK.keys if key.product},
        today=today,
        soon=datetime.timedelta(days=soon_days),
    )


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
