"""No article's score is above what it was said to come to at most."""

import pytest

from desktop.adapters.search.bounds import Bounds
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.weighing import as_meant, as_said, look, meant_in
from desktop.domain.faq import Mode

QUERIES: list[tuple[str, Mode]] = [
    ("여권 재발급", "typed"),
    ("여권을 새로 만들려면 어떻게 하나요", "typed"),
    ("딱지 떼였는데 어디다 내요", "typed"),
    ("집문서 떼는 데", "typed"),
    ("수도", "typed"),
    ("저기 수돗물이 시뻘겋게 나오는데요 이거 먹어도 되는 건가요", "transcript"),
    ("lam lai ho chieu o dau cho toi", "typed"),
]


@pytest.mark.parametrize(("query", "mode"), QUERIES)
def test_a_bound_is_never_below_the_score(sample: FaqIndex, query: str, mode: Mode) -> None:
    plan = sample._reader.plan(query, mode)
    documents = sample._pack.documents(range(1, sample.size + 1))
    bound = Bounds(plan)
    bound.add(documents[:5])
    bound.add(documents[5:])
    said, meant = bound.most_as_said(), bound.most_as_meant()
    scores = []
    for place, (document, most_said, most_meant) in enumerate(zip(documents, said, meant, strict=True)):
        looked = look(plan, document, bound.held(place))
        scores.append(as_said(plan, looked).score)
        assert scores[-1] <= most_said + 1e-9
        assert as_meant(plan, looked, meant_in(plan, looked.there)).score <= most_meant + 1e-9
    assert max(scores) > 0.1


def test_without_articles_there_are_no_bounds(sample: FaqIndex) -> None:
    bound = Bounds(sample._reader.plan("여권", "typed"))
    assert bound.most_as_said().size == bound.most_as_meant().size == 0
