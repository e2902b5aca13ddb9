"""The quick way of indexing gives what the plain rules say, the same each time, and nothing that a pack cannot hold."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.articles.reading import read_articles
from desktop.adapters.search import grams, indexing, postings
from desktop.adapters.search.everyday import SPOKEN, telling_share
from desktop.adapters.search.indexing import Reading, title_forms
from desktop.domain.faq import Article

SAMPLES = Path(__file__).parents[3] / "resources" / "faq" / "sample"
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="가각힣ㄱㅏㅋ 여권abcÀé1 _-,\n\t\u3000\u0301\u1100\u1161ก日ー々\u200b", max_size=40),
)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.uuids().map(str),
        lang=st.sampled_from(["ko", "en"]),
        category=st.just("x"),
        question=TEXTS,
        answer=TEXTS,
        variants=st.lists(TEXTS, max_size=2).map(tuple),
        keywords=st.lists(TEXTS, max_size=2).map(tuple),
    ),
    max_size=6,
)


def sample_articles() -> list[Article]:
    rows = (row for path in sorted(SAMPLES.glob("*.yaml")) for row in read_articles(path))
    return [row.article for row in rows if row.article is not None]


def plain_title(texts: Sequence[str]) -> set[str]:
    return {gram for text in texts for word in grams.words(text) for gram in grams.title_word(word)[1]}


def plain_choseong(article: Article) -> set[str]:
    forms = [grams.choseong_form(text) for text in title_forms(article)]
    pairs = {form[at : at + 2] for form in forms for at in range(len(form) - 1)}
    return pairs | {grams.START + form[:2] for form in forms if len(form) > 1}


def held(reading: Reading, field: str) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(len(reading))]
    for gram, number in reading.fields[field].pairs():
        found[number - 1].add(gram)
    return found


def check(articles: list[Article]) -> None:
    reading = Reading(articles)
    title = held(reading, "title")
    assert title == [plain_title(title_forms(article)) for article in articles]
    answer = [
        {gram for word in grams.words(a.answer) for gram in grams.answer_word(word)[1]} for a in articles
    ]
    assert held(reading, "answer") == answer
    assert held(reading, "choseong") == list(map(plain_choseong, articles))
    assert reading.title_size.tolist() == list(map(len, title))
    assert reading.answer_size.tolist() == list(map(len, answer))
    counted = zip(reading.fields["title"].grams, reading.fields["title"].counts.tolist(), strict=True)
    weights = {gram: postings.weight(len(articles), count) for gram, count in counted}
    for article, row in zip(articles, reading.documents(weights), strict=True):
        check_document(article, row, weights)


def check_document(article: Article, row: indexing.DocumentRow, weights: dict[str, float]) -> None:
    _, forms, mass, masses, latin, choseong, size, key = row
    texts = title_forms(article)
    assert forms == grams.FORM_BREAK.join(map(grams.title_form, texts))
    assert key == grams.title_key(grams.title_form(article.question))
    assert mass == pytest.approx(sum(weights[gram] for gram in plain_title(texts[:1])))
    for text, found in zip(texts, masses.split(), strict=True):
        telling = plain_title([word for word in grams.words(text) if word not in SPOKEN])
        expected = sum(weights[gram] * telling_share(gram) for gram in telling)
        assert float(found) == pytest.approx(expected, abs=0.006)
    spelled = (grams.answer_word(word)[0] for word in grams.words(article.answer))
    assert latin == "".join(dict.fromkeys(filter(None, spelled)))
    assert choseong == indexing.choseong_texts(article)
    assert size == sum(map(len, grams.words(article.question)))


def test_what_one_sign_stands_for_is_found_by_its_letters() -> None:
    assert grams.words("㈜다산 ㈎ ① ㌀ ﾊﾞｽ ｶﾞｽ É") == ["주", "다산", "가", "1", "アパート", "バス", "ガス", "e"]
    check([Article("a", "ko", "x", "㈎", "", ("㈜다산",), ("㌀", "ﾊﾞｽ"))])


@settings(max_examples=80)
@given(ARTICLES)
def test_any_articles_are_indexed_by_the_plain_rules(articles: list[Article]) -> None:
    check(articles)


def test_the_sample_is_indexed_by_the_plain_rules() -> None:
    articles = sample_articles()
    assert len({article.lang for article in articles}) == 6
    check(articles)


def test_batches_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = sample_articles()
    whole = Reading(articles)
    monkeypatch.setattr(indexing, "_BATCH", 7)
    parts = Reading(articles)
    for field in indexing.FIELDS:
        assert list(whole.fields[field].pairs()) == list(parts.fields[field].pairs())
    flat = dict.fromkeys(whole.fields["title"].grams, 1.0)
    assert list(whole.documents(flat)) == list(parts.documents(flat))


@given(st.text(max_size=60))
def test_reading_between_white_space_gives_the_same_words(text: str) -> None:
    assert [word for stretch in text.split() for word in grams.words(stretch)] == grams.words(text)


BUILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage import faq_pack
from tests.adapters.search.test_indexing import sample_articles

class Noon(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 1, 1, 12, tzinfo=UTC)

faq_pack.datetime = Noon
articles = sample_articles()
form = faq_pack.PackFormat(APPLICATION_ID, SCHEMA)
faq_pack.write_pack(Path(sys.argv[1]), "x", articles, build_index(articles), form)
"""


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", BUILD, str(tmp_path / seed)],
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
