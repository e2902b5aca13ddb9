"""The corpus that search is measured on: deterministic, of the wanted size, its particles right."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.faq_measure import corpus, languages
from bench.faq_measure.korean import ROLES, Nouns, attach, has_final, swap
from desktop.domain.faq import Article

SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=8)
SIZE = 800


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return corpus.korean(SIZE)


def test_a_corpus_has_the_size_and_no_question_twice(articles: list[Article]) -> None:
    assert len(articles) == SIZE
    assert len({article.question for article in articles}) == SIZE
    assert len({article.id for article in articles}) == SIZE


def test_the_sample_comes_first(articles: list[Article]) -> None:
    assert articles[: corpus.SAMPLED] == corpus.sample("ko")
    assert all(article.id.startswith(corpus.NEIGHBOUR) for article in articles[corpus.SAMPLED :])


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(articles: list[Article]) -> None:
    assert corpus.korean(500) == articles[:500]


def test_titles_and_answers_are_as_long_as_a_city_s(articles: list[Article]) -> None:
    neighbours = articles[corpus.SAMPLED :]
    assert 22 <= statistics.mean(len(article.question) for article in neighbours) <= 30
    assert 320 <= statistics.mean(len(article.answer) for article in neighbours) <= 420


def test_half_of_the_neighbours_have_no_wordings(articles: list[Article]) -> None:
    neighbours = articles[corpus.SAMPLED :]
    bare = sum(not article.keywords and not article.variants for article in neighbours)
    assert 0.4 < bare / len(neighbours) < 0.6


def test_many_neighbours_ask_about_the_same_things(articles: list[Article]) -> None:
    nouns = Nouns.of(articles[: corpus.SAMPLED])
    asked = [set(nouns.stems(article.question)) for article in articles]
    assert statistics.median(sum(bool(mine & other) for other in asked) - 1 for mine in asked) >= 5
    twins = [sum(len(mine & other) > 1 for other in asked) - (len(mine) > 1) for mine in asked]
    assert sum(count > 0 for count in twins) > SIZE / 5


def test_the_halves_are_halves(articles: list[Article]) -> None:
    share = statistics.mean(corpus.split_of(article.id) == "a" for article in articles)
    assert 0.45 < share < 0.55


@given(SYLLABLES, st.sampled_from(ROLES))
def test_a_particle_fits_and_can_be_read_off_again(noun: str, role: str) -> None:
    nouns = Nouns(frozenset({noun}))
    assert nouns.read(attach(noun, role)) == (noun, role)
    assert nouns.read(noun) == (noun, "")


def test_particles_follow_the_last_sound() -> None:
    assert attach("여권", "object") == "여권을"
    assert attach("수도", "object") == "수도를"
    assert attach("서울", "by") == "서울로"
    assert attach("신문", "by") == "신문으로"
    assert not has_final("A4")


def test_another_noun_takes_its_own_particle() -> None:
    assert swap("여권을 받고 여권이 있으면", "여권", "수도") == "수도를 받고 수도가 있으면"
    assert swap("여권용 사진", "여권", "수도") == "여권용 사진"


def test_other_languages_have_their_neighbours() -> None:
    articles = languages.corpus()
    assert articles == languages.corpus()
    for lang in languages.LANGUAGES:
        assert sum(article.lang == lang for article in articles) == languages.SIZE


def test_a_wording_that_is_asked_is_not_in_the_corpus() -> None:
    told = {text for article in languages.corpus() for text in article.variants}
    asked = languages.held_out("all")
    assert len(asked) > 150
    assert not any(query.text in told for query in asked)


def test_mongolian_endings_follow_the_vowels() -> None:
    for noun, front in (("паспорт", False), ("эмнэлэг", True)):
        seen = {languages.inflect(noun, random.Random(seed)) for seed in range(60)}
        assert len(seen) > 4
        assert (
            all(("ийн" in word or "э" in word or "үүд" in word or word.endswith("д")) for word in seen)
            is front
        )
