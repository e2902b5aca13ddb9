"""Articles of the answer pack, what a search found in them, and the one card that the desk may show."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article. `score` is 0..1 and comparable across queries.

    `words` are the query's words that were found, as they were read. `read_as` is the whole query as it was read when
    the keyboard layout was wrong, else "". Marks are offsets into `question`, `passage` and the article's whole
    answer; `passage` is the best window of the answer and starts at `passage_start` in it.
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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one card: an article, the citizen's sentence that caused it, and how sure the desk is (0..1)."""

    article_id: str
    title: str
    cause: str
    score: float
