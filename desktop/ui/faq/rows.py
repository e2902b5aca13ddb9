"""What the answer list shows, made of hits and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.faq import Article, Hit, Mark

SEPARATOR = " · "
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: question, the sentence that fits, and where it comes from. Marks are character offsets."""

    article_id: str
    question: str
    passage: str
    meta: str
    question_marks: tuple[Mark, ...] = ()
    passage_marks: tuple[Mark, ...] = ()
    answer_marks: tuple[Mark, ...] = ()


def row_of_hit(hit: Hit) -> AnswerRow:
    """A found article, with why it was found."""
    passage, marks = _from_sentence(hit.passage, hit.passage_marks)
    meta = SEPARATOR.join(part for part in (hit.category, hit.department, why_words(hit)) if part)
    return AnswerRow(hit.article_id, hit.question, passage, meta, hit.question_marks, marks, hit.answer_marks)


def row_of_article(article: Article) -> AnswerRow:
    """An article that is offered without a search."""
    meta = SEPARATOR.join(part for part in (article.category, article.department) if part)
    return AnswerRow(article.id, article.question, article.answer, meta)


def rows_of_articles(articles: Sequence[Article]) -> list[AnswerRow]:
    """Rows in the order of `articles`."""
    return [row_of_article(article) for article in articles]


def why_words(hit: Hit) -> str:
    """Where the words were found, in a few words."""
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
