"""The measure of the thesaurus's rows, on a pack and rows whose effect is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.faq_measure import bars, rows
from bench.faq_measure.queries import Query
from bench.faq_measure.report import Report
from bench.faq_measure.systems import write_product
from desktop.adapters.search import thesaurus
from desktop.adapters.search.thesaurus import Entry, Table, Thesaurus
from desktop.domain.faq import Article

HELPS = Entry("민증", ("주민등록증 재발급",), 1.0)
HARMS = Entry("구두", ("여권 수수료",), 1.0)
IDLE = Entry("구두 병원", ("여권",), 1.0)
ARTICLES = [
    Article("1", "ko", "주민등록", "주민등록증 재발급은 어떻게 하나요?", "주민센터에 갑니다."),
    # A word of the answer alone is outweighed by a title.
    Article("2", "ko", "생활", "수선 안내", "굽이 닳은 구두도 맡깁니다."),
    *(
        Article(f"p{number}", "ko", "여권", f"여권 수수료 {number}", "수수료를 냅니다.")
        for number in range(3)
    ),
]
GAINED = Query("human", "민증", frozenset({"1"}), "1")
LOST = Query("body", "구두 고치는 가게", frozenset({"2"}), "2")
UNTOUCHED = Query("body", "여권", frozenset({"p1"}), "p1")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    write_product(tmp_path / "p.faq", ARTICLES)
    return tmp_path / "p.faq"


def thesaurus_of(*entries: Entry) -> Thesaurus:
    return Thesaurus(lambda _lang: Table.of(()), entries)


@pytest.fixture
def trial(pack: Path) -> Iterator[rows.Trial]:
    opened = rows.Trial(pack, thesaurus_of(HELPS, HARMS, IDLE))
    yield opened
    opened.close()


def test_each_class_says_what_all_rows_gain_and_lose(trial: rows.Trial) -> None:
    kinds = trial.by_kind([GAINED, LOST, UNTOUCHED])
    human, body = kinds["human"], kinds["body"]
    assert (human.asked, human.whole, human.none, human.gained, human.lost) == (1, 1, 0, 1, 0)
    assert (body.asked, body.whole, body.none, body.gained, body.lost) == (2, 1, 2, 0, 1)


def test_the_row_without_which_the_answer_is_found_is_to_blame(trial: rows.Trial) -> None:
    assert trial.blamed(LOST) == (HARMS.everyday,)
    assert trial.by_kind([LOST, UNTOUCHED])["body"].costs() == {HARMS.everyday: 0.5}


def test_rows_that_do_the_same_harm_are_all_to_blame(pack: Path) -> None:
    twin = Entry("구두/신발", HARMS.official, 1.0)
    trial = rows.Trial(pack, thesaurus_of(HARMS, twin))
    assert set(trial.blamed(LOST)) == {HARMS.everyday, twin.everyday}
    trial.close()


def test_dear_rows_are_named_except_in_the_class_they_are_for(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thesaurus, "shipped", lambda: thesaurus_of(HELPS, HARMS))
    colloquial = Query("human", "구두 고치는 가게", frozenset({"2"}), "2")
    rows.measure(Report(5, "all"), pack, [LOST, colloquial])
    body, human, dear = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (body["class"], body["dearest_row"], body["floor_reached"]) == ("body", 1.0, False)
    assert body["baseline"] == "no thesaurus"
    assert (human["class"], human["lost"]) == ("human", 1)
    assert "floor" not in human
    assert (dear["class"], dear["row"], dear["cost"]) == ("body", HARMS.everyday, 1.0)
    assert bars.ROW_COST.floor == 0.005
