# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole lists out of pages: complete, each row once, whatever moves meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .agreement import Agreement
from .api import Api
from .envelope import open_page, row_id
from .errors import BodyError, StatusError

DEFAULT_SIZE = 100

# Asked for in turn when the server refuses a size; None asks for no size at all.
_SMALLER_SIZES = (50, 15, None)
_REFUSED = (400, 422)
# How often pages that moved while they were read are read anew, several at once.
_ROUNDS = 4
# How often, after that, the whole list is read page by page.
_WALKS = 4
# How often a list is read that nobody counts, or whose order changes. Of 10,000 rows on 100 pages, each in an
# order of its own, one reading finds two thirds.
_READINGS = 20
# After so many pages in a row without a new row a list without end is not followed any further.
_ENDLESS = 5
# A last page beyond it is not believed; then the rows themselves show where the list ends.
_MOST_PAGES = 1_000_000

Make = Callable[[int, dict[str, Any]], Any]
Progress = Callable[[int, "int | None"], None]


def _as_it_came(number: int, row: dict[str, Any]) -> Any:
    return row


@dataclass(frozen=True)
class _Page:
    """A page as it was at one moment.

    :ivar rows: what was made of the rows, by id.
    :ivar last, total, more: see C(envelope.Page).
    """

    rows: dict[int, Any]
    last: int | None
    total: int | None
    more: bool | None


@dataclass(frozen=True)
class _End:
    """How reading onwards came to its end.

    :ivar repeats: the number of a page from which on nothing new came, although more was promised.
    :ivar is_certain: whether one answer alone shows that its page is the last.
    """

    repeats: int | None = None
    is_certain: bool = False


class List:
    """A list of the API, for instance C(List(api, "/hosts", "hosts")).

    :param path: below C(/api/v1).
    :param noun: what the rows are, in the plural.
    :param size: rows to ask for on a page; a server that gives fewer, or refuses the number, loses nothing.
    :param workers: how many pages are under way at once.
    :param make: what is to become of a row, given its id and the row; called in the thread that fetched it,
        while other pages are on their way.
    :param on_page: told of each page how many rows it holds, and how many there are on all pages, where the
        server says so; called in the thread that fetched it.
    """

    def __init__(
        self,
        api: Api,
        path: str,
        noun: str,
        *,
        size: int = DEFAULT_SIZE,
        workers: int = 1,
        make: Make = _as_it_came,
        on_page: Progress = lambda rows, total: None,
    ) -> None:
        self._api = api
        self._path = path
        self._noun = noun
        self._size: int | None = size
        self._workers = workers
        self._make = make
        self._on_page = on_page
        self._pages: dict[int, _Page] = {}

    def read(self) -> list[Any]:
        """Every row once.

        Where the total moves, or a row comes twice, while pages are read, those pages are read again that
        are older than the last change. A list that never holds still is read one page at a time, in the
        direction in which no row can slip by. One that nobody counts, or whose rows change their places, is
        read until the readings agree.

        :raises RequestError: when a page cannot be had, has an unknown shape, or when the pages do not make
            a whole.
        """
        first = self._first()
        self._pages = {1: first}
        if first.last is None:
            return self._read_onwards()
        self._read_again(self._outdated())
        for _round in range(_ROUNDS):
            if self._is_whole():
                return self.rows
            # With nothing to tell old from new, everything may have moved.
            self._read_again(self._outdated() or range(1, self._page_count() + 1))
        if self._is_whole():
            return self.rows
        return self._read_until_agreed() if self._order_changes() else self._walk()

    @property
    def rows(self) -> list[Any]:
        """What was read so far, each row once; after an error, a part of the list."""
        rows: dict[int, Any] = {}
        for number in sorted(self._pages):
            rows.update(self._pages[number].rows)
        return list(rows.values())

    # Pages in any order

    def _outdated(self) -> list[int]:
        """The pages that are missing, or older than the last change of the total."""
        newest = next(reversed(self._pages.values()))
        return [
            number
            for number in range(1, (newest.last or 1) + 1)
            if number not in self._pages or self._pages[number].total != newest.total
        ]

    def _read_again(self, numbers: Sequence[int]) -> None:
        last = 0
        with closing(self._fetch(numbers)) as pages:
            for number, page in zip(numbers, pages):  # noqa: B905 (ends with the pages)
                # Put in anew, so that the newest comes last.
                self._pages.pop(number, None)
                self._pages[number] = page
                last = page.last or last
                if not page.rows:
                    # Only rows are believed: a last page that runs away without any is not followed.
                    break
        for number in [each for each in self._pages if last and each > last]:
            del self._pages[number]

    def _is_whole(self) -> bool:
        """Whether all pages are of one list, and hold all of it."""
        pages = self._pages.values()
        totals = {page.total for page in pages}
        if len(totals) > 1:
            return False
        rows = {number for page in pages for number in page.rows}
        (total,) = totals
        if total is not None:
            return len(rows) == total
        lasts = {page.last for page in pages}
        return lasts == {len(pages)} and len(rows) == sum(len(page.rows) for page in pages)

    def _order_changes(self) -> bool:
        """Whether there are as many places as rows, and rows come twice all the same."""
        pages = self._pages.values()
        places = sum(len(page.rows) for page in pages)
        return {page.total for page in pages} in ({None}, {places}) and len(self.rows) < places

    def _read_until_agreed(self) -> list[Any]:
        """Read a list whose total is known but whose rows change their places."""
        agreement = Agreement()
        for _reading in range(_READINGS):
            agreed = agreement.observe(self._page_rows())
            if agreed is not None:
                return list(agreed.values())
            self._read_again(range(1, self._page_count() + 1))
        raise self._incomplete("its rows change their places from request to request")

    def _page_rows(self) -> list[dict[int, Any]]:
        return [self._pages[number].rows for number in sorted(self._pages)]

    # Page by page

    def _walk(self) -> list[Any]:
        """Read a list that does not hold still.

        A row that vanishes moves those behind it towards the first page: who reads from the last page to
        the first meets them all. A row that is added moves them the other way, so then the first comes first.
        Only rows that came or went during the walk may or may not be there.
        """
        totals = [page.total for page in self._pages.values()]
        for _attempt in range(_WALKS):
            known = [total for total in totals if total is not None]
            if not known:
                break
            shrinks = known[-1] < known[0]
            totals = self._walk_back() if shrinks else self._walk_on()
            if self._lost_nothing(totals, shrinks):
                return self.rows
        raise self._incomplete()

    def _walk_back(self) -> list[int | None]:
        number = self._page_count()
        self._pages = {}
        totals = []
        while number >= 1:
            page = self._pages[number] = self._page(number)
            totals.append(page.total)
            number -= 1
        return totals

    def _walk_on(self) -> list[int | None]:
        self._pages = {}
        totals = []
        number = last = 1
        while number <= last:
            page = self._pages[number] = self._page(number)
            totals.append(page.total)
            # Only rows are believed: a last page that runs away without any is not followed.
            last = (page.last or last) if page.rows else last
            number += 1
        return totals

    def _lost_nothing(self, totals: Sequence[int | None], shrinks: bool) -> bool:
        known = [total for total in totals if total is not None]
        if len(known) < len(totals) or known != sorted(known, reverse=shrinks):
            return False
        count = len({number for page in self._pages.values() for number in page.rows})
        if known[0] == known[-1]:
            return count == known[0]
        return count >= min(known)

    def _page_count(self) -> int:
        return max((page.last or 1 for page in self._pages.values()), default=1)

    # Without a last page

    def _read_onwards(self) -> list[Any]:
        """Page after page where nobody says how many there are, until the readings agree."""
        agreement = Agreement()
        for reading in range(1, _READINGS + 1):
            end = self._onwards()
            if end.repeats is not None:
                # It may be a row that was added in front and pushed others onto the next page.
                if reading < _ROUNDS:
                    self._pages = {1: self._page(1)}
                    continue
                raise self._incomplete(
                    f"page {end.repeats} repeats what came before, and there is no end to the pages"
                )
            totals = {page.total for page in self._pages.values()} - {None}
            if totals == {len(self.rows)}:
                return self.rows
            if not totals:
                if len(self._pages) == 1 and (end.is_certain or self._first_stays()):
                    return self.rows
                agreed = agreement.observe(self._page_rows())
                if agreed is not None:
                    return list(agreed.values())
            self._pages = {1: self._page(1)}
        raise self._incomplete(
            None if totals else "nobody counts its rows, and no two readings find the same"
        )

    def _onwards(self) -> _End:
        """Read on from the first page until nothing new comes."""
        page, number, fruitless = self._pages[1], 1, 0
        known = set(page.rows)
        while page.rows and page.more is not False:
            before, number = page, number + 1
            page = self._page(number)
            if page.rows.keys() == before.rows.keys():
                # The server knows no page behind the last, or no pages at all, and gives the same again.
                return _End(repeats=number) if page.more else _End(is_certain=True)
            fruitless = fruitless + 1 if known.issuperset(page.rows) else 0
            if page.rows and fruitless == _ENDLESS:
                return _End(repeats=number - fruitless + 1)
            known.update(page.rows)
            if page.rows:
                self._pages[number] = page
        return _End(is_certain=number == 1)

    def _first_stays(self) -> bool:
        """Whether no row slipped from the second page onto the first before the second was looked at."""
        return self._page(1).rows.keys() == self._pages[1].rows.keys()

    # One page

    def _fetch(self, numbers: Sequence[int]) -> Generator[_Page, None, None]:
        """The pages in this order, at most C(workers) under way, none fetched long before it is taken."""
        if self._workers <= 1 or len(numbers) == 1:
            yield from map(self._page, numbers)
            return
        pool = ThreadPoolExecutor(min(self._workers, len(numbers)), thread_name_prefix="turbostack")
        waiting = iter(numbers)
        under_way = deque(
            pool.submit(self._page, number) for number in islice(waiting, 2 * self._workers)
        )
        try:
            while under_way:
                page = under_way.popleft().result()
                under_way.extend(pool.submit(self._page, number) for number in islice(waiting, 1))
                yield page
        except BaseException:
            # Nobody waits out a pause for a page that is not wanted any more.
            self._api.call_off()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _first(self) -> _Page:
        try:
            return self._page(1)
        except StatusError as refusal:
            if refusal.status not in _REFUSED:
                raise
            for smaller in _SMALLER_SIZES:
                if smaller is not None and self._size is not None and smaller >= self._size:
                    continue
                self._size = smaller
                try:
                    return self._page(1)
                except StatusError as again:
                    if again.status not in _REFUSED:
                        raise
            raise refusal

    def _page(self, number: int) -> _Page:
        query = {"page": number} if self._size is None else {"size": self._size, "page": number}
        answer = self._api.get(self._path, query)
        opened = open_page("GET", self._shown, answer.body, self._noun)
        rows: dict[int, Any] = {}
        for row in opened.rows:
            identity = row_id("GET", self._shown, row, self._noun)
            rows[identity] = self._make(identity, row)
        self._on_page(len(rows), opened.total)
        return _Page(rows, _believed(opened.last, opened.total), opened.total, opened.more)

    @property
    def _shown(self) -> str:
        return f"/api/v1{self._path}"

    def _incomplete(self, said: str | None = None) -> BodyError:
        if said is None:
            totals = _listed(page.total for page in self._pages.values())
            said = f"the server counts {totals} {self._noun}, its pages hold {len(self.rows)}"
        return BodyError(
            "GET",
            self._shown,
            f"the list of {self._noun} is not complete: {said}, however often it is read",
            hint="If the fleet is being changed right now, try again in a moment.",
        )


def _believed(last: int | None, total: int | None) -> int | None:
    """The number of the last page, if there can be as many."""
    if last is None or last > _MOST_PAGES:
        return None
    return last if total is None else min(last, max(1, total))


def _listed(totals: Iterable[int | None]) -> str:
    return (
        " and ".join(str(total) for total in sorted({each for each in totals if each is not None}))
        or "no"
    )
