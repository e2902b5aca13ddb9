"""The pack that ships is large enough for practice and search to feel like a desk."""

from __future__ import annotations

from collections import defaultdict

import pytest

from desktop.adapters.search.index import FaqIndex
from desktop.domain.faq import Article

OTHER_OFFICES, EVENTS, SMALL_BUSINESS, MISSING = "F322", "F301", "F221", "F323"


def by_language(sample: FaqIndex) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = defaultdict(list)
    for article in sample.articles():
        found[article.lang].append(article)
    return found


def test_every_language_has_enough_articles_in_the_peoples_words(sample: FaqIndex) -> None:
    articles = by_language(sample)
    assert len(articles["ko"]) >= 300
    assert {lang: len(own) for lang, own in articles.items() if len(own) < 40} == {}
    assert sorted(articles) == ["en", "ja", "ko", "mn", "th", "vi"]
    poor = [
        a.id for own in articles.values() for a in own if not a.sample or not a.answer or len(a.keywords) < 3
    ]
    assert poor == []
    assert [a.id for own in articles.values() for a in own if len(a.variants) < 2] == []
    asking_back = [a for own in articles.values() for a in own if a.followup]
    assert len(asking_back) > 0.95 * sum(map(len, articles.values()))


@pytest.mark.parametrize("group", [OTHER_OFFICES, EVENTS, SMALL_BUSINESS])
def test_what_people_ask_everywhere_is_there_in_every_language(sample: FaqIndex, group: str) -> None:
    assert sorted(each.lang for each in sample.versions(group)) == ["en", "ja", "ko", "mn", "th", "vi"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("수돗물이 시뻘게요", "F145"),
        ("할머니가 어제부터 집에 안 들어오셨어요", MISSING),
        ("빌라 앞 웅덩이에 애 빠지겠어요", "F036"),
        ("시장에서 아이를 놓쳤어요", MISSING),
        ("쓰레기 버리는 날", "F324"),
        ("ゴミの分別", "JA027"),
    ],
)
def test_citizens_say_what_no_title_says(sample: FaqIndex, said: str, wanted: str) -> None:
    assert wanted in [hit.article_id for hit in sample.search(said, limit=3)]
