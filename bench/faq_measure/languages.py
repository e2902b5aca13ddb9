"""The languages beside Korean: their sample articles with neighbours in one pack, and what is asked in each."""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.faq_measure import bars
from bench.faq_measure.corpus import sample, sentences_of, split_of
from bench.faq_measure.quality import is_right
from bench.faq_measure.queries import Query
from bench.faq_measure.report import Report
from bench.faq_measure.systems import System
from desktop.domain.faq import Article

LANGUAGES = ("en", "vi", "th", "ja", "mn")
SIZE = 150
"""Articles of each language."""
INFLECTED = 320
QUESTIONS = Path(__file__).resolve().parents[2] / "tests" / "data" / "faq" / "questions.csv"

_LETTERS = re.compile("[а-яёөү]{4,}")
_BACK, _FRONT = "аоуяёю", "эөүеи"
_NO_SPACES = frozenset({"th", "ja"})


def corpus(seed: int = 3) -> list[Article]:
    """The Korean sample and `SIZE` articles of each other language; each sample article lacks its last variant."""
    chance = random.Random(seed)
    articles = sample("ko")
    for lang in LANGUAGES:
        own = sample(lang)
        articles += [replace(article, variants=article.variants[:-1]) for article in own]
        asked = {article.question for article in own}
        while len(asked) < SIZE:
            neighbour = _neighbour(f"{lang}-N{len(asked):04}", own, chance)
            if neighbour.question not in asked:
                asked.add(neighbour.question)
                articles.append(neighbour)
    return articles


def _neighbour(id_: str, own: Sequence[Article], chance: random.Random) -> Article:
    """A title from a keyword of one article and a keyword or the half of a question of another."""
    first, second = chance.sample(own, 2)
    thing = chance.choice(first.keywords)
    if chance.random() < 0.6:
        question = f"{thing}, {chance.choice(second.keywords)}"
    else:
        question = f"{thing}: {_second_half(second.question, first.lang)}"
    # One sentence of each of several articles: a neighbour that held most of one would be an answer itself.
    told = [chance.choice(_sentences(each)) for each in (first, *chance.sample(own, 3))]
    answer = " ".join(dict.fromkeys(told))
    return Article(id_, first.lang, first.category, question, answer, sample=True)


def _sentences(article: Article) -> Sequence[str]:
    """The sentences of an answer; Thai, which marks none, is cut at its spaces, Japanese behind its own full stop."""
    if article.lang == "th":
        return article.answer.split()
    if article.lang == "ja":
        return [part for part in re.split("(?<=[。！？])", article.answer) if part]
    return sentences_of(article.answer)


def _second_half(question: str, lang: str) -> str:
    if lang in _NO_SPACES:
        return question[len(question) // 2 :]
    words = question.split()
    return " ".join(words[len(words) // 2 :])


def without_diacritics(text: str) -> str:
    """Vietnamese as it is typed in a hurry."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char)))


def inflect(noun: str, chance: random.Random) -> str:
    """A Mongolian noun with a case ending that follows the harmony of its vowels."""
    vowels = [char for char in noun if char in _BACK + _FRONT]
    back = any(char in _BACK for char in vowels)
    middle = "о" if back and "о" in vowels else "а" if back else "ө" if "ө" in vowels else "э"
    endings = (
        "ын" if back else "ийн",
        "ыг" if back else "ийг",
        f"{middle}{middle}с",
        f"{middle}{middle}р",
        f"т{'о' if middle == 'о' else 'а' if back else 'э'}й",
        "д",
        "ууд" if back else "үүд",
    )
    ending = chance.choice(endings)
    joined = noun[:-1] if noun[-1] in _BACK + _FRONT and ending[0] in _BACK + _FRONT + "ы" else noun
    return joined + ending


def questions(split: str, path: Path = QUESTIONS) -> list[Query]:
    """Natural questions by hand; Vietnamese ones once more without diacritics. The class names the language."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        ids = row["ids"].split("|")
        if split not in ("all", split_of(ids[0])):
            continue
        found.append(Query(row["lang"], row["query"], frozenset(ids), ids[0]))
        if row["lang"] == "vi":
            plain = without_diacritics(row["query"])
            found.append(Query("vi without diacritics", plain, frozenset(ids), ids[0]))
    return found


def held_out(split: str) -> list[Query]:
    """The wordings that `corpus` leaves out: how people put an article's question, more plainly than by hand above."""
    return [
        Query(f"{lang} wording", article.variants[-1], frozenset({article.id}), article.id)
        for lang in LANGUAGES
        for article in sample(lang)
        if article.variants and split in ("all", split_of(article.id))
    ]


def inflected(articles: Sequence[Article], split: str, seed: int = 4) -> list[Query]:
    """Two or three words of a Mongolian title or its keywords with other case endings.

    Right is every article that holds all the words, endings aside, in its question, variants or keywords.
    """
    chance = random.Random(seed)
    own = [article for article in articles if article.lang == "mn"]
    texts = {
        article.id: " ".join([article.question, *article.variants, *article.keywords]).lower()
        for article in own
    }
    made: set[str] = set()
    found = []
    while len(made) < INFLECTED:
        article = chance.choice(own)
        named = " ".join(article.keywords) or article.question
        nouns = list(dict.fromkeys(_LETTERS.findall(named.lower())))
        if len(nouns) < 2:
            continue
        words = chance.sample(nouns, min(len(nouns), chance.randint(2, 3)))
        text = " ".join(inflect(word, chance) for word in words)
        if text in made:
            continue
        made.add(text)
        if split in ("all", split_of(article.id)):
            right = {id_ for id_, held in texts.items() if all(word in held for word in words)}
            found.append(Query("mn inflected", text, frozenset(right), article.id, tuple(words)))
    return found


def measure(report: Report, systems: Sequence[System], queries: Sequence[Query]) -> None:
    """A line per language and kind of question."""
    for kind in dict.fromkeys(query.kind for query in queries):
        asked = [query for query in queries if query.kind == kind]
        shares = {
            system.name: sum(is_right(query, system.search(query.text)) for query in asked) / len(asked)
            for system in systems
        }
        more = {"language": kind, "queries": len(asked)}
        report.recall("R@3", shares, bars.LANGUAGE.get(kind), bars.CLASS_SLACK, **more)
