"""Brings a pack up to date: a few changed articles are written over a copy of it, many make a full build pay.

An update leaves the long lists of a gram as they are and adds to the gram's changes; the reader puts both together. The
numbers of articles stay dense: where one is removed, the last one takes its number. What a change of the whole
collection does to the weights of articles that stayed the same is left to the next full build.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import postings
from desktop.adapters.search.indexing import FIELDS, DocumentRow, Reading
from desktop.adapters.search.pack import Pack
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
    text (an estimate after an update, when text and index share their pages), `index_s` seconds without copying a file.
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
    old, new = Reading(list(plan.before.values())), Reading(list(plan.after.values()))
    tables = {field: _gram_changes(field, old, list(plan.before), new, list(plan.after)) for field in FIELDS}
    more = {gram: count for gram, count, _ in tables["title"]}
    weights = {
        gram: postings.weight(plan.articles, pack.grams.count("title", gram) + more.get(gram, 0))
        for gram in new.fields["title"].grams
    }
    languages, arrays = _arrays(pack, plan, new)
    meta = {"name": name, "languages": json.dumps(languages), **_meta(pack, plan)}
    documents = list(_numbered(new.documents(weights), list(plan.after)))
    return PackChanges(sorted(plan.before), plan.after, documents, tables, arrays, meta)


def _numbered(rows: Iterator[DocumentRow], numbers: Sequence[int]) -> Iterator[DocumentRow]:
    for row in rows:
        yield (numbers[row[0] - 1], *row[1:])


def _gram_changes(
    field: str, old: Reading, old_numbers: Sequence[int], new: Reading, new_numbers: Sequence[int]
) -> list[tuple[str, int, bytes]]:
    """For each gram that some article lost or got: how many more hold it, and which."""
    lost = {(gram, old_numbers[number - 1]) for gram, number in old.fields[field].pairs()}
    got = {(gram, new_numbers[number - 1]) for gram, number in new.fields[field].pairs()}
    more: dict[str, int] = {}
    changes: dict[str, bytearray] = {}
    for gram, number in sorted(lost ^ got):
        more[gram] = more.get(gram, 0) + (1 if (gram, number) in got else -1)
        changes.setdefault(gram, bytearray()).extend(postings.change(number))
    return [(gram, count, bytes(changes[gram])) for gram, count in more.items()]


def _arrays(pack: Pack, plan: _Plan, new: Reading) -> tuple[list[str], dict[str, bytes]]:
    """The languages afterwards, and the arrays over the article numbers."""
    numbers = np.array(list(plan.after), dtype=np.int64) - 1
    most = np.iinfo(np.uint16).max
    title = _grown(pack.sizes["title_size"], plan.articles, numbers, np.minimum(new.title_size, most))
    answer = _grown(pack.sizes["answer_size"], plan.articles, numbers, np.minimum(new.answer_size, most))
    names = list(dict.fromkeys([*pack.languages, *(article.lang for article in plan.after.values())]))
    values = np.array([names.index(article.lang) for article in plan.after.values()], dtype=np.int64)
    places = _grown(pack.lang, plan.articles, numbers, values)
    held = np.bincount(places, minlength=len(names)).tolist()
    present = sorted(name for name, count in zip(names, held, strict=True) if count)
    moved = np.array([present.index(name) if name in present else 0 for name in names], dtype=np.uint8)
    arrays = {"title_size": title.tobytes(), "answer_size": answer.tobytes(), "lang": moved[places].tobytes()}
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
    samples = all(article.sample for article in plan.after.values()) and not pack.has_checked(plan.before)
    return {
        "content_sum": f"{total:x}",
        "content_sha256": faq_pack.hash_of_sum(total),
        "built_at": faq_pack.built_now(),
        "articles": str(plan.articles),
        "changed": str(plan.due),
        "text_bytes": str(text_bytes),
        "sample": str(int(samples)),
    }
