"""Any string is a valid query, and no exact title is missed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.adapters.search.grams import clean
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article, Mode

RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@RELAXED
@given(st.text(max_size=200), st.sampled_from(["typed", "transcript"]))
def test_any_text(sample: FaqIndex, query: str, mode: Mode) -> None:
    for hit in sample.search(query, mode=mode):
        assert 0 <= hit.score <= 1
        assert all(0 <= start < end <= len(hit.question) for start, end in hit.question_marks)
        assert all(0 <= start < end <= len(hit.passage) for start, end in hit.passage_marks)


@RELAXED
@given(st.text(alphabet="여권ㄱㅏ ㅇㅈ재발급durnjs'\"*^$\x1f()", max_size=30))
def test_texts_near_the_real_ones(sample: FaqIndex, query: str) -> None:
    sample.search(query)


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "\x00", '"', "'", "여권 AND (", "NEAR(a b)", "*", "title:여권", "%_%", "\ud800", "^", "$", "^$",
        "ㄱ", "ㅏ", "ㄳㄳ", "👩‍👧", "x" * 10_000, "여권 " * 3_000, "ㅇㄱ" * 5_000, "durnjs" * 2_000, "가" * 10_000,
        "\u0e31" * 500, "　여권　",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["typed", "transcript"])
def test_odd_queries(sample: FaqIndex, query: str, mode: Mode) -> None:
    assert isinstance(sample.search(query, mode=mode), list)


TITLES = st.lists(
    st.text(min_size=1, max_size=40).map(clean).filter(str.strip), min_size=1, max_size=5, unique=True
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES)
def test_no_exact_title_is_missed(tmp_path_factory: pytest.TempPathFactory, titles: list[str]) -> None:
    texts = [title.strip() for title in titles]
    articles = [
        Article(str(place), "ko", "x", text, "") for place, text in enumerate(dict.fromkeys(texts)) if text
    ]
    path = tmp_path_factory.mktemp("pack") / "t.faq"
    write_pack(path, "t", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))
    index = FaqIndex.open(path)
    try:
        for article in articles:
            assert article.id in [hit.article_id for hit in index.search(article.question)]
    finally:
        index.close()
