"""What the agent sees of a match: the marked words of the question, the best window of the answer and its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop.adapters.search import grams
from desktop.adapters.search.query import Term
from desktop.adapters.search.weighing import term_marks_answer, term_marks_title
from desktop.domain import hangul
from desktop.domain.faq import Mark

WINDOW = 90
"""Characters of a passage."""

_SENTENCE = re.compile(r"(?<=[.!?。？！])\s+|\n+")


def merge(places: Iterable[int]) -> tuple[Mark, ...]:
    """Characters to stretches."""
    marks: list[Mark] = []
    for place in sorted(set(places)):
        if marks and marks[-1][1] == place:
            marks[-1] = (marks[-1][0], place + 1)
        else:
            marks.append((place, place + 1))
    return tuple(marks)


def _covered(found: Iterable[str], form: str) -> set[int]:
    """Characters of a form that occurrences of the grams cover."""
    covered: set[int] = set()
    for gram in found:
        start = form.find(gram)
        while start >= 0:
            covered.update(range(start, start + len(gram)))
            start = form.find(gram, start + 1)
    return covered


def question_marks(terms: Sequence[Term], question: str) -> tuple[Mark, ...]:
    """Marks of a title. A syllable is marked when at least half of its keys were found."""
    words = grams.placed_words(question)
    forms = [grams.title_word(word)[0] for word, _ in words]
    whole = " ".join(forms)
    found = {gram for term in terms for gram in term_marks_title(term, whole)}
    counts: dict[int, int] = {}
    for (word, source), form in zip(words, forms, strict=True):
        if covered := _covered([gram for gram in found if gram in form], form):
            offsets = grams.title_offsets(word)
            for at in covered:
                if offsets[at] >= 0:
                    place = source[offsets[at]]
                    counts[place] = counts.get(place, 0) + 1
    return merge(at for at, count in counts.items() if 2 * count >= _number_of_keys(question[at]))


@lru_cache(maxsize=16384)
def _number_of_keys(char: str) -> int:
    return len(hangul.keys_of(char))


def answer_marks(terms: Sequence[Term], answer: str) -> tuple[Mark, ...]:
    """Marks of an answer."""
    folded = _folded(answer)
    edged = any(grams.START in gram or grams.END in gram for term in terms for gram, _ in term.answer)
    if edged or len(folded) != len(answer):
        form, places = grams.answer_positions(answer)
        covered = _covered(_answer_grams(terms, form), form)
        return merge(places[at] for at in covered if form[at] not in (grams.START, grams.END, " "))
    # Grams without edges stand in the folded text as they are: most answers, and much quicker.
    return merge(_covered(_answer_grams(terms, folded), folded))


@lru_cache(maxsize=1024)
def _folded(answer: str) -> str:
    return grams.fold(answer)


def _answer_grams(terms: Sequence[Term], text: str) -> list[str]:
    return [gram for term in terms for gram in term_marks_answer(term, text)]


def choseong_marks(coded: str, question: str) -> tuple[Mark, ...]:
    """Marks of a title that was found by its initial consonants."""
    places = [at for at, char in enumerate(question) if hangul.is_syllable(char)]
    start = grams.choseong_form(question).find(coded)
    return merge(places[start : start + len(coded)]) if start >= 0 else ()


def best_window(answer: str, marks: tuple[Mark, ...]) -> Mark:
    """The stretch of at most `WINDOW` characters with most marks, begun at a sentence where that loses none."""
    if len(answer) <= WINDOW or not marks:
        return 0, min(len(answer), WINDOW)
    start = max(
        (sum(end - at for at, end in marks if first <= at < first + WINDOW), -first) for first, _ in marks
    )[1]
    first = -start
    last = max(end for at, end in marks if first <= at < first + WINDOW)
    begins = [0, *(match.end() for match in _SENTENCE.finditer(answer))]
    sentence = max((place for place in begins if place <= first), default=0)
    if last - sentence <= WINDOW:
        first = sentence
    elif (space := answer.rfind(" ", 0, first)) >= 0:
        first = space + 1
    return first, min(len(answer), first + WINDOW)


def within(marks: tuple[Mark, ...], window: Mark) -> tuple[Mark, ...]:
    """The marks of a text that fall into a window of it, counted from the window's start."""
    first, last = window
    return tuple(
        (max(at, first) - first, min(end, last) - first) for at, end in marks if at < last and end > first
    )
