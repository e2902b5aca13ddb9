"""Brings a pack up to date: a few changed articles are written over a copy of it, many make a full build pay.

An update leaves the long lists of a gram as they are and adds to the gram's changes; the reader puts both together. The
numbers of articles stay dense: where one is removed, the last one takes its number. What a change of the whole
collection does to the weights of articles that stayed the same is left to the next full build.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import postings
from desktop.adapters.search.indexing import FIELDS, Gathered, Reading
from desktop.adapters.search.pack import Pack, check_languages
from desktop.adapters.storage import faq_pack
from desktop.adapters.storage.faq_pack import PackChanges
from desktop.domain.faq import Article

MOST_CHANGES = 3000
"""Articles changed since the last full build, from which on the next build is a full one again."""
MOST_SHARE = 0.05
"""The same as a share of the pack."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: `articles` in the pack, `indexed` of them anew (all in a full build), `index_bytes` beyond the
    text (an estimate after an update, when text and index share their pages), `index_s` seconds; of an update without
    copying the file and getting the copy onto the disk.
    """

    articles: int
    indexed: int
    index_bytes: int
    index_s: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """Articles by number that lose and that get their place, and how many there are afterwards.

    `total` is the old pack's content sum, `text_bytes` what its text takes, `due` the articles changed since the last
    full build, these included.
    """

    before: dict[int, Article]
    after: dict[int, Article]
    articles: int
    total: int
    text_bytes: int
    due: int

    @property
    def size(self) -> int:
        return len(self.before.keys() | self.after.keys())


def update_if_few(
    output: Path, name: str, articles: Sequence[Article], removed: Sequence[str], old: Path
) -> Summary | None:
    """`update_pack` that does nothing and returns None where a full build pays."""
    started = time.perf_counter()
    with closing(Pack(old)) as pack:
        plan = _plan(pack, articles, removed)
        if plan.due > min(MOST_CHANGES, MOST_SHARE * pack.articles):
            return None
        changes = _changes(pack, name, plan)
    return _written(old, output, plan, changes, started)


def update_pack(
    old: Path, output: Path, name: str, changed: Sequence[Article], removed: Sequence[str] = ()
) -> Summary:
    """Write the pack `old` anew: `changed` in place of articles of the same id, new ones behind, no ids of `removed`.

    `output` may be `old`. Raises PackError if the old pack cannot be used, OSError, sqlite3.Error.
    """
    started = time.perf_counter()
    with closing(Pack(old)) as pack:
        plan = _plan(pack, changed, removed)
        changes = _changes(pack, name, plan)
    # The old pack is closed before its place is taken: Windows replaces no file that is open.
    return _written(old, output, plan, changes, started)


def _written(old: Path, output: Path, plan: _Plan, changes: PackChanges, started: float) -> Summary:
    prepared_s = time.perf_counter() - started
    changed_s = faq_pack.write_update(old, output, changes)
    size = output.stat().st_size - int(changes.meta["text_bytes"])
    return Summary(plan.articles, plan.size, size, prepared_s + changed_s)


def _plan(pack: Pack, changed: Iterable[Article], removed: Iterable[str]) -> _Plan:
    wanted = {article.id: article for article in changed}
    gone = [article_id for article_id in removed if article_id not in wanted]
    found = {article_id: pack.number_of(article_id) for article_id in (*wanted, *gone)}
    numbers = {article_id: number for article_id, number in found.items() if number is not None}
    present = pack.articles_of(sorted(numbers.values()))
    before: dict[int, Article] = {}
    after: dict[int, Article] = {}
    last = pack.articles
    for article in wanted.values():
        number = numbers.get(article.id)
        if number is None:
            last += 1
            after[last] = article
        elif present[number] != article:
            before[number], after[number] = present[number], article
    holes = {numbers[article_id] for article_id in gone if article_id in numbers}
    before.update((number, present[number]) for number in holes)
    last = _fill_holes(pack, before, after, holes, last)
    try:
        total, text_bytes = int(pack.meta["content_sum"], 16), int(pack.meta["text_bytes"])
        due = int(pack.meta["changed"]) + len(before.keys() | after.keys())
    except (KeyError, ValueError) as error:
        raise pack.damaged() from error
    return _Plan(before, after, last, total, text_bytes, due)


def _fill_holes(
    pack: Pack, before: dict[int, Article], after: dict[int, Article], holes: set[int], last: int
) -> int:
    """Let the last articles take the numbers of removed ones; returns the last number then."""
    for hole in sorted(holes):
        while last in holes:
            last -= 1
        if hole > last:
            break
        if last in after:
            after[hole] = after.pop(last)
        else:
            before[last] = after[hole] = pack.articles_of([last])[last]
        holes.discard(hole)
        last -= 1
    while last in holes:
        last -= 1
    return last


def _changes(pack: Pack, name: str, plan: _Plan) -> PackChanges:
    # The new articles come first: their grams are then numbered, and their masses summed, as if they were read alone.
    owners = [*((number, True) for number in plan.after), *((number, False) for number in plan.before)]
    reading = Reading([*plan.after.values(), *plan.before.values()])
    tables = {field: _gram_changes(reading.fields[field], owners) for field in FIELDS}
    more = {gram: count for gram, count, _ in tables["title"]}
    title = reading.fields["title"].grams
    weights = {
        gram: postings.weight(plan.articles, count + more.get(gram, 0))
        for gram, count in zip(title, pack.grams.counts("title", title), strict=True)
    }
    languages, arrays = _arrays(pack, plan, reading)
    meta = {"name": name, "languages": json.dumps(languages), **_meta(pack, plan)}
    numbers = list(plan.after)
    documents = [(numbers[row[0] - 1], *row[1:]) for row in islice(reading.documents(weights), len(numbers))]
    return PackChanges(sorted(plan.before), plan.after, documents, tables, arrays, meta)


def _gram_changes(found: Gathered, owners: Sequence[tuple[int, bool]]) -> list[tuple[str, int, bytes]]:
    """For each gram that some article lost or got: how many more hold it, and which.

    `owners` has for each article that was read its number in the pack, and whether it comes.
    """
    lost, got = set[tuple[str, int]](), set[tuple[str, int]]()
    for gram, place in found.pairs():
        number, comes = owners[place - 1]
        (got if comes else lost).add((gram, number))
    more: dict[str, int] = {}
    changes: dict[str, bytearray] = {}
    for gram, number in sorted(lost ^ got):
        more[gram] = more.get(gram, 0) + (1 if (gram, number) in got else -1)
        changes.setdefault(gram, bytearray()).extend(postings.change(number))
    return [(gram, count, bytes(changes[gram])) for gram, count in more.items()]


def _arrays(pack: Pack, plan: _Plan, reading: Reading) -> tuple[list[str], dict[str, bytes]]:
    """The languages afterwards, and the arrays over the article numbers. `reading` begins with the articles that come.

    Work on all articles is left to calls that take bytes as they are: it would be a tenth of the whole update.
    """
    numbers = np.array(list(plan.after), dtype=np.int64) - 1
    most = np.iinfo(np.uint16).max
    arrays = {}
    for name, found in (("title_size", reading.title_size), ("answer_size", reading.answer_size)):
        sizes = np.minimum(found[: numbers.size], most)
        arrays[name] = _grown(pack.sizes[name], plan.articles, numbers, sizes).tobytes()
    names = list(dict.fromkeys([*pack.languages, *(article.lang for article in plan.after.values())]))
    check_languages(names)
    values = np.array([names.index(article.lang) for article in plan.after.values()], dtype=np.int64)
    places = _grown(pack.lang, plan.articles, numbers, values).tobytes()
    present = sorted(name for place, name in enumerate(names) if bytes((place,)) in places)
    moved = bytes(present.index(name) if name in present else 0 for name in names)
    arrays["lang"] = places.translate(moved.ljust(256, b"\0"))
    return present, arrays


def _grown(
    array: NDArray[Any], length: int, places: NDArray[np.int64], values: NDArray[np.int64]
) -> NDArray[Any]:
    """A copy of another length with some values set."""
    grown = np.zeros(length, dtype=array.dtype)
    kept = min(length, array.size)
    grown[:kept] = array[:kept]
    grown[places] = values
    return grown


def _meta(pack: Pack, plan: _Plan) -> dict[str, str]:
    total = (
        plan.total + faq_pack.content_sum(plan.after.values()) - faq_pack.content_sum(plan.before.values())
    )
    total %= faq_pack.SUM_MODULUS
    text_bytes = plan.text_bytes + sum(map(faq_pack.text_size, plan.after.values()))
    text_bytes -= sum(map(faq_pack.text_size, plan.before.values()))
    return {
        "content_sum": f"{total:x}",
        "content_sha256": faq_pack.hash_of_sum(total),
        "built_at": faq_pack.built_now(),
        "articles": str(plan.articles),
        "changed": str(plan.due),
        "text_bytes": str(text_bytes),
        "sample": str(int(_only_samples(pack, plan))),
    }


def _only_samples(pack: Pack, plan: _Plan) -> bool:
    """Whether no article that is no sample is left. Looking through all of them is for the last resort: it takes longer
    than all else of an update.
    """
    if not all(article.sample for article in plan.after.values()):
        return False
    if all(article.sample for article in plan.before.values()):
        return pack.meta["sample"] == "1"
    return not pack.has_checked(plan.before)
