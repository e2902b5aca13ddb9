"""What the answer list shows, made of hits and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.faq import Article, Category, Hit, Mark, category_above
from desktop.domain.own_answers import Flag, Proposal
from desktop.ui.category_words import path_words
from desktop.ui.theme.look import look

SEPARATOR = " · "
MOST_READINGS = 2
"""Readings that are named in a row; the first ones weigh most."""
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")


RowKind = Literal["article", "category", "proposal"]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: question, the sentence that fits, and where it comes from. Marks are character offsets.

    `target` is an article's id, a category's whole path or a proposal's id; `found_by` are the words of a search.
    """

    target: str
    question: str
    passage: str
    meta: str
    question_marks: tuple[Mark, ...] = ()
    passage_marks: tuple[Mark, ...] = ()
    answer_marks: tuple[Mark, ...] = ()
    kind: RowKind = "article"
    found_by: str = ""


def row_of_hit(hit: Hit, query: str = "") -> AnswerRow:
    """An article that `query` found, with why."""
    passage, marks = _from_sentence(hit.passage, hit.passage_marks)
    meta = SEPARATOR.join(part for part in (path_words(hit.category), hit.department, why_words(hit)) if part)
    found = (hit.question_marks, marks, hit.answer_marks)
    return AnswerRow(hit.article_id, hit.question, passage, meta, *found, found_by=query)


def row_of_article(article: Article, remark: str = "") -> AnswerRow:
    """An article that is offered without a search; `remark` says why."""
    meta = SEPARATOR.join(part for part in (path_words(article.category), article.department, remark) if part)
    return AnswerRow(article.id, article.question, article.answer, meta)


def rows_of_articles(articles: Sequence[Article], remark: str = "") -> list[AnswerRow]:
    """Rows in the order of `articles`."""
    return [row_of_article(article, remark) for article in articles]


def row_of_category(category: Category) -> AnswerRow:
    """A category to go into."""
    words = QCoreApplication.translate("AnswerRow", "Answers: {count}")
    count = words.replace("{count}", str(category.articles))
    return AnswerRow(
        category.path, category.name, count, path_words(category_above(category.path)), kind="category"
    )


def row_of_proposal(proposal: Proposal) -> AnswerRow:
    """A proposal of the agent."""
    translate = QCoreApplication.translate
    state = translate("AnswerRow", "finished") if proposal.done else translate("AnswerRow", "unfinished")
    kind = translate("AnswerRow", "Edit") if proposal.article_id else translate("AnswerRow", "New answer")
    question = proposal.question or translate("AnswerRow", "Without a question yet")
    meta = SEPARATOR.join((kind, state, short_day(proposal.changed.astimezone().date())))
    return AnswerRow(proposal.id, question, proposal.answer, meta, kind="proposal")


def row_of_flag(flag: Flag) -> AnswerRow:
    """A flag of the agent; it opens the article."""
    translate = QCoreApplication.translate
    fault = {"outdated": translate("AnswerRow", "outdated"), "wrong": translate("AnswerRow", "wrong")}[
        flag.fault
    ]
    meta = SEPARATOR.join((translate("AnswerRow", "Flag"), fault, short_day(flag.time.astimezone().date())))
    return AnswerRow(flag.article_id, flag.question, flag.note, meta)


def short_day(day: date) -> str:
    """A day as the reader writes it."""
    return QLocale(look().language).toString(day, QLocale.FormatType.ShortFormat)


def why_words(hit: Hit) -> str:
    """Where the words were found, or which of the people's words led there, in a few words."""
    if hit.meant:
        return ", ".join(f"{each.said} → {each.official}" for each in hit.meant[:MOST_READINGS])
    words = " ".join(hit.words)
    translate = QCoreApplication.translate
    match hit.why:
        case "title":
            text = translate("AnswerRow", "in the title")
        case "variant":
            text = translate("AnswerRow", "same words: {words}")
        case "keyword":
            text = translate("AnswerRow", "keyword ‘{words}’")
        case "choseong":
            text = translate("AnswerRow", "initial consonants")
        case _:
            text = translate("AnswerRow", "text ‘{words}’")
    return text.replace("{words}", words) if words else text.partition("{")[0].rstrip(" :‘")


def _from_sentence(passage: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """The passage from the sentence that holds the first mark on, so that the found word is seen in one line."""
    if not marks:
        return passage, ()
    first = min(start for start, _ in marks)
    cut = max((match.end() for match in _SENTENCE_END.finditer(passage) if match.end() <= first), default=0)
    kept = tuple((start - cut, end - cut) for start, end in marks if start >= cut)
    return passage[cut:], kept
