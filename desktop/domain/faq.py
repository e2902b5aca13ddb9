"""Articles of the answer pack, what a search found in them, and the one card that the desk may show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

CATEGORY_BREAK = " > "
"""Between the levels of a category."""

Mark = tuple[int, int]
"""A stretch of characters, start and end, end excluded."""

Mode = Literal["typed", "transcript"]
"""How a query came about: typed by the agent key by key, or spoken by the citizen."""

Why = Literal["title", "variant", "keyword", "body", "choseong"]
"""Where the words were found."""


@dataclass(frozen=True, slots=True)
class Article:
    """One question with its answer. `checks` says what differs by place or year; `sample`: not checked by an office.

    `id` is the pack maker's own and is kept; `group` is shared by the language versions of one article ("" for none).
    `category` has up to three levels, from the widest, between `CATEGORY_BREAK`. `checked_on` and `valid_until` are ISO
    dates, or None for never checked and for no end. `menu` are codes of the telephone menu that lead here. `audience`
    is "agent" for what is meant for the agent alone, else "all".
    """

    id: str
    lang: str
    category: str
    question: str
    answer: str
    variants: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    department: str = ""
    law: str = ""
    followup: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    sample: bool = False
    checked_on: str | None = None
    audience: str = "all"
    group: str = ""
    phone: str = ""
    owner: str = ""
    valid_until: str | None = None
    links: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()


def in_category(category: str, wanted: str) -> bool:
    """Whether a category is the wanted one or lies below it."""
    return category == wanted or category.startswith(wanted + CATEGORY_BREAK)


STALE_DAYS = 365
"""So many days after it was checked last an article is old, unless the settings say otherwise."""

Freshness = Literal["sample", "unchecked", "expired", "old", "fine"]
"""Whether an answer can be relied on; all but `fine` are worth a look before it is said."""


def freshness(article: Article, today: date, stale_days: int) -> Freshness:
    """The most serious thing to know first; `stale_days` after it was checked an article is old."""
    if has_ended(article.valid_until, today):
        return "expired"
    if article.sample:
        return "sample"
    if day(article.checked_on) is None:
        return "unchecked"
    return "old" if is_old(article.checked_on, today, stale_days) else "fine"


def has_ended(valid_until: str | None, today: date) -> bool:
    """Whether an article's last day is past."""
    last = day(valid_until)
    return last is not None and last < today


def is_old(checked_on: str | None, today: date, stale_days: int) -> bool:
    """Whether an article was checked too long ago; one that never was is not old."""
    checked = day(checked_on)
    return checked is not None and (today - checked).days > stale_days


def day(text: str | None) -> date | None:
    """An ISO date; None for none, and for what a pack made elsewhere may have in its place."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def versions_in_order(opened: Article, versions: Sequence[Article], spoken: str) -> list[Article]:
    """One version a language: the citizen's (`spoken`, "" for unknown) first, then the one that was opened."""
    by_language = {each.lang: each for each in versions} | {opened.lang: opened}
    wanted = [spoken, opened.lang, *by_language]
    return [by_language[lang] for lang in dict.fromkeys(wanted) if lang in by_language]


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its whole path, its own name, and how many articles lie in it and below."""

    path: str
    name: str
    articles: int


def categories_below(counts: Mapping[str, int], parent: str) -> list[Category]:
    """The categories one level below `parent` ("" for the widest) in the order of `counts`, articles by whole path."""
    found: dict[str, int] = {}
    start = parent + CATEGORY_BREAK if parent else ""
    for path, articles in counts.items():
        if path.startswith(start) and path != parent:
            name = path[len(start) :].split(CATEGORY_BREAK, 1)[0]
            found[start + name] = found.get(start + name, 0) + articles
    return [Category(path, path[len(start) :], articles) for path, articles in found.items()]


def category_above(path: str) -> str:
    """The category that holds this one, "" for the widest."""
    return path.rpartition(CATEGORY_BREAK)[0]


def widest_category(path: str) -> str:
    """The first level of a category: the field that it belongs to."""
    return path.partition(CATEGORY_BREAK)[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a query, and the official words that the people's words led from them to."""

    said: str
    official: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A site's own thesaurus as it was read: its rows, how many were left out, the first of these and why.

    `file` is "" where none is chosen; `problem` says why the file could not be read, "" where it was.
    """

    file: str = ""
    rows: int = 0
    left_out: int = 0
    line: int = 0
    reason: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article. `score` is 0..1 and comparable across queries.

    `words` are the query's words that were found, as they were read. `read_as` is the whole query as it was read when
    the keyboard layout was wrong, else "". Marks are offsets into `question`, `passage` and the article's whole
    answer; `passage` is the best window of the answer and starts at `passage_start` in it. `meant` are the people's
    words that led here.
    """

    article_id: str
    score: float
    question: str
    passage: str
    why: Why
    words: tuple[str, ...] = ()
    read_as: str = ""
    question_marks: tuple[Mark, ...] = ()
    passage_marks: tuple[Mark, ...] = ()
    answer_marks: tuple[Mark, ...] = ()
    passage_start: int = 0
    category: str = ""
    department: str = ""
    lang: str = ""
    sample: bool = False
    meant: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one card: an article, the citizen's sentence that caused it, and how sure the desk is (0..1)."""

    article_id: str
    title: str
    cause: str
    score: float
