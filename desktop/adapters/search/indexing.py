"""Makes the derived tables of a pack from its articles. Pure: the storage package writes what comes out of here."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import SPOKEN, telling_share
from desktop.domain.faq import Article

FIELDS = ("title", "answer", "choseong")
"""The gram tables of a pack."""

DocumentRow = tuple[int, str, float, str, str, str, int]
"""Number, title forms, mass of the question, masses of the forms, Latin part of the answer, choseong, title length."""

GramRow = tuple[str, int, bytes]
"""Gram, number of articles that hold it, postings."""


@dataclass(frozen=True, slots=True)
class Index:
    """The derived tables: rows of documents, rows of the three gram tables, and arrays over the article numbers.

    Arrays are little-endian with one entry per article, number 1 first: `title_size` and `answer_size` uint16 (distinct
    grams, capped), `lang` uint8 (place in `languages`).
    """

    documents: list[DocumentRow]
    postings: dict[str, dict[str, array[int]]]
    arrays: dict[str, bytes]
    languages: tuple[str, ...]

    def gram_rows(self, field: str) -> Iterator[GramRow]:
        """The rows of one gram table in key order."""
        table = self.postings[field]
        for gram in sorted(table):
            ids = table[gram]
            yield gram, len(ids), postings.encode(ids)


def title_forms(article: Article) -> list[str]:
    """The texts that count as title: the question, each variant, and last all keywords as one."""
    return [article.question, *article.variants, " ".join(article.keywords)]


def choseong_texts(article: Article) -> str:
    """The choseong forms of question, variants and keywords, each marked at its start."""
    return grams.FORM_BREAK.join(grams.START + grams.choseong_form(text) for text in title_forms(article))


def choseong_grams(form: str) -> set[str]:
    """Pairs of consonants of a choseong form; the first pair of a text once more with its start mark."""
    found: set[str] = set()
    for text in form.split(grams.FORM_BREAK):
        found.update(grams.cut(text[1:], 2))
        found.add(text[:3])
    return found


class _Collector:
    """Postings of the three fields while the articles go by."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, array[int]]] = {field: {} for field in FIELDS}

    def add(self, field: str, number: int, found: set[str]) -> None:
        table = self.tables[field]
        for gram in found:
            ids = table.get(gram)
            if ids is None:
                table[gram] = array("I", (number,))
            else:
                ids.append(number)


def _grams_of(texts: Sequence[str]) -> set[str]:
    return {gram for text in texts for word in grams.words(text) for gram in grams.title_word(word)[1]}


def _masses(article: Article, weights: dict[str, float]) -> tuple[float, str]:
    """Weight of the whole question, and of each form without its everyday words."""

    forms = []
    for text in title_forms(article):
        telling = [word for word in grams.words(text) if word not in SPOKEN]
        found = {gram for word in telling for gram in grams.title_word(word)[1]}
        forms.append(sum([weights[gram] * telling_share(gram) for gram in found]))
    whole = sum([weights[gram] for gram in _grams_of([article.question])])
    return whole, " ".join(f"{form:.2f}" for form in forms)


def build_index(articles: Sequence[Article]) -> Index:
    """Index articles that are numbered from 1 in the order given."""
    collector = _Collector()
    sizes: dict[str, list[int]] = {"title_size": [], "answer_size": []}
    parts: list[tuple[str, str, str]] = []
    for number, article in enumerate(articles, 1):
        title = _grams_of(title_forms(article))
        answer_words = [grams.answer_word(word) for word in dict.fromkeys(grams.words(article.answer))]
        answer = {gram for _, found in answer_words for gram in found}
        consonants = choseong_texts(article)
        collector.add("title", number, title)
        collector.add("answer", number, answer)
        collector.add("choseong", number, choseong_grams(consonants))
        sizes["title_size"].append(len(title))
        sizes["answer_size"].append(len(answer))
        forms = grams.FORM_BREAK.join(map(grams.title_form, title_forms(article)))
        parts.append((forms, "".join(form for form, _ in answer_words), consonants))
    weights = {
        gram: postings.weight(len(articles), len(ids)) for gram, ids in collector.tables["title"].items()
    }
    documents: list[DocumentRow] = []
    for number, (article, (forms, latin, consonants)) in enumerate(zip(articles, parts, strict=True), 1):
        whole, masses = _masses(article, weights)
        size = sum(map(len, grams.words(article.question)))
        documents.append((number, forms, whole, masses, latin, consonants, size))
    languages = tuple(sorted({article.lang for article in articles}))
    arrays = {name: np.minimum(values, 65535).astype("<u2").tobytes() for name, values in sizes.items()}
    arrays["lang"] = np.array([languages.index(article.lang) for article in articles], dtype="<u1").tobytes()
    return Index(documents, collector.tables, arrays, languages)
