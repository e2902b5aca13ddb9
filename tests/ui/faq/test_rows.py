"""What a row of the answer list says."""

from __future__ import annotations

from desktop.domain.faq import Hit, Reading
from desktop.ui.faq.hit_list import spoken
from desktop.ui.faq.rows import row_of_hit, why_words


def _hit(**more: object) -> Hit:
    return Hit("F1", 0.9, "불법 주정차 신고", "앱으로 신고합니다. 소화전 주변은 대상입니다.", "body", **more)  # type: ignore[arg-type]


def test_passage_begins_with_the_sentence_that_was_found() -> None:
    row = row_of_hit(_hit(passage_marks=((11, 14),), category="주정차", department="주차", words=("소화전",)))
    assert row.passage == "소화전 주변은 대상입니다."
    assert row.passage_marks == ((0, 3),)
    assert row.meta == "주정차 · 주차 · text ‘소화전’"


def test_passage_without_marks_stays_whole() -> None:
    assert row_of_hit(_hit()).passage.startswith("앱으로")


def test_why_without_words_has_no_open_end() -> None:
    assert why_words(_hit()) == "text"


def test_a_row_says_which_of_the_peoples_words_led_there() -> None:
    hit = _hit(
        category="교통 > 주정차", meant=(Reading("딱지", "과태료"), Reading("차", "차량"), Reading("a", "b"))
    )
    row = row_of_hit(hit)
    assert row.meta == "교통 › 주정차 · 딱지 → 과태료, 차 → 차량"
    assert "딱지 → 과태료" in spoken(row)
