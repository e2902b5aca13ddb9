"""The postings of an open pack: which articles hold a gram, and how many."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import postings

BLOCK = 16384
"""Bytes of postings in one row of `gram_block`: several pages, so that next to nothing of a page stays empty."""

KEPT_BYTES = 600_000
"""Bytes of the packed lists that are kept in memory: those of the last queries."""
KEPT_COUNTS = 20_000
_LONGEST = 64 << 20
"""Bytes of one list that are believed: each of all articles that can be, two bytes each."""

Rows = Callable[[str, Sequence[object]], list[tuple[object, ...]]]


class GramStore:
    """Reads the gram tables. `rows` runs a statement, `damaged` makes the error to raise.

    Fields are "title", "answer" and "choseong". What was read last is kept: one key changes few grams of a query.
    """

    def __init__(self, rows: Rows, articles: int, damaged: Callable[[], Exception]) -> None:
        self._rows, self._articles, self._damaged = rows, articles, damaged
        self._kept_lists: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._kept_size = 0
        self._kept_counts: dict[tuple[str, str], int] = {}
        self.beginning = lru_cache(maxsize=2000)(self._beginning)

    def count(self, field: str, gram: str) -> int:
        """How many articles hold a gram."""
        found = self._kept_counts.get((field, gram))
        return self.counts(field, (gram,))[0] if found is None else found

    def counts(self, field: str, wanted: Sequence[str]) -> list[int]:
        """How many articles hold each of some grams: one reading for all that are not known yet."""
        kept = self._kept_counts
        missing = [gram for gram in wanted if (field, gram) not in kept]
        if missing:
            if len(kept) > KEPT_COUNTS:
                kept.clear()
                missing = list(wanted)
            rows = self._rows(
                f"select value, n from json_each(?) left join gram_{field} on gram=value",
                (json_list(missing),),
            )
            for gram, count in rows:
                if not isinstance(count, int | None) or not 0 <= (count or 0) <= self._articles:
                    raise self._damaged()
                kept[(field, str(gram))] = count or 0
        return [kept[(field, gram)] for gram in wanted]

    def _beginning(self, field: str, start: str) -> tuple[str, ...]:
        rows = self._rows(
            f"select gram from gram_{field} where gram>=? and gram<? and n>0 order by n desc limit 40",
            (start, start + "\uffff"),
        )
        return tuple(str(row[0]) for row in rows)

    def ids(self, field: str, gram: str) -> postings.Ids:
        """The numbers of the articles that hold a gram, ascending."""
        return self.joined(field, (gram,))[0]

    def lists(self, field: str, wanted: Sequence[str]) -> list[postings.Ids]:
        """`ids` of some grams."""
        numbers, sizes = self.joined(field, wanted)
        return np.split(numbers, np.cumsum(sizes)[:-1])

    def joined(self, field: str, wanted: Sequence[str]) -> tuple[postings.Ids, NDArray[np.int64]]:
        """The lists of some grams end to end, and the length of each, with one reading for all that are not kept."""
        missing = [gram for gram in wanted if (field, gram) not in self._kept_lists]
        for gram, packed in self._read_lists(field, missing) if missing else ():
            self._kept_lists[(field, gram)] = packed
            self._kept_size += len(packed)
        found = []
        for gram in wanted:
            self._kept_lists.move_to_end((field, gram))
            found.append(self._kept_lists[(field, gram)])
        while self._kept_size > KEPT_BYTES and len(self._kept_lists) > 1:
            self._kept_size -= len(self._kept_lists.popitem(last=False)[1])
        try:
            return postings.decode_all(found, self._articles)
        except ValueError as error:
            raise self._damaged() from error

    def _read_lists(self, field: str, wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Grams and their packed lists, after the changes."""
        rows = self._rows(
            f"select value, postings, place, size, changes from json_each(?) left join gram_{field} on gram=value",
            (json_list(wanted),),
        )
        blocks = self._blocks([(place, size) for _, _, place, size, _ in rows if place is not None])
        for gram, blob, place, size, changes in rows:
            try:
                if place is not None:
                    blob = _stretch(blocks, place, size)  # type: ignore[arg-type]  # checked by _blocks
                # A gram that came with an update has changes only.
                blob = postings.EMPTY if blob is None else _bytes(blob)
                if changes is not None:
                    # Articles that an update removed stand in the list, behind the last number, and in its changes.
                    ids = postings.decode(blob, postings.MOST)
                    blob = postings.encode(postings.changed(ids, _bytes(changes), self._articles))
            except (ValueError, KeyError) as error:
                raise self._damaged() from error
            yield str(gram), blob

    def _blocks(self, stretches: Sequence[tuple[object, object]]) -> dict[int, bytes]:
        """The blocks that these stretches (place, size) lie in, in one reading."""
        wanted: set[int] = set()
        for place, size in stretches:
            if not (isinstance(place, int) and isinstance(size, int) and place >= 0 < size <= _LONGEST):
                raise self._damaged()
            wanted.update(range(place // BLOCK, (place + size - 1) // BLOCK + 1))
        if not wanted:
            return {}
        rows = self._rows(
            "select b.id, b.data from json_each(?) n join gram_block b on b.id=n.value",
            (json_list(sorted(wanted)),),
        )
        return {number: data for number, data in rows if isinstance(number, int) and isinstance(data, bytes)}


def _stretch(blocks: dict[int, bytes], place: int, size: int) -> bytes:
    """`size` bytes of the blocks from `place` on; KeyError or ValueError where these are not there."""
    first, start = divmod(place, BLOCK)
    last = (place + size - 1) // BLOCK
    found = b"".join([blocks[number] for number in range(first, last + 1)])[start : start + size]
    if len(found) != size:
        raise ValueError("a block is too short")
    return found


def json_list(values: Sequence[object]) -> str:
    """Values as one parameter for `json_each`."""
    return json.dumps(values, ensure_ascii=False)


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("not bytes")
    return value
