"""The queries that search is measured with: right answers as the recipes say, noise that is noise."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.faq_measure import corpus, languages, noise, queries
from bench.faq_measure.fulltext import title_texts
from bench.faq_measure.korean import Nouns
from bench.faq_measure.queries import CLASSES, Query, QueryMaker
from desktop.domain import hangul
from desktop.domain.faq import Article

WORDS = st.lists(
    st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=2, max_size=5),
    min_size=1,
    max_size=3,
)
SEEDS = st.integers(0, 10_000)
EACH = 12


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return corpus.korean(800)


@pytest.fixture(scope="module")
def made(articles: list[Article]) -> list[Query]:
    return QueryMaker(articles, Nouns.of(articles[: corpus.SAMPLED])).make("all", EACH)


def test_every_derived_class_is_there(made: list[Query]) -> None:
    for kind in CLASSES:
        assert sum(query.kind == kind for query in made) == (0 if kind == "human" else EACH)


def test_both_halves_together_are_all(articles: list[Article], made: list[Query]) -> None:
    maker = QueryMaker(articles, Nouns.of(articles[: corpus.SAMPLED]))
    halves = [*maker.make("a", EACH), *maker.make("b", EACH)]
    assert sorted(query.text for query in halves) == sorted(query.text for query in made)
    assert all(corpus.split_of(query.source) == "a" for query in maker.make("a", EACH))


def test_a_larger_corpus_is_asked_the_same(articles: list[Article], made: list[Query]) -> None:
    larger = QueryMaker(
        [*articles, *corpus.korean(900)[800:]], Nouns.of(articles[: corpus.SAMPLED]), base=800
    )
    again = larger.make("all", EACH)
    assert [query.text for query in again] == [query.text for query in made]
    assert all(before.right <= after.right for before, after in zip(made, again, strict=True))


def test_the_source_is_right_and_so_is_every_article_with_the_words(
    articles: list[Article], made: list[Query]
) -> None:
    for query in made:
        assert query.source in query.right
        if query.words and query.kind != "body":
            holding = {
                article.id
                for article in articles
                if any(
                    all(word in queries.bare(form) for word in query.words) for form in title_texts(article)
                )
            }
            assert query.right == holding


def test_words_of_answers_are_not_in_the_title(articles: list[Article], made: list[Query]) -> None:
    by_id = {article.id: article for article in articles}
    for query in made:
        if query.kind == "body":
            source = by_id[query.source]
            assert all(word in queries.bare(source.answer) for word in query.words)
            assert not any(word in queries.bare(source.question) for word in query.words)


def test_consonants_are_those_of_a_title(articles: list[Article], made: list[Query]) -> None:
    for query in made:
        if query.kind == "choseong":
            assert all(hangul.is_consonant(char) for char in query.text.replace(" ", ""))


@given(WORDS, SEEDS)
def test_a_typo_changes_little(words: list[str], seed: int) -> None:
    text = " ".join(words)
    changed = noise.typo(text, random.Random(seed))
    assert changed != text
    assert abs(len(hangul.keys(changed)) - len(hangul.keys(text))) <= 1


@given(WORDS, SEEDS)
def test_a_partial_word_is_a_state_of_the_input_method(words: list[str], seed: int) -> None:
    query = Query("partial", " ".join(words), frozenset(), "")
    cut = noise.partial(query.text, random.Random(seed))
    assert cut in queries.typed_keys(query)
    last = hangul.keys(words[-1])
    assert len(hangul.keys(cut)) - len(hangul.keys(query.text)) + len(last) >= 0.6 * len(last)


@given(WORDS, SEEDS)
def test_spacing_changes_spaces_alone(words: list[str], seed: int) -> None:
    text = " ".join(words)
    changed = noise.spacing(text, random.Random(seed))
    assume(len(text) > 2)
    assert changed != text
    assert changed.replace(" ", "") == text.replace(" ", "")


@given(WORDS, SEEDS)
def test_a_respelling_keeps_the_word_s_length(words: list[str], seed: int) -> None:
    for word in words:
        written = noise.respell(word, random.Random(seed))
        assert len(written) == len(word)
        assert all(map(hangul.is_syllable, written))
        assert sum(old != new for old, new in zip(word, written, strict=True)) <= 2


def test_a_recogniser_hears_as_korean_is_said() -> None:
    def spellings(word: str) -> set[str]:
        return {noise.respell(word, random.Random(seed)) for seed in range(200)}

    assert "발그븐" in spellings("발급은")
    assert "궁민" in spellings("국민")
    assert "접쑤" in spellings("접수")
    assert "주치" in spellings("주칙")
    assert "갑시" in spellings("값이")
    assert "제발급" in spellings("재발급")


@given(WORDS)
def test_typed_keys_end_with_the_query(words: list[str]) -> None:
    query = Query("kw2", " ".join(words), frozenset(), "")
    states = queries.typed_keys(query)
    assert states[-1] == query.text
    assert len(states) == len(hangul.keys(query.text))


def test_colloquial_questions_are_skipped_while_there_are_none(tmp_path: Path) -> None:
    assert queries.human("b", tmp_path / "none.csv") == []


def test_colloquial_questions_name_articles_that_exist() -> None:
    ids = {article.id for article in corpus.sample("ko")}
    asked = queries.human("all")
    assert len(asked) > 150
    assert all(query.right <= ids for query in asked)


def test_vietnamese_without_diacritics() -> None:
    assert languages.without_diacritics("Đăng ký tạm trú ở đâu") == "Dang ky tam tru o dau"
