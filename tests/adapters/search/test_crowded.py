"""Many articles alike: the one that was meant is still found, and what is left out costs nothing of the result."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.search import gram_store, pack
from desktop.adapters.search.bounds import Bounds
from desktop.adapters.search.index import FaqIndex
from desktop.domain.faq import Article, Mode

PackOf = Callable[[Sequence[Article]], FaqIndex]
QUESTION = "여권을 새로 만들려면 어떻게 하나요?"
PEOPLE = ["외국인", "청년", "군인", "학생", "어르신", "임산부", "농업인", "세입자", "상속인", "대리인"]
PLACES = ["구청", "시청", "은행", "학교", "병원", "도서관", "공항", "터미널", "시장", "보건소"]
VARIANTS = tuple(f"여권 발급 {place}에서 하는 방법과 서류와 수수료" for place in PLACES)


def crowd() -> list[Article]:
    """A question with a hundred neighbours that hold all of its words, and shorter variants than its own."""
    neighbours = [
        Article(f"N{place}", "ko", "x", f"{PEOPLE[place // 10]}이 {PLACES[place % 10]}에서 {QUESTION}", "")
        for place in range(100)
    ]
    return [*neighbours, Article("F1", "ko", "x", QUESTION, "사진과 신분증", VARIANTS)]


@pytest.mark.parametrize("mode", ["typed", "transcript"])
@pytest.mark.parametrize("query", [QUESTION, QUESTION.rstrip("?"), f"  {QUESTION}  "])
def test_a_whole_question_comes_before_all_that_hold_it(pack_of: PackOf, query: str, mode: Mode) -> None:
    index = pack_of(crowd())
    assert index.search(query, mode=mode)[0].article_id == "F1"


def test_a_whole_question_of_another_language_stays_out(pack_of: PackOf) -> None:
    index = pack_of([Article("E1", "en", "x", QUESTION, ""), *crowd()])
    assert "E1" not in [hit.article_id for hit in index.search(QUESTION, lang="ko", limit=50)]


@pytest.mark.parametrize("category", [None, "복지"])
def test_hits_are_those_of_weighing_every_candidate(
    sample: FaqIndex, monkeypatch: pytest.MonkeyPatch, category: str | None
) -> None:
    queries = [
        "여권 재발급",
        "딱지 떼였는데 어디다 내요",
        "수도",
        "쓰레기 버리는 날",
        "집문서 떼는 데",
        QUESTION,
    ]
    found = [sample.search(query, category=category) for query in queries]

    def unbounded(self: Bounds) -> NDArray[np.float64]:
        return np.full(len(self.documents), np.inf)

    monkeypatch.setattr(Bounds, "most_as_said", unbounded)
    monkeypatch.setattr(Bounds, "most_as_meant", unbounded)
    assert found == [sample.search(query, category=category) for query in queries]
    assert all(found)


def test_what_is_kept_of_a_pack_is_bounded_and_changes_no_hit(
    pack_of: PackOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{person} {place} 신청" for person in PEOPLE for place in PLACES]
    at_once = pack_of(crowd())
    found = [at_once.search(text) for text in texts]
    monkeypatch.setattr(gram_store, "KEPT_BYTES", 20)
    monkeypatch.setattr(gram_store, "KEPT_COUNTS", 3)
    monkeypatch.setattr(pack, "KEPT_DOCUMENTS", 5)
    forgetful = pack_of(crowd())
    assert found == [forgetful.search(text) for text in texts]
    assert len(forgetful._pack._kept_documents) <= 5
    assert forgetful._pack.grams._kept_size <= 20 or len(forgetful._pack.grams._kept_lists) == 1
