"""What the agent taught ranks: accepted wordings, cards put away, own use; and what is past its date sinks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.taught import MOST, Taught
from desktop.adapters.search.thesaurus import Entry, Table, Thesaurus
from desktop.domain.faq import STALE_DAYS, Article, Reading

PackOf = Callable[[Sequence[Article]], FaqIndex]
TODAY = date(2026, 11, 26)
ARTICLES = [
    Article("A", "ko", "x", "주정차위반 과태료는 어떻게 내나요?", "가상계좌로 냅니다."),
    Article("B", "ko", "x", "상수도 요금은 어디에서 확인하나요?", "누리집에서 확인합니다."),
    Article("C", "ko", "x", "도로 파손은 어디에 신고하나요?", "도로과에 신고합니다."),
    Article("D", "ko", "x", "여권은 며칠이면 나오나요?", "나흘이면 나옵니다."),
    *(Article(f"N{n}", "ko", "x", f"다른 질문 {n}", f"다른 답변 {n}") for n in range(30)),
]
NO_WORDS = Thesaurus(lambda _lang: Table.of(()))


def first(index: FaqIndex, query: str, mode: str = "typed") -> str:
    hits = index.search(query, limit=1, mode=mode, today=TODAY)  # type: ignore[arg-type]
    return hits[0].article_id if hits else ""


def test_an_accepted_wording_finds_its_article_by_like_words(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    index.use_words(NO_WORDS)
    assert first(index, "구덩이 메워") != "C"
    index.learn([("C", "구덩이 메워 주세요", 1), ("gone", "구덩이 메워 주세요", 9)])
    for query in ("구덩이 메워", "구덩이를 메워주세요", "구덩", "구덩이 메우는 신고"):
        assert first(index, query) == "C", query
    (hit,) = index.search("구덩이 메워", limit=1)
    assert hit.why == "variant"
    assert first(index, "저기 구덩이 좀 메워 주세요", "transcript") == "C"
    index.learn([])
    assert first(index, "구덩이 메워") != "C"


@pytest.mark.long
def test_learned_wordings_bring_back_held_out_ones(sample: FaqIndex, pack_of: PackOf) -> None:
    articles = [each for each in sample.articles() if each.lang == "ko" and len(each.variants) > 2]
    index = pack_of([replace(each, variants=()) for each in articles])

    def found() -> int:
        asked = [(each.id, wording) for each in articles for wording in each.variants[-2:]]
        return sum(
            article_id in [hit.article_id for hit in index.search(wording, limit=3)]
            for article_id, wording in asked
        )

    before = found()
    index.learn([(each.id, wording, 1) for each in articles for wording in each.variants[:-2][:2]])
    assert found() >= before * 1.03


def test_nothing_taught_stands_before_a_whole_title(sample: FaqIndex, pack_of: PackOf) -> None:
    articles = [each for each in sample.articles() if each.lang == "ko"][:120]
    index = pack_of(articles)
    titles = [each.question for each in articles]
    # The worst: another article was accepted for exactly these words, and is used most.
    index.learn([(articles[at - 1].id, title, 50) for at, title in enumerate(titles)])
    index.use_counts({each.id: 1000 for each in articles[::2]})
    for title in titles:
        assert index.search(title, limit=1)[0].question == title


def test_a_wording_that_several_articles_have_is_the_more_frequent_ones(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    index.learn([("B", "노란 종이", 1), ("A", "노란 종이", 5)])
    assert [hit.article_id for hit in index.search("노란 종이")][:1] == ["A"]
    assert "B" not in [hit.article_id for hit in index.search("노란 종이")]


def test_any_wording_can_be_taught(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    odd = ["", "?!", "\x1f", "\ud800", "ㅇ", "a" * 100_000, "'\" OR 1=1 --", "^$^$", "여" * 500]
    index.learn([("A", wording, count) for wording in odd for count in (1, -1, 0)])
    for query in [*odd, "여권"]:
        index.search(query)
        index.search(query, mode="transcript")
    assert first(index, "여권") == "D"


def test_only_the_newest_wordings_are_kept(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    index.use_words(NO_WORDS)
    index.learn([("C", "구덩이 메워", 1), *(("A", f"딱지 {n}", 1) for n in range(MOST))])
    assert first(index, "구덩이 메워") != "C"


def test_a_card_put_away_is_less_sure_for_like_words_but_is_found(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    said = "여권이 며칠이면 나오나요"
    sure = index.sureness(said, "D")
    index.learn([("D", "여권이 며칠이면 나와요", -1)])
    once = index.sureness(said, "D")
    index.learn([("D", "여권이 며칠이면 나와요", -9)])
    often = index.sureness(said, "D")
    assert sure > once > often > 0.3 * sure
    assert first(index, said) == "D"
    index.learn([("D", "어제 그 서류", -9)])
    assert index.sureness(said, "D") == sure


def test_use_decides_between_like_articles_only(pack_of: PackOf) -> None:
    like = [Article(str(n), "ko", "x", f"도서관 안내 {n}관", "도서관을 안내합니다.") for n in range(1, 6)]
    index = pack_of([*like, *ARTICLES])
    assert first(index, "도서관") == "1"
    index.use_counts({"4": 20, "2": 3, "gone": 500, "A": 90})
    assert [hit.article_id for hit in index.search("도서관", limit=2)] == ["4", "2"]
    assert first(index, "도서관 안내 3관") == "3"
    partly = "도서관 주차 안내 지도"  # not all of it is there, so that the score is below 1
    used = {hit.article_id: hit.score for hit in index.search(partly)}
    index.use_counts({"4": 1})  # one use is not often
    once = {hit.article_id: hit.score for hit in index.search(partly)}
    index.use_counts({})
    plain = {hit.article_id: hit.score for hit in index.search(partly)}
    assert 0 < once["4"] - plain["4"] < used["4"] - plain["4"] <= 0.1
    assert used["3"] == plain["3"]


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_until": "2026-11-25"},
        {"checked_on": date.fromordinal(TODAY.toordinal() - STALE_DAYS - 1).isoformat()},
    ],
)
def test_what_is_past_its_date_sinks_a_little(pack_of: PackOf, dates: dict[str, str]) -> None:
    old = Article("old", "ko", "x", "도서관 이용 안내", "도서관을 안내합니다.", **dates)  # type: ignore[arg-type]
    new = replace(old, id="new", valid_until="2026-11-26", checked_on="2026-11-25")
    index = pack_of([old, new, *ARTICLES])
    assert [hit.article_id for hit in index.search("도서관", today=TODAY)] == ["new", "old"]
    assert [hit.article_id for hit in index.search("도서관", today=date(2025, 11, 26))] == ["old", "new"]
    hits = index.search("도서관 이용 안내", today=TODAY, stale_days=STALE_DAYS)
    assert {hit.article_id for hit in hits[:2]} == {"old", "new"}


def test_scores_agree_with_the_order(pack_of: PackOf) -> None:
    index = pack_of(
        [replace(each, checked_on="2020-01-01" if n % 2 else None) for n, each in enumerate(ARTICLES)]
    )
    index.use_counts({"N3": 4, "N9": 40})
    index.learn([("N5", "다른 답변", 2)])
    scores = [hit.score for hit in index.search("다른 질문", limit=30, today=TODAY)]
    assert scores == sorted(scores, reverse=True)


def test_a_hit_says_which_word_of_the_people_led_to_it(pack_of: PackOf) -> None:
    index = pack_of(ARTICLES)
    index.use_words(Thesaurus(lambda _lang: Table.of(()), [Entry("딱지", ("과태료",), 0.9)]))
    (hit,) = index.search("딱지", limit=1)
    assert (hit.article_id, hit.meant) == ("A", (Reading("딱지", "과태료"),))
    start = hit.question.index("과태료")
    assert (start, start + 3) in hit.question_marks
    (plain,) = index.search("과태료", limit=1)
    assert plain.meant == ()


def test_official_words_are_marked_in_the_answer_too(pack_of: PackOf) -> None:
    index = pack_of([*ARTICLES, Article("F", "ko", "x", "벌금 안내", "과태료는 은행에 냅니다.")])
    index.use_words(Thesaurus(lambda _lang: Table.of(()), [Entry("딱지", ("과태료",), 0.9)]))
    hit = next(hit for hit in index.search("딱지") if hit.article_id == "F")
    assert any(start == 0 for start, _ in hit.answer_marks)


def test_what_was_taught_costs_little(pack_of: PackOf) -> None:
    # The share of the taught wordings in a query: finding candidates, at the full number of them.
    index = pack_of(ARTICLES)
    chance = random.Random(7)
    words = ["".join(chance.choice("가나다라마바사아자차") for _ in range(3)) for _ in range(400)]
    pairs = [(f"N{n % 30}", " ".join(chance.sample(words, 4)), 1) for n in range(MOST)]
    taught = Taught(index._pack)
    taught.learn(pairs)
    plans = [index._reader.plan(" ".join(chance.sample(words, 3)), "typed") for _ in range(200)]
    started = time.process_time()
    for plan in plans:
        taught.candidates(plan, None)
    assert (time.process_time() - started) / len(plans) < 0.003  # ten times what was measured
