"""The measures themselves, on systems whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.faq_measure import bars, cost, prototype, quality
from bench.faq_measure.fulltext import WAYS, FullText
from bench.faq_measure.queries import Query
from bench.faq_measure.report import Report, percentile
from bench.faq_measure.systems import build_all
from desktop.domain.faq import Article

ARTICLES = [
    Article("1", "ko", "여권", "여권 재발급은 어떻게 하나요?", "구청에 사진과 신분증을 가지고 갑니다."),
    Article("2", "ko", "수도", "수도요금은 어떻게 정산하나요?", "수도사업소에 이사하는 날을 알려 주세요."),
    Article(
        "3", "ko", "교통", "공영주차장 요금 할인은 누가 받나요?", "경차와 장애인 차량은 요금이 줄어듭니다."
    ),
    Article("4", "vi", "nước", "Đóng tiền nước ở đâu?", "Đóng tại ngân hàng."),
]


class Scripted:
    """Finds article 1 once the text is long enough."""

    name = "product"

    def __init__(self, least: int) -> None:
        self._least = least

    def search(self, text: str, spoken: bool = False, limit: int = 3) -> list[str]:
        return ["1"] if len(text) >= self._least else ["2"]

    def sureness(self, text: str) -> tuple[str, float] | None:
        return ("1", len(text) / 100)

    def close(self) -> None:
        """Nothing to close."""


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_keys_are_counted_until_the_answer_stays() -> None:
    query = Query("kw1", "여권", frozenset({"1"}), "1")
    # ㅇ, 여, 역, 여구, 여궈, 여권: two characters from the fourth key on.
    assert quality.keys_needed(Scripted(2), query, quality.Times()) == (4, 6, True)
    assert quality.keys_needed(Scripted(1), query, quality.Times()) == (1, 6, True)
    assert quality.keys_needed(Scripted(9), query, quality.Times()) == (6, 6, False)


def test_the_threshold_lets_one_in_twenty_pass() -> None:
    scores = [number / 100 for number in range(100)]
    limit = quality.threshold(scores)
    assert sum(score > limit for score in scores) == 5
    assert quality.threshold([]) == 0.0
    assert sum(score > quality.threshold([0.0] * 10) for score in [0.0] * 10) == 0


def test_recall_by_class_stands_beside_its_bar(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [Query("kw1", text, frozenset({"1"}), "1") for text in ("여권", "여권 재발급")]
    quality.recall(Report(2600, "b"), [Scripted(3)], asked)
    first, mean, *_ = lines(capsys)
    assert first["class"] == "kw1"
    assert first["product"] == 0.5
    assert first["floor_reached"] is False
    assert mean["product"] == 0.5


def test_small_talk_that_does_not_exist_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    quality.suggestions(Report(2600, "b"), [Scripted(1)], [], [])
    assert "skipped" in lines(capsys)[0]


def test_bars_of_costs_are_upper_ones() -> None:
    assert bars.Bar(6, 5, True).fields(5.5) == {
        "floor": 6,
        "floor_reached": True,
        "goal": 5,
        "goal_reached": False,
    }
    assert bars.Bar(0.9).fields(0.9) == {"floor": 0.9, "floor_reached": True}


def test_percentiles() -> None:
    assert percentile([3, 1, 2], 1.0) == 3
    assert percentile(list(range(100)), 0.95) == 95
    assert percentile([], 0.5) == 0.0


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_full_text_finds_words(tmp_path: Path, way: object) -> None:
    chosen = next(each for each in WAYS if each is way)
    FullText.build(chosen, tmp_path / "f", ARTICLES).close()
    system = FullText(chosen, tmp_path / "f")
    assert system.search("공영주차장")[0] == "3"
    assert system.search('"') == []
    system.close()


def test_the_prototype_reads_keys_consonants_and_the_other_layout(tmp_path: Path) -> None:
    prototype.build(tmp_path / "p", ARTICLES)
    system = prototype.Prototype(tmp_path / "p")
    for query in ("여권 재발급", "여권재발급", "여궈", "ㅇㄱ ㅈㅂㄱ", "durnjs", "재발급을", "신분증 사진"):
        assert system.search(query)[0] == "1", query
    assert system.search("dong tien nuoc")[0] == "4"
    assert system.search("저기요 근데 수도요금 좀", True)[0] == "2"
    assert system.search("") == []
    system.close()


def test_bytes_beyond_the_text_are_those_of_the_derived_tables(tmp_path: Path) -> None:
    built = build_all(ARTICLES, tmp_path, plain=False)
    pack = built[0].path
    before = pack.read_bytes()
    beyond = cost.index_bytes(pack, tmp_path)
    assert 0 < beyond < pack.stat().st_size
    assert pack.read_bytes() == before


def test_start_and_memory_are_those_of_a_fresh_process(tmp_path: Path) -> None:
    for built in build_all(ARTICLES, tmp_path, plain=False):
        found = cost.probe(built, ["여권", "수도요금"])
        assert found["start_ms"] > 0
        assert found["memory_mb"] > 0
